"""The journey of one car through the web client, in Chinese, by those who do it."""

from odoo.tests import HttpCase, tagged

from .one_car import OneCar

VIN = "LZZAB3C26TA000015"


@tagged("post_install", "-at_install")
class TestOneCarInTheBrowser(OneCar, HttpCase):
    def _tour(self, name, url, role, store):
        user = self._as(role, store).user
        self.start_tour(url, name, login=user.login)
        self.env.invalidate_all()
        return self.env["dms.vehicle"].search([("vin", "=", VIN)])

    def test_web_client_takes_the_car_from_order_to_delivery(self):
        car = self._ordered_and_received()
        self.assertRecordValues(
            car, [{"state": "in_stock", "company_id": self.store_a1.id}]
        )
        car = self._moved_to_other_store()
        self.assertRecordValues(
            car, [{"state": "in_stock", "company_id": self.store_a2.id}]
        )
        car = self._sold_and_paid()
        self.assertEqual(car.state, "sold")
        car = self._tour(
            "dms_one_car_receive",
            "/odoo/action-stock.action_picking_tree_outgoing",
            "sales_manager",
            self.store_a2,
        )
        self.assertRecordValues(
            car, [{"state": "delivered", "owner_id": self.customer.id}]
        )

    def _ordered_and_received(self):
        return self._tour(
            "dms_one_car_order",
            "/odoo/action-purchase.purchase_form_action/new",
            "sales_manager",
            self.store_a1,
        )

    def _moved_to_other_store(self):
        car = self._tour(
            "dms_one_car_transfer", "/odoo/vehicles", "sales_manager", self.store_a1
        )
        self.assertEqual(car.state, "in_transit")
        return self._tour(
            "dms_one_car_receive",
            "/odoo/action-stock.action_picking_tree_incoming",
            "sales_manager",
            self.store_a2,
        )

    def _sold_and_paid(self):
        car = self._tour(
            "dms_one_car_sell",
            "/odoo/action-sale.action_quotations_with_onboarding/new",
            "sales_consultant",
            self.store_a2,
        )
        self.assertEqual(car.state, "allocated")
        car = self._tour(
            "dms_one_car_cash",
            "/odoo/action-account.action_move_out_invoice_type",
            "accountant",
            self.store_a2,
        )
        invoice = car.sale_line_ids.filtered(
            lambda line: line.company_id == self.store_a2
        ).invoice_lines.move_id
        self.assertRecordValues(invoice, [{"state": "posted", "amount_residual": 0.0}])
        return car
