"""Keys are taken, brought back, handed over and lost."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .key_common import KeyCommon


@tagged("post_install", "-at_install")
class TestKeyStep(KeyCommon):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)
        self.key_1 = self.key(self.car)

    def test_out_and_back(self):
        self.key_1.take(self.bearer, note="test drive")
        self.assertEqual((self.key_1.state, self.key_1.holder_id), ("out", self.bearer))
        self.assertTrue(self.key_1.due_at > fields.Datetime.now())
        self.key_1.bring_back()
        self.assertEqual(self.key_1.state, "cabinet")
        self.assertFalse(self.key_1.holder_id or self.key_1.due_at)
        back, out = self.key_1.move_ids.sorted("id", reverse=True)
        self.assertEqual((out.step, out.user_id), ("take", self.clerk))
        self.assertEqual((out.to_partner_id, out.note), (self.bearer, "test drive"))
        self.assertEqual(
            (back.from_partner_id, back.vehicle_id), (self.bearer, self.car)
        )

    def test_a_key_that_is_out_is_not_taken_again(self):
        self.taken(self.key_1)
        with self.refused(UserError, f"{self.bearer.name} has it since"):
            self.key_1.take(self.manager.partner_id)
        self.assertEqual(self.key_1.holder_id, self.bearer)
        self.assertEqual(len(self.key_1.move_ids), 1)

    def test_one_that_hangs_there_is_not_brought_back(self):
        with self.refused(UserError, "hangs in the cabinet"):
            self.key_1.bring_back()

    def test_handed_over_it_is_gone(self):
        self.key_1.hand_over(self.customer, "with the car")
        self.assertEqual(self.key_1.state, "customer")
        with self.refused(UserError, "was handed over to 李娜"):
            self.key_1.take(self.bearer)
        self.key_1.bring_back("trade-in")
        self.assertEqual(self.key_1.state, "cabinet")

    def test_a_loss_has_a_reason(self):
        for note in ("", "  ", None):
            with self.refused(UserError, "how it was lost"):
                self.key_1.lose(note)
        self.key_1.lose("fell into the river")
        with self.refused(UserError, "was reported lost"):
            self.key_1.take(self.bearer)
        self.key_1.find_again("it washed ashore")
        self.assertEqual(self.key_1.state, "cabinet")
        self.assertEqual(self.key_1.move_ids[0].note, "it washed ashore")

    def test_somebody_takes_it(self):
        for take in (self.key_1.take, self.key_1.hand_over):
            with self.refused(UserError, "Say who"):
                take(None)

    def test_all_or_none(self):
        second = self.key(self.car, kind="key2")
        self.taken(second)
        with self.refused(UserError, "Key 2"):
            (self.key_1 | second).take(self.bearer)
        self.assertEqual(self.key_1.state, "cabinet")
        self.assertFalse(self.key_1.move_ids)

    def test_the_pass_says_when_it_is_due(self):
        drive = self.issue(self.car)
        self.key_1.take(self.bearer, gate_pass=drive)
        self.assertEqual(self.key_1.due_at, drive.back_by)
        self.assertEqual(self.key_1.pass_id, drive)

    def test_not_the_pass_of_another_car(self):
        with self.refused(UserError, "is for another car"):
            self.key_1.take(self.bearer, gate_pass=self.issue())

    def test_not_a_pass_that_was_cancelled(self):
        drive = self.issue(self.car)
        drive.cancel()
        with self.refused(UserError, f"{drive.name} was cancelled"):
            self.key_1.take(self.bearer, gate_pass=drive)
        self.assertEqual(self.key_1.state, "cabinet")

    def test_not_a_pass_whose_time_is_over(self):
        drive = self.issue(self.car)
        self.later(drive, hours=25)
        self.assertEqual(drive.state, "issued", "nobody has looked since")
        with self.refused(UserError, f"{drive.name} has expired"):
            self.key_1.take(self.bearer, gate_pass=drive)

    def test_not_a_pass_by_which_the_car_was_out_and_came_back(self):
        drive = self.out(self.car)
        self.back(drive, 20)
        with self.refused(UserError, "has come back"):
            self.key_1.take(self.bearer, gate_pass=drive)

    def test_not_a_pass_by_which_the_car_left_for_good(self):
        delivery = self.delivered(self.car)
        gone = self.issue(self.car, "delivery", self.manager, picking_id=delivery.id)
        self.by(self.guard, gone).let_out()
        plate = self.key(self.car, vehicle_id=False, kind="plate", label="沪A0001试")
        with self.refused(UserError, "left for good"):
            plate.take(self.bearer, gate_pass=gone)

    def test_a_pass_that_begins_later_or_is_in_use_is_good(self):
        later = self.issue(self.car, valid_from=self.ahead(hours=1))
        self.key_1.take(self.bearer, gate_pass=later)
        self.key_1.bring_back()
        self.later(later, hours=2)
        self.by(self.guard, later).let_out(odometer_km=10)
        self.key_1.take(self.bearer, gate_pass=later)
        self.assertEqual(self.key_1.pass_id, later)

    def test_a_program_is_refused_as_a_person(self):
        drive = self.issue(self.car)
        drive.cancel()
        arguments = [self.key_1.ids, self.bearer.id]
        keys = self.by(self.clerk, self.env["dms.key.item"])
        with self.refused(UserError, "was cancelled"):
            call_kw(keys, "take", arguments, {"gate_pass": drive.id})

    def test_overdue(self):
        self.taken(self.key_1, due_at=fields.Datetime.now() - timedelta(hours=1))
        self.assertTrue(self.key_1.is_overdue)
        keys = self.key_1
        self.assertIn(keys, keys.search([("is_overdue", "=", True)]))
        self.assertNotIn(keys, keys.search([("is_overdue", "=", False)]))
        keys.bring_back()
        self.assertFalse(keys.is_overdue)
        self.assertNotIn(keys, keys.search([("is_overdue", "=", True)]))

    # Windows

    def test_the_window_takes_many(self):
        keys = self.key_1 | self.key(self.car, kind="key2")
        action = keys.action_take()
        form = Form(
            self.by(self.clerk, self.env["dms.key.step"]).with_context(
                **action["context"]
            )
        )
        form.partner_id = self.bearer
        form.pass_id = self.issue(self.car)
        self.assertEqual(form.due_at, form.pass_id.back_by)
        form.save().action_apply()
        self.assertEqual(set(keys.mapped("state")), {"out"})
        keys.action_return()
        self.assertEqual(set(keys.mapped("state")), {"cabinet"})

    def test_the_window_does_every_step(self):
        steps = self.by(self.clerk, self.env["dms.key.step"])
        for step, state in (
            ("take", "out"),
            ("return", "cabinet"),
            ("lose", "lost"),
            ("find", "cabinet"),
            ("hand_over", "customer"),
        ):
            steps.create(
                {
                    "key_ids": self.key_1.ids,
                    "step": step,
                    "partner_id": self.bearer.id,
                    "note": "reason",
                }
            ).action_apply()
            self.assertEqual(self.key_1.state, state)

    def test_it_needs_a_key(self):
        steps = self.by(self.clerk, self.env["dms.key.step"])
        with self.refused(UserError, "at least one key"):
            steps.create({"step": "return"}).action_apply()

    # Who

    def test_who_keeps_the_cabinet(self):
        for role in ("sales_manager", "store_manager", "parts_clerk"):
            key = self.by(self.user(role, self.store_a1), self.key_1)
            key.take(self.bearer)
            key.bring_back()

    def test_others_do_not(self):
        for role in ("sales_consultant", "technician", "accountant", "auditor"):
            key = self.by(self.user(role, self.store_a1), self.key_1)
            with self.assertRaises(AccessError):
                key.take(self.bearer)
        with self.assertRaises(AccessError):
            self.by(self.user("parts_clerk", self.store_a2), self.key_1).take(
                self.bearer
            )
        self.assertFalse(self.key_1.move_ids)

    @mute_logger("odoo.sql_db")
    def test_a_move_is_never_changed_or_written_by_hand(self):
        move = self.key_1.take(self.bearer)
        with self.refused(UserError, "cannot be changed"):
            move.sudo().note = "x"
        with self.refused(UserError, "cannot be deleted"):
            move.sudo().unlink()
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.env.cr.execute("UPDATE dms_key_move SET note = 'x'")
        self.assertIn("append-only", str(caught.exception))
        moves = self.by(self.clerk, self.env["dms.key.move"])
        with self.assertRaises(AccessError):
            moves.create(
                {
                    "item_id": self.key_1.id,
                    "company_id": self.store_a1.id,
                    "step": "return",
                    "at": "2026-11-30",
                    "user_id": self.clerk.id,
                }
            )
