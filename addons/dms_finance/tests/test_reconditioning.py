"""What workshops bill for a used car stands on the car, to the cent."""

from odoo.tests import tagged

from .common import FloorplanCommon


@tagged("post_install", "-at_install")
class TestReconditioningCost(FloorplanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workshop = cls.env["res.partner"].create({"name": "Body Shop"})
        cls.car = cls.receive(cls.store_a1, price=70_000)
        env = cls.in_store(cls.store_a1, "sales_manager")
        cls.work = env["dms.reconditioning"].create(
            {
                "vehicle_id": cls.car.id,
                "line_ids": [
                    (0, 0, {"name": "Paint", "amount": 800}),
                    (0, 0, {"name": "Tyres", "amount": 1_200.55}),
                ],
            }
        )
        cls.work.line_ids.partner_id = cls.workshop
        cls.work.action_order()
        env = cls.in_store(cls.store_a1, "accountant")
        cls.bill = cls.work.sudo().line_ids.bill_id.with_env(env)
        cls.bill.invoice_date = "2026-01-05"

    def test_a_draft_bill_costs_the_car_nothing(self):
        self.assertEqual(self.car._dms_cost(), 70_000)

    def test_a_posted_bill_stands_on_the_car(self):
        self.bill.action_post()
        self.assertEqual(self.car._dms_cost(), 72_000.55)
        self.assertEqual(self.car.dms_landed_cost, 2_000.55)

    def test_a_bill_reset_to_draft_is_taken_off_again(self):
        self.bill.action_post()
        self.bill.button_draft()
        self.assertEqual(self.car._dms_cost(), 70_000)
        self.bill.action_post()
        self.assertEqual(self.car._dms_cost(), 72_000.55)

    def test_landing_once_more_changes_nothing(self):
        self.bill.action_post()
        self.work.sudo()._dms_land()
        costs = self.env["stock.landed.cost"].search(
            [("dms_reconditioning_id", "=", self.work.id)]
        )
        self.assertEqual(len(costs), 1)
