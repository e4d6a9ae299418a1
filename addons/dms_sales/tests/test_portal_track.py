"""The way of a sold car as its customer sees it: documents prove it."""

from odoo import fields
from odoo.tests import tagged

from .portal_common import PortalCommon

TODAY = fields.Date.today


@tagged("post_install", "-at_install")
class TestPortalTrack(PortalCommon):
    def steps(self, deal):
        return {step["code"]: step for step in deal._dms_track()}

    def states(self, deal):
        return {code: step["state"] for code, step in self.steps(deal).items()}

    def without_a_car(self):
        order = self.variant(product=self.white)
        order.sudo().action_confirm()
        return order.dms_deal_id.sudo()

    def test_an_offer_has_no_way_yet(self):
        self.assertFalse(self.offered()._dms_track())

    def test_an_order_without_a_car_waits_to_be_built(self):
        states = self.states(self.without_a_car())
        self.assertEqual(states["ordered"], "done")
        self.assertEqual(states["produced"], "now")
        self.assertEqual(states["at_the_store"], "later")

    def test_a_car_in_stock_is_at_the_store_since_its_receipt(self):
        step = self.steps(self.ordered())["at_the_store"]
        self.assertEqual((step["state"], step["on"]), ("done", TODAY()))

    def test_a_car_that_stands_in_another_store_is_not_here(self):
        deal = self.ordered()
        # as while a transfer is on its way; no document is needed to tell the step
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dms_vehicle SET company_id = %s WHERE id = %s",
            [self.store_a2.id, deal.vehicle_id.id],
        )
        self.env.invalidate_all()
        self.assertNotEqual(self.states(deal)["at_the_store"], "done")

    def test_what_the_oem_reports_is_shown(self):
        deal = self.without_a_car()
        car = self.new_car(product_id=self.white.id)
        deal.car_line_id.dms_vehicle_id = car
        car.sudo().write(
            {
                "oem_status": "shipped",
                "shipped_date": "2026-03-02",
                "expected_date": "2026-03-09",
            }
        )
        steps = self.steps(deal)
        self.assertEqual(steps["produced"]["state"], "done")
        self.assertEqual(steps["on_the_way"]["on"], fields.Date.to_date("2026-03-02"))
        self.assertEqual(
            steps["at_the_store"]["planned"], fields.Date.to_date("2026-03-09")
        )

    def test_a_store_without_pdi_shows_none(self):
        self.assertNotIn("checked", self.states(self.ordered()))
        self.store_a1.dms_pdi_required = True
        self.assertEqual(self.states(self.ordered())["checked"], "now")

    def test_plates_are_a_step_where_the_store_sells_them(self):
        self.assertNotIn("registered", self.states(self.ordered()))
        sold = self.product("registration")
        self.assertIn("registered", self.states(self.ordered(add=[sold])))

    def test_ready_is_what_the_checklist_calls_so(self):
        deal = self.ordered()
        self.assertNotEqual(self.states(deal)["ready"], "done")
        self.make_papers(deal)
        for item in deal.delivery_ids.item_ids.filtered(
            lambda one: one.state == "open" and one.phase == "before"
        ):
            item.sudo().action_tick()
        self.assertEqual(self.states(deal)["ready"], "done")

    def test_the_appointment_is_when_it_is_to_be_handed_over(self):
        deal = self.ordered()
        self.store_a1.resource_calendar_id.tz = "Asia/Shanghai"
        deal.delivery_ids.planned_at = "2026-03-02 23:30:00"
        step = self.steps(deal)["delivered"]
        self.assertEqual(step["planned"], fields.Date.to_date("2026-03-03"))

    def test_the_steps_are_named_in_the_language_of_the_reader(self):
        names = {step["name"] for step in self.ordered()._dms_track()}
        self.assertIn("Handed over", names)
