"""A used car from the phone beside it to the yard, and who may do what."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.dms_vehicle.tests.common import new_vin

from .tradein_common import TradeInCommon


@tagged("post_install", "-at_install")
class TestAppraisal(TradeInCommon):
    def codes(self, record):
        return [item["code"] for item in record._dms_blockers()]

    # Beside the car

    def test_a_vin_that_is_none_is_refused_with_the_reason(self):
        with self.assertRaisesRegex(ValidationError, "17 characters"):
            self.appraisal(vin="LZZ123")

    def test_the_same_car_is_appraised_once_at_a_time(self):
        one = self.appraisal()
        with self.assertRaisesRegex(ValidationError, one.name):
            self.appraisal(vin=one.vin)
        one.action_cancel()
        self.assertTrue(self.appraisal(vin=one.vin))

    def test_a_car_that_stands_in_a_store_is_not_offered_to_it(self):
        [car] = self.receive(self.store_a2)
        with self.assertRaisesRegex(ValidationError, self.store_a2.name):
            self.appraisal(vin=car.vin)

    def test_an_odometer_does_not_run_backwards_without_a_reason(self):
        car = self.new_car(odometer_km=60_000)
        with self.assertRaises(ValidationError) as caught:
            self.appraisal(vin=car.vin, odometer_km=45_000)
        self.assertIn("60000", str(caught.exception))
        one = self.appraisal(
            vin=car.vin, odometer_km=45_000, odometer_note="Instrument replaced 2024"
        )
        self.assertEqual(one.known_km, 60_000)

    def test_no_car_is_registered_tomorrow(self):
        tomorrow = fields.Date.today() + timedelta(days=1)
        with self.assertRaises(ValidationError):
            self.appraisal(first_registration=tomorrow)

    def test_a_new_appraisal_asks_for_its_photos_and_facts(self):
        env = self.by(self.consultant, self.env["dms.appraisal"])
        one = env.create({"partner_id": self.owner.id, "vin": new_vin()})
        codes = self.codes(one)
        self.assertEqual(codes, ["title", "registered", "odometer", "photos"])
        with self.assertRaisesRegex(UserError, "Read the odometer"):
            one.action_appraised()

    def test_an_electric_car_needs_the_health_of_its_battery(self):
        one = self.appraisal(kind="bev")
        self.assertEqual(self.codes(one), ["battery"])
        one.battery_percent = 85
        self.assertEqual(self.codes(one), [])
        self.assertEqual(one.points, 95)

    def test_a_damage_costs_what_the_list_says_and_lowers_the_points(self):
        one = self.appraisal()
        prices = self.env["dms.appraisal.repair"]
        prices.create(
            {"kind": "dent", "size": "large", "panel": "roof", "amount": 2_500}
        )
        line = one.damage_ids.create(
            {"appraisal_id": one.id, "panel": "roof", "kind": "dent", "size": "large"}
        )
        self.assertEqual((line.cost, one.repair_cost), (2_500, 2_500))
        self.assertEqual((one.points, one.grade), (98.5, "1"))

    def test_a_store_has_repair_prices_of_its_own(self):
        vals = {"kind": "dent", "size": "small", "amount": 111}
        self.env["dms.appraisal.repair"].create(
            [vals | {"company_id": self.store_a1.id}, vals | {"amount": 222}]
        )
        one = self.appraisal()
        line = one.damage_ids.create(
            {"appraisal_id": one.id, "panel": "bonnet", "kind": "dent"}
        )
        self.assertEqual(line.cost, 111)

    def test_what_was_appraised_stays(self):
        one = self.valued()
        for change in (
            lambda: one.write({"odometer_km": 1}),
            lambda: one.photo_line_ids[0].write({"image": False}),
            lambda: one.photo_line_ids[0].unlink(),
            lambda: one.damage_ids.create({"appraisal_id": one.id, "panel": "roof"}),
        ):
            with self.assertRaisesRegex(UserError, "appraise it anew"):
                change()

    def test_states_and_people_are_written_by_the_buttons_alone(self):
        one = self.appraisal()
        for vals in ({"state": "valued"}, {"user_id": self.manager.id}):
            with self.assertRaisesRegex(UserError, "by its buttons"):
                one.write(vals)

    # Dual control

    def test_who_appraised_a_car_does_not_value_it(self):
        one = self.appraisal(user=self.manager)
        one.action_appraised()
        with self.assertRaisesRegex(UserError, "Ask a colleague"):
            one.write({"market_value": 90_000})
        with self.assertRaisesRegex(UserError, "Ask a colleague"):
            one.action_value()

    def test_who_noted_a_car_does_not_value_it_though_a_colleague_closed_it(self):
        one = self.appraisal(user=self.manager)
        self.by(self.consultant, one).action_appraised()
        with self.assertRaisesRegex(UserError, "Ask a colleague"):
            one.action_value()

    def test_a_consultant_values_nothing_unless_he_is_a_valuer(self):
        one = self.appraisal()
        one.action_appraised()
        other = self._find_user("second.A1", ["sales_consultant"], self.store_a1)
        with self.assertRaises(AccessError):
            self.by(other, one).action_value()
        other.group_ids += self.env.ref("dms_sales.group_valuer")
        mine = self.by(other, one)
        self.assertTrue(mine.may_value)
        mine.write({"market_value": 60_000})
        mine.action_value()
        self.assertEqual((one.state, one.valuer_id), ("valued", other))

    def test_a_consultant_sees_no_valuation_but_its_price(self):
        one = self.valued(price=80_000)
        self.assertNotIn("market_value", one.fields_get())
        self.assertNotIn("proposed_value", one.fields_get())
        self.assertEqual(one.price, 80_000)

    def test_a_valuation_is_called_for_as_a_task(self):
        one = self.appraisal()
        one.action_appraised()
        task = one.sudo().activity_ids
        self.assertTrue(task.user_id.has_group("dms_sales.group_valuer"))
        self.assertNotEqual(task.user_id, self.consultant)

    def test_the_calculation_proposes_what_leaves_the_margin(self):
        one = self.appraisal()
        one.action_appraised()
        mine = self.by(self.valuer, one)
        mine.market_value = 80_000
        # 79601.99 net - 8 % - 600 fees = 72633.83
        self.assertEqual(mine.proposed_value, 72_600)
        self.assertEqual((mine.value, mine.price), (72_600, 72_600))

    def test_above_the_limit_a_third_user_approves(self):
        one = self.valued(price=120_000, market=160_000)
        self.assertEqual(one.state, "approval")
        with self.assertRaisesRegex(UserError, "neither appraised nor valued"):
            self.by(self.valuer, one).action_approve()
        with self.assertRaisesRegex(UserError, "neither appraised nor valued"):
            one.action_approve()
        self.by(self.director, one).action_approve()
        self.assertEqual((one.state, one.approver_id), ("valued", self.director))

    def test_more_than_it_is_worth_is_approved_whatever_the_amount(self):
        one = self.valued(price=30_000, value=10_000, market=15_000)
        self.assertEqual(one.state, "approval")

    def test_a_valuation_needs_both_prices(self):
        one = self.appraisal()
        one.action_appraised()
        with self.assertRaisesRegex(UserError, "the price to offer"):
            self.by(self.valuer, one).action_value()

    def test_valuing_again_takes_the_offer_back(self):
        one = self.offered()
        one.action_value_again()
        self.assertEqual((one.state, one.valuer_id.ids), ("appraised", []))
        self.assertFalse(one.offered_at)

    # The offer

    def test_an_offer_holds_for_the_days_of_the_store(self):
        self.store_a1.dms_appraisal_days = 3
        one = self.offered()
        self.assertEqual(one.valid_until, fields.Date.today() + timedelta(days=3))
        self.assertIn(f"/my/appraisals/{one.id}?access_token=", one.offer_url)

    def test_an_expired_offer_is_refused(self):
        one = self.offered()
        with freeze_time(fields.Date.today() + timedelta(days=8)):
            one.invalidate_recordset()
            self.assertTrue(one.is_expired)
            self.assertIn(one, one.search([("is_expired", "=", True)]))
            with self.assertRaisesRegex(UserError, "valued again"):
                one.action_accept()
        self.assertEqual(one.state, "offered")

    def test_the_owner_may_decline(self):
        one = self.offered()
        one.action_refuse()
        self.assertEqual(one.state, "refused")
        with self.assertRaisesRegex(UserError, "no longer holds"):
            one.action_accept()

    # Purchase

    def test_an_accepted_car_lacks_papers_until_they_are_there(self):
        one = self.offered()
        one.action_accept()
        self.assertEqual(self.codes(one), ["title", "licence", "keys", "bank"])
        with self.assertRaisesRegex(UserError, "Count its keys"):
            self.by(self.manager, one).action_buy()

    def test_a_loan_needs_the_letter_of_its_lender_that_holds(self):
        one = self.accepted()
        one.write({"lender_id": self.old_lender.id, "payoff": 30_000})
        self.assertEqual(self.codes(one), ["letter"])
        one.write({"payoff_letter": b"aGk=", "payoff_until": "2020-01-01"})
        self.assertEqual(self.codes(one), ["letter_expired"])
        one.payoff_until = fields.Date.today()
        self.assertEqual(self.codes(one), [])
        self.assertEqual((one.to_lender, one.to_owner), (30_000, 50_000))

    def test_a_consultant_does_not_buy(self):
        with self.assertRaises(AccessError):
            self.accepted().action_buy()

    def test_a_bought_car_is_expected_by_its_vin_as_used(self):
        one = self.bought()
        order = one.sudo().purchase_id
        self.assertEqual(order.partner_id, self.owner)
        self.assertEqual(order.dms_order_type_id.code, "used")
        self.assertEqual(order.amount_total, 80_000)
        car = one._dms_known_cars()
        self.assertEqual((car.state, car.plate), ("in_transit", "沪A12345"))

    def test_a_received_car_stands_in_stock_for_its_price(self):
        one = self.in_stock()
        car = one.vehicle_id
        self.assertEqual((car.state, car.is_used), ("in_stock", True))
        self.assertEqual(car._dms_cost(), 80_000)
        self.assertEqual(car.odometer_km, 45_000)
        self.assertEqual((car.dms_first_price, car.dms_asking_price), (90_000, 90_000))

    def test_a_car_the_store_sold_comes_back_as_the_same_car(self):
        [car] = self.receive(self.store_a1)
        sale = self.sell(car)
        sale.picking_ids.button_validate()
        self.assertEqual(car.state, "delivered")
        one = self.in_stock(vin=car.vin)
        self.assertEqual(one.vehicle_id, car)
        self.assertEqual((car.state, car.is_used), ("in_stock", True))
        self.assertEqual(car._dms_cost(), 80_000)

    def test_a_car_a_sister_store_sold_comes_to_this_one(self):
        [car] = self.receive(self.store_a2)
        sale = self.sell(car.with_env(self.in_store(self.store_a2)))
        sale.picking_ids.button_validate()
        one = self.in_stock(vin=car.vin)
        self.assertEqual(one.vehicle_id, car)
        self.assertEqual(car.company_id, self.store_a1)

    def test_a_strange_make_gets_a_model_once(self):
        first, second = self.in_stock(), self.in_stock()
        product = first.vehicle_id.product_id
        self.assertEqual(product, second.vehicle_id.product_id)
        self.assertTrue(product.dms_is_vehicle)
        self.assertEqual(product.name, first.title)

    def test_a_car_is_bought_once(self):
        one = self.bought()
        with self.assertRaises(UserError):
            self.by(self.manager, one).action_buy()

    # Isolation

    def test_another_store_sees_nothing_of_it(self):
        one = self.offered()
        other = self.in_store(self.store_a2, "sales_manager")
        for records in (one, one.photo_line_ids, one.damage_ids):
            found = other[records._name].search([("id", "in", records.ids)])
            self.assertFalse(found)
        with self.assertRaises(AccessError):
            one.with_env(other).read(["price"])
        with self.assertRaises(AccessError):
            one.with_env(other).write({"note": "x"})
        with self.assertRaises(AccessError):
            one.with_env(other).action_accept()
        count = other["dms.appraisal"]._read_group(
            [("id", "=", one.id)], [], ["__count"]
        )
        self.assertEqual(count, [(0,)])

    def test_an_auditor_reads_and_changes_nothing(self):
        one = self.offered()
        mine = self.by(self.user("auditor", self.store_a1), one)
        self.assertEqual(mine.price, 80_000)
        with self.assertRaises(AccessError):
            mine.action_accept()
