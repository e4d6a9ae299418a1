from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .handover_common import HandoverCommon


@tagged("post_install", "-at_install")
class TestDeliveryChecklist(HandoverCommon):
    """What there has to be before a car goes, and who is named for it."""

    def pickings(self, deal):
        return deal.car_line_id.move_ids.picking_id

    def test_an_order_gets_its_checklist(self):
        deal = self.ordered()
        self.assertEqual(len(deal.delivery_ids), 1)
        self.assertEqual(deal.delivery_ids.vehicle_id, deal.vehicle_id)
        self.assertIn("COC", " ".join(deal.delivery_ids.item_ids.mapped("name")))

    def test_a_store_without_the_checklist_delivers_as_before(self):
        self.store_a1.dms_delivery_checklist = False
        deal = self.ordered()
        self.assertFalse(deal.delivery_ids)
        self.certify(deal.vehicle_id)
        self.pickings(deal).button_validate()
        self.assertEqual(deal.state, "delivered")

    def test_the_stock_refuses_and_names_who_can_solve_it(self):
        deal = self.ordered()
        with self.assertRaises(UserError) as refusal:
            self.pickings(deal).button_validate()
        text = str(refusal.exception)
        self.assertIn("The car is not invoiced yet. (Accountant)", text)
        self.assertIn("No compulsory insurance that is valid is entered. (F&I", text)
        self.assertEqual(deal.state, "ordered")

    def test_with_all_papers_the_stock_lets_the_car_go(self):
        deal = self.ordered()
        self.make_papers(deal)
        self.assertEqual(self.codes(deal), [])
        self.pickings(deal).button_validate()
        self.assertEqual(deal.state, "delivered")
        self.assertEqual(deal.vehicle_id.owner_id, self.customer)

    def test_the_deal_shows_what_its_delivery_lacks(self):
        deal = self.ordered()
        self.assertEqual(
            self.codes(deal),
            ["certificate", "money", "motor_invoice", "insurance", "purchase_tax"]
            + ["plate"],
        )

    def test_money_is_in_when_the_invoice_is_paid(self):
        deal = self.ordered()
        move = self.invoice(deal)
        delivery = deal.delivery_ids
        text, place = delivery._dms_missing_money()
        self.assertIn(move.name, text)
        self.assertEqual(place, move)
        self.pay(move)
        self.assertEqual(delivery._dms_missing_money(), (False, None))

    def test_what_the_deal_does_not_sell_is_not_needed(self):
        deal = self.ordered()
        states = {i.condition: i.state for i in deal.delivery_ids.item_ids}
        self.assertEqual(states["loan"], "not_needed")
        self.assertEqual(states["accessories"], "not_needed")

    def test_accessories_wait_for_the_workshop(self):
        deal = self.ordered(add=[self.film])
        item = deal.delivery_ids.item_ids.filtered(
            lambda one: one.condition == "accessories"
        )
        self.assertEqual(item.state, "open")
        with self.assertRaisesRegex(AccessError, "Workshop Manager"):
            self.by(self.consultant, item).action_tick()
        master = self.user("workshop_manager", self.store_a1)
        self.by(master, item).action_tick()
        self.assertEqual((item.state, item.ticked_by_id), ("done", master))

    def test_a_photo_or_note_that_is_asked_for_comes_first(self):
        step = self.env.ref("dms_sales.delivery_step_accessories")
        step.needs_note = True
        deal = self.ordered(add=[self.film])
        item = deal.delivery_ids.item_ids.filtered(lambda one: one.step_id == step)
        master = self.by(self.user("workshop_manager", self.store_a1), item)
        with self.assertRaisesRegex(UserError, "needs a note"):
            master.action_tick()
        master.note = "Film without bubbles"
        master.action_tick()
        self.assertEqual(item.state, "done")

    def test_nobody_ticks_what_documents_prove(self):
        item = self.ordered().delivery_ids.item_ids.filtered(
            lambda one: one.kind == "money"
        )
        with self.assertRaisesRegex(UserError, "proven by its document"):
            self.by(self.accountant, item).action_tick()

    def test_a_tick_is_not_written_by_hand(self):
        item = self.ordered().delivery_ids.item_ids[0]
        with self.assertRaisesRegex(UserError, "by their buttons"):
            self.by(self.consultant, item).is_ticked = True

    def test_a_step_of_one_store_counts_there_alone(self):
        self.env["dms.delivery.step"].create(
            {"name": "Flowers", "company_id": self.store_a2.id}
        )
        names = self.ordered().delivery_ids.item_ids.mapped("name")
        self.assertNotIn("Flowers", names)

    def test_the_words_are_those_of_the_reader(self):
        deal = self.ordered().with_context(lang="zh_CN")
        texts = [item["text"] for item in deal._dms_blockers()]
        self.assertIn("车辆尚未开票。", texts)


@tagged("post_install", "-at_install")
class TestHandover(HandoverCommon):
    """The ritual beside the car."""

    def delivery(self, deal):
        return self.by(self.consultant, deal.delivery_ids)

    def test_the_consultant_hands_over_alone(self):
        self.store_a1.dms_gate_pass = True
        deal = self.ordered()
        self.make_papers(deal)
        delivery = self.delivery(deal)
        self.sign(delivery)
        delivery.action_hand_over()
        self.assertEqual(delivery.state, "handed_over")
        self.assertEqual(deal.state, "delivered")
        car = deal.vehicle_id
        self.assertEqual((car.owner_id, car.odometer_km), (self.customer, 12))
        passes = self.env["dms.gate.pass"].search([("vehicle_id", "=", car.id)])
        self.assertEqual(passes.reason, "delivery")

    def test_the_log_knows_of_it(self):
        deal = self.ordered()
        self.make_papers(deal)
        self.sign(self.delivery(deal))
        self.delivery(deal).action_hand_over()
        events = self.env["dms.vehicle.event"].search(
            [("vehicle_id", "=", deal.vehicle_id.id)]
        )
        codes = events.mapped("code")
        self.assertIn("vehicle.handed_over", codes)
        self.assertIn("vehicle.ownership", codes)

    def test_the_customer_is_called_on_three_days(self):
        deal = self.ordered()
        self.make_papers(deal)
        delivery = self.delivery(deal)
        self.sign(delivery)
        delivery.action_hand_over()
        today = fields.Date.context_today(delivery)
        calls = deal.delivery_ids.activity_ids.sorted("date_deadline")
        self.assertEqual(
            calls.mapped("date_deadline"), [today + timedelta(n) for n in (3, 15, 30)]
        )
        self.assertEqual(calls.user_id, self.consultant)

    def test_without_papers_photo_and_signature_the_car_stays(self):
        deal = self.ordered()
        self.make_papers(deal)
        with self.assertRaises(UserError) as refusal:
            self.delivery(deal).action_hand_over()
        text = str(refusal.exception)
        for part in ("three guarantees", "take a photo", "let the customer sign"):
            self.assertIn(part, text)
        self.assertEqual(deal.state, "ordered")

    def test_an_open_item_keeps_the_car(self):
        deal = self.ordered()
        delivery = self.delivery(deal)
        self.sign(delivery)
        with self.assertRaisesRegex(UserError, "cannot go on yet"):
            delivery.action_hand_over()

    def test_what_was_handed_over_stays_as_it_is(self):
        deal = self.ordered()
        self.make_papers(deal)
        delivery = self.delivery(deal)
        self.sign(delivery)
        delivery.action_hand_over()
        with self.assertRaisesRegex(UserError, "over"):
            delivery.action_hand_over()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            delivery.item_ids[0].action_untick()
        done = delivery.item_ids.filtered(lambda one: one.kind == "pdi")
        self.assertEqual(done.state, "done")

    def test_the_checklist_remembers_a_pdi_that_is_history_now(self):
        self.store_a1.dms_pdi_required = True
        deal = self.ordered()
        deal.vehicle_id.pdi_ids.sudo().write({"state": "passed"})
        self.make_papers(deal)
        self.assertEqual(self.codes(deal), [])
        deal.car_line_id.move_ids.picking_id.button_validate()
        item = deal.delivery_ids.item_ids.filtered(lambda one: one.kind == "pdi")
        self.assertEqual(item.state, "done")

    def test_nobody_types_that_a_car_was_handed_over(self):
        delivery = self.delivery(self.ordered())
        with self.assertRaisesRegex(UserError, "by its button"):
            delivery.handed_at = "2026-01-01"

    def test_a_car_the_stock_let_go_is_signed_for_later(self):
        deal = self.ordered()
        self.make_papers(deal)
        deal.car_line_id.move_ids.picking_id.button_validate()
        delivery = self.delivery(deal)
        self.sign(delivery)
        delivery.action_hand_over()
        self.assertEqual(delivery.state, "handed_over")

    def test_an_appointment_stands_in_the_calendar(self):
        delivery = self.delivery(self.ordered())
        delivery.planned_at = "2026-12-05 02:00:00"
        event = delivery.sudo().event_id
        self.assertEqual(event.user_id, self.consultant)
        self.assertEqual(fields.Datetime.to_string(event.start), "2026-12-05 02:00:00")
        delivery.planned_at = "2026-12-06 02:00:00"
        self.assertEqual(fields.Datetime.to_string(event.start), "2026-12-06 02:00:00")
        delivery.planned_at = False
        self.assertFalse(event.exists())

    def test_a_sister_store_sees_nothing(self):
        delivery = self.ordered().delivery_ids
        other = self.by(self.user("sales_manager", self.store_a2), delivery)
        with self.assertRaises(AccessError):
            other.read(["signed_name"])
