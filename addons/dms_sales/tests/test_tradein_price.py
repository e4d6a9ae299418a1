"""What the price model of the store says of an appraised car."""

from odoo.tests import tagged

from odoo.addons.dms_base.learners import Table

from ..appraisal import Appraisal
from .tradein_common import TradeInCommon

CARS = 60


@tagged("post_install", "-at_install")
class TestTradeInPrice(TradeInCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rows = [cls.example(number) for number in range(CARS)]
        prices = [row.pop("price") for row in rows]
        trained = Appraisal().fit(Table.from_rows(rows), prices)
        version = cls.env["dms.learner.version"]._dms_record(
            cls.env.ref("dms_sales.dms_learner_appraisal"),
            trained,
            company_id=cls.store_a1.id,
            scope="group",
            data_hash="0" * 64,
        )
        version.action_promote()
        cls.version = version

    @classmethod
    def example(cls, number):
        """Return a car of the examples, prices in ten thousands: a tenth off a year."""
        age = number % 10
        return {
            "title": f"大众 朗逸 {2025 - age}款 1.5L 自动舒适版",
            "new_price": "12.00万",
            "year": 2025 - age,
            "mileage": 1.5 * age,
            "displacement": "1.5L",
            "gearbox": "自动",
            "price": 12 * 0.9 ** (age + 1) * (1 + number % 3 / 100),
        }

    def test_the_price_of_the_model_stands_before_the_valuer(self):
        one = self.appraisal(new_price=120_000)
        one.action_appraised()
        mine = self.by(self.valuer, one)
        self.assertEqual(mine.suggested_by_id, self.version)
        self.assertLessEqual(mine.suggested_low, mine.suggested_price)
        self.assertLessEqual(mine.suggested_price, mine.suggested_high)
        self.assertTrue(40_000 < mine.suggested_price < 110_000)
        self.assertAlmostEqual(mine.market_value, mine.suggested_price, -2)
        self.assertEqual(mine.value, mine.proposed_value)

    def test_more_kilometres_never_raise_it(self):
        prices = []
        for km in (10_000, 90_000):
            one = self.appraisal(new_price=120_000, odometer_km=km)
            one.action_appraised()
            prices.append(self.by(self.valuer, one).suggested_price)
        self.assertGreaterEqual(*prices)

    def test_another_group_does_not_get_its_price(self):
        one = self.appraisal(user=self.user("sales_consultant", self.store_b1))
        one.action_appraised()
        self.assertFalse(one.sudo().suggested_price)

    def test_a_valuer_may_say_otherwise(self):
        one = self.appraisal(new_price=120_000)
        one.action_appraised()
        mine = self.by(self.valuer, one)
        mine.market_value = 50_000
        mine.action_value()
        self.assertEqual(mine.value, mine.proposed_value)
        self.assertEqual(one.state, "valued")
