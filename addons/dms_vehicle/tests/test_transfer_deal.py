"""A car for a deal comes from another store, and pledged cars stay."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .certificate_common import CertificateCommon
from .transfer_common import RequestCommon


@tagged("post_install", "-at_install")
class TestDeal(RequestCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)
        env = self.in_store(self.store_a2, "sales_consultant")
        self.deal = env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    (0, 0, {"product_id": self.white.id, "price_unit": 170_000})
                ],
            }
        )

    def ask_for_deal(self):
        action = self.deal.order_line.action_dms_ask_store()
        request = self.deal.env["dms.transfer.request"].browse(action["res_id"])
        request.giving_store_id = self.store_a1.partner_id
        request.action_request()
        return request

    def bring(self, request):
        line = self.giver(request).line_ids
        self.giver(request).approve({line: self.car.with_env(line.env)})
        self.giver(request).action_order()
        self.giver(request).action_ship()
        self.asker(request, "parts_clerk").action_receive()

    def test_the_car_comes_onto_its_line(self):
        self.deal.action_confirm()
        request = self.ask_for_deal()
        self.assertEqual(self.deal.order_line.dms_transfer_state, "requested")
        self.bring(request)
        self.assertEqual(self.deal.order_line.dms_vehicle_id, self.car)
        self.assertEqual(self.car.state, "allocated")
        lots = self.deal.sudo().picking_ids.move_line_ids.lot_id
        self.assertEqual(lots, self.car.lot_id)

    def test_onto_a_quotation_too(self):
        self.bring(self.ask_for_deal())
        self.assertEqual(self.deal.order_line.dms_vehicle_id, self.car)
        self.deal.action_confirm()
        self.assertEqual(self.car.state, "allocated")

    def test_a_deal_that_has_found_another_car_keeps_it(self):
        request = self.ask_for_deal()
        own = self.receive(self.store_a2)
        self.deal.order_line.dms_vehicle_id = own.with_env(self.deal.env)
        self.bring(request)
        self.assertEqual(self.deal.order_line.dms_vehicle_id, own)
        self.assertEqual(self.car.state, "in_stock")

    def test_a_cancelled_deal_gets_nothing(self):
        request = self.ask_for_deal()
        self.deal.sudo()._action_cancel()
        self.bring(request)
        self.assertFalse(self.deal.order_line.dms_vehicle_id)

    def test_asked_twice_is_refused_until_the_first_is_over(self):
        request = self.ask_for_deal()
        self.assertFalse(self.deal.order_line.dms_may_ask_store)
        with self.assertRaisesRegex(UserError, "asked for already"):
            self.deal.order_line.action_dms_ask_store()
        action = self.deal.order_line.action_dms_open_transfer()
        self.assertEqual(action["res_id"], request.id)
        self.giver(request).refuse("no")
        self.deal.order_line.invalidate_recordset()
        self.assertTrue(self.deal.order_line.action_dms_ask_store())

    def test_the_giving_store_does_not_see_the_deal(self):
        request = self.ask_for_deal()
        line = self.giver(request).line_ids
        self.assertFalse(line.deal_line_ids)
        self.assertTrue(self.asker(request).line_ids.deal_line_ids)

    def test_going_back_the_car_leaves_the_deal(self):
        self.deal.action_confirm()
        request = self.ask_for_deal()
        self.bring(request)
        self.asker(request).ask_undo("customer is gone")
        self.giver(request).agree_to_undo()
        self.assertFalse(self.deal.order_line.dms_vehicle_id)
        self.assertEqual(self.car.company_id, self.store_a1)
        self.assertEqual(self.car.state, "in_stock")


@tagged("post_install", "-at_install")
class TestPledged(RequestCommon, CertificateCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)
        self.paper = self.certificate(self.car)
        self.pledge(self.paper)

    def test_approving_warns(self):
        request = self.asked(self.car)
        env = self.giver(request).env
        wizard = env["dms.transfer.approve"].create({"request_id": request.id})
        self.assertIn(self.car.vin, wizard.warning)
        wizard.action_apply()
        self.assertEqual(request.state, "approved")
        self.assertIn("pledged", "".join(request.sudo().message_ids.mapped("body")))

    def test_shipping_is_refused_until_it_is_released(self):
        request = self.ordered(self.car)
        with self.assertRaisesRegex(
            UserError, "cannot go to another store.*pledged to Bank of Test"
        ):
            self.giver(request, "parts_clerk").action_ship()
        self.by(self.banker, self.request(self.paper)).accept()
        self.giver(request, "parts_clerk").action_ship()
        self.assertEqual(self.car.state, "in_transit")

    def test_nor_by_the_delivery_itself(self):
        request = self.ordered(self.car)
        with self.assertRaisesRegex(UserError, "cannot go to another store"):
            request.sudo().sale_id.picking_ids.button_validate()

    def test_a_store_that_wants_papers_at_delivery_ships_without(self):
        self.store_a1.dms_certificate_required = True
        self.giver(self.ordered(self.receive(self.store_a1))).action_ship()
