"""Transport damage: noted at receipt, claimed from the carrier, settled once."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES

from .inspection_common import InspectionCommon


class DamageCommon(InspectionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.carrier = cls.env["res.partner"].create(
            {"name": "Carrier", "is_company": True}
        )
        cls.car = cls.receive(cls.store_a1)
        cls.receipt = cls.env["stock.picking"].search(
            [("purchase_id", "=", cls.car.purchase_line_id.order_id.id)]
        )

    @classmethod
    def report(cls, **vals):
        line = {
            "place": "roof",
            "kind": "dent",
            "photo_ids": [(6, 0, cls.photo(cls.clerk).ids)],
        }
        vals = {
            "carrier_id": cls.carrier.id,
            "picking_id": cls.receipt.id,
            "estimate": 1200,
            "line_ids": [(0, 0, line)],
        } | vals
        return cls.by(cls.clerk, cls.car)._dms_report_damage(vals)

    @classmethod
    def claimed(cls, **vals):
        report = cls.report(**vals)
        report.action_claim()
        return report


@tagged("post_install", "-at_install")
class TestClaim(DamageCommon):
    def test_a_report_has_a_number_and_the_store_of_its_car(self):
        report = self.report(company_id=self.store_a2.id)
        self.assertEqual(report.company_id, self.store_a1)
        self.assertRegex(report.name, r"^TD\d{4}-\d+$")
        self.assertEqual(report.state, "draft")

    def test_a_report_without_car_says_so(self):
        reports = self.by(self.clerk, self.env["dms.damage.report"])
        with self.assertRaisesRegex(UserError, "Choose the car first"):
            reports.create({"carrier_id": self.carrier.id})
        known = reports.with_context(default_vehicle_id=self.car.id)
        self.assertEqual(known.create({}).vehicle_id, self.car)

    def test_a_claim_has_a_deadline_and_somebody_watches_it(self):
        self.store_a1.dms_claim_days = 10
        report = self.claimed()
        deadline = Date.add(Date.context_today(report), days=10)
        self.assertRecordValues(report, [{"state": "claimed", "deadline": deadline}])
        self.assertRecordValues(
            report.activity_ids,
            [{"date_deadline": deadline, "user_id": self.clerk.id}],
        )

    def test_without_any_damage_nothing_is_claimed(self):
        with self.assertRaisesRegex(UserError, "at least one damage"):
            self.report(line_ids=[]).action_claim()

    def test_nor_without_photo(self):
        with self.assertRaisesRegex(UserError, "a photo of each damage"):
            self.report(line_ids=[(0, 0, {"place": "roof"})]).action_claim()

    def test_nor_from_nobody(self):
        with self.assertRaisesRegex(UserError, "enter the carrier"):
            self.report(carrier_id=False).action_claim()

    @mute_logger("odoo.sql_db")
    def test_amounts_are_not_negative(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.report(estimate=-1)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.claimed().accepted_amount = -1

    def test_what_was_claimed_is_not_changed(self):
        report = self.claimed()
        for change in (
            lambda: report.write({"estimate": 5}),
            lambda: report.line_ids.write({"severity": "heavy"}),
            lambda: report.write({"line_ids": [(0, 0, {"place": "lamps"})]}),
            lambda: report.line_ids.unlink(),
            report.unlink,
            report.action_claim,
        ):
            with self.assertRaisesRegex(UserError, "not changed any more"):
                change()

    def test_nor_does_a_damage_come_to_it_from_another(self):
        report, other = self.claimed(), self.report()
        with self.assertRaisesRegex(UserError, "not changed any more"):
            other.line_ids.report_id = report

    def test_its_state_is_not_written_by_hand(self):
        for vals in ({"state": "settled"}, {"deadline": "2026-01-01"}):
            with self.assertRaisesRegex(UserError, "by its buttons"):
                self.report().write(vals)

    def test_the_carrier_accepts_what_was_estimated_or_less(self):
        first, second = self.claimed(), self.claimed()
        second.accepted_amount = 800
        (first | second).action_accept()
        self.assertEqual((first | second).mapped("accepted_amount"), [1200, 800])
        self.assertFalse(first.activity_ids)

    def test_he_accepts_an_amount(self):
        with self.assertRaisesRegex(UserError, "Enter the amount"):
            self.claimed(estimate=0).action_accept()

    def test_he_refuses_and_thinks_better_of_it(self):
        report = self.claimed()
        report.action_refuse()
        self.assertEqual(report.state, "refused")
        report.action_accept()
        self.assertEqual(report.state, "accepted")

    def test_only_a_claim_is_answered(self):
        with self.assertRaisesRegex(UserError, "Only what was claimed"):
            self.report().action_accept()

    def test_withdrawn_is_over(self):
        report = self.claimed()
        report.action_cancel()
        self.assertFalse(report.activity_ids)
        for press in (report.action_cancel, lambda: report.write({"note": "x"})):
            with self.assertRaisesRegex(UserError, "closed"):
                press()

    def test_a_draft_may_be_deleted(self):
        report = self.report()
        report.unlink()
        self.assertFalse(report.exists())

    def test_overdue_ones_are_found(self):
        late, early = self.claimed(), self.claimed()
        late.sudo().deadline = "2026-01-01"
        self.assertTrue(late.is_overdue)
        reports = late | early
        found = {
            value: reports.search(
                [("is_overdue", "=", value), ("id", "in", reports.ids)]
            )
            for value in (True, False)
        }
        self.assertEqual(found, {True: late, False: early})

    def test_one_for_each_car(self):
        cars = self.car | self.receive(self.store_a1)
        reports = cars._dms_report_damage({"delivery_note": "DN-1"})
        self.assertEqual(reports.vehicle_id, cars)
        self.assertEqual(set(reports.mapped("delivery_note")), {"DN-1"})

    def test_from_the_receipt(self):
        action = self.by(self.clerk, self.receipt).action_dms_report_damage()
        self.assertEqual(action["context"]["default_vehicle_id"], self.car.id)
        reports = self.env["dms.damage.report"].with_context(**action["context"])
        with Form(
            self.by(self.clerk, reports).with_context(**action["context"])
        ) as form:
            form.carrier_id = self.carrier
        self.assertEqual(form.record.picking_id, self.receipt)
        self.assertEqual(self.receipt.dms_damage_ids, form.record)

    def test_a_receipt_without_cars_says_so(self):
        receipt = self.order(self.store_a1).picking_ids
        with self.assertRaisesRegex(UserError, "Enter the VINs"):
            receipt.action_dms_report_damage()

    def test_from_the_car(self):
        action = self.by(self.clerk, self.car).action_report_damage()
        self.assertEqual(action["context"], {"default_vehicle_id": self.car.id})


@tagged("post_install", "-at_install")
class TestSettlement(DamageCommon):
    with_chart = True

    def accepted(self, **vals):
        report = self.claimed(**vals)
        report.action_accept()
        return report

    def settle(self, report, user=None):
        self.by(user or self.accountant, report).action_settle()
        return report.sudo().move_id

    def test_an_invoice_to_the_carrier(self):
        report = self.accepted()
        move = self.settle(report)
        self.assertRecordValues(
            move,
            [
                {
                    "move_type": "out_invoice",
                    "state": "draft",
                    "partner_id": self.carrier.id,
                    "company_id": self.store_a1.id,
                    "amount_total": 1200,
                }
            ],
        )
        self.assertIn(self.car.vin, move.invoice_line_ids.name)
        self.assertEqual(report.state, "settled")

    def test_a_credit_note_of_the_carrier(self):
        report = self.accepted(settle_by="refund")
        move = self.settle(report)
        self.assertRecordValues(
            move, [{"move_type": "in_refund", "amount_total": 1200}]
        )

    def test_it_is_posted_without_more_typing(self):
        report = self.accepted()
        move = self.by(self.accountant, self.settle(report))
        move.action_post()
        self.assertEqual(move.state, "posted")

    def test_pressed_twice_it_is_one_entry(self):
        report = self.accepted()
        move = self.settle(report)
        self.assertEqual(self.settle(report), move)
        moves = move.search([("invoice_origin", "=", report.name)])
        self.assertEqual(moves, move)

    def test_a_deleted_draft_is_made_again(self):
        report = self.accepted()
        self.settle(report).unlink()
        self.assertTrue(self.settle(report))

    def test_not_before_the_carrier_accepted(self):
        report = self.claimed()
        with self.assertRaisesRegex(UserError, "has not accepted it"):
            self.settle(report)

    def test_a_clerk_books_nothing(self):
        report = self.accepted()
        with self.assertRaises(AccessError):
            self.settle(report, self.clerk)
        self.assertFalse(report.sudo().move_id)

    def test_settled_is_settled(self):
        report = self.accepted()
        self.settle(report)
        with self.assertRaisesRegex(UserError, "closed"):
            report.action_cancel()


@tagged("post_install", "-at_install")
class TestDamageRoles(DamageCommon):
    def test_who_notes_damage(self):
        allowed = {
            role
            for role in ROLES
            if self.in_store(self.store_a1, role)["dms.damage.report"].has_access(
                "create"
            )
        }
        self.assertEqual(
            allowed,
            {
                "parts_clerk",
                "service_advisor",
                "workshop_manager",
                "store_manager",
                "group_admin",
            },
        )

    def test_everybody_reads_it_in_his_store(self):
        report = self.report()
        for role in ROLES:
            env = self.in_store(self.store_a1, role)
            with self.subTest(role=role):
                self.assertEqual(Form(report.with_env(env)).name, report.name)

    def test_the_sales_manager_changes_nothing(self):
        report = self.claimed()
        mine = report.with_env(self.in_store(self.store_a1, "sales_manager"))
        for press in (mine.action_accept, mine.action_cancel, mine.action_refuse):
            with self.assertRaises(AccessError):
                press()

    def test_the_accountant_notes_the_answer(self):
        report = self.by(self.accountant, self.claimed())
        report.write({"accepted_amount": 900, "carrier_reference": "C-1"})
        report.action_accept()
        self.assertEqual(report.accepted_amount, 900)

    def test_damage_of_another_store_is_out_of_reach(self):
        report = self.claimed()
        for role in ("parts_clerk", "accountant"):
            other = self.in_store(self.store_a2, role)
            with self.assertRaises(AccessError):
                report.with_env(other).action_accept()
        clerk = self.in_store(self.store_a2, "parts_clerk")
        with self.assertRaises(AccessError):
            clerk["dms.damage.report"].create({"vehicle_id": self.car.id})
