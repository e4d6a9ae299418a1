"""A certificate changes hands when two people say so, and the log knows it."""

import json

from psycopg2.errors import RestrictViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .certificate_common import LETTER, CertificateCommon


@tagged("post_install", "-at_install")
class TestDualControl(CertificateCommon):
    def test_proposed_it_is_on_its_way_and_stays_with_its_holder(self):
        paper = self.certificate()
        handover = self.propose(paper, tracking="SF1234")
        self.assertRecordValues(paper, [{"state": "in_transit", "holder": "oem"}])
        self.assertEqual(paper.handover_id, handover)

    def test_confirmed_by_another_it_has_arrived(self):
        paper = self.certificate()
        handover = self.propose(paper, to_safe_id=self.safe.id)
        self.by(self.accountant, handover).accept("counted")
        self.assertRecordValues(
            paper, [{"state": "free", "holder": "store", "safe_id": self.safe.id}]
        )
        self.assertRecordValues(
            handover,
            [
                {
                    "state": "accepted",
                    "asked_by_id": self.officer.id,
                    "decided_by_id": self.accountant.id,
                    "decision_note": "counted",
                }
            ],
        )

    def test_nobody_confirms_what_he_proposed(self):
        handover = self.propose(self.certificate())
        with self.assertRaisesRegex(UserError, "somebody else must"):
            handover.accept()
        self.assertEqual(handover.state, "waiting")

    def test_nor_does_he_under_a_borrowed_name(self):
        """Who asked is taken from the login, not from what is sent."""
        handover = self.propose(
            self.certificate(), asked_by_id=self.accountant.id, asked_side="bank"
        )
        self.assertRecordValues(
            handover, [{"asked_by_id": self.officer.id, "asked_side": "store"}]
        )

    def test_nobody_enters_one_that_is_confirmed_already(self):
        handover = self.propose(
            self.certificate(), state="accepted", decided_by_id=self.accountant.id
        )
        self.assertRecordValues(
            handover, [{"state": "waiting", "decided_by_id": False}]
        )

    def test_nobody_writes_that_it_was_confirmed(self):
        handover = self.propose(self.certificate())
        with self.assertRaisesRegex(UserError, "confirmed, refused or cancelled"):
            self.by(self.accountant, handover).write({"state": "accepted"})

    def test_a_consultant_confirms_nothing(self):
        handover = self.propose(self.certificate())
        consultant = self.user("sales_consultant", self.store_a1)
        with self.assertRaises(AccessError):
            self.by(consultant, handover).accept()

    def test_an_auditor_confirms_nothing_whatever_other_role_he_has(self):
        handover = self.propose(self.certificate())
        auditor = self.user("auditor", self.store_a1)
        auditor.group_ids += self.accountant.group_ids
        with self.assertRaises(AccessError):
            self.by(auditor, handover).accept()

    def test_confirmed_twice_nothing_changes_and_the_answer_says_so(self):
        handover = self.by(self.accountant, self.propose(self.certificate()))
        first = handover.accept()
        at, events = handover.decided_at, self._events(handover)
        second = handover.accept()
        self.assertEqual((first["changed"], first["unchanged"]), (handover.ids, []))
        self.assertEqual((second["changed"], second["unchanged"]), ([], handover.ids))
        self.assertIn("nothing changed", second["message"])
        self.assertEqual(handover.decided_at, at)
        self.assertEqual(self._events(handover), events)

    def test_confirmed_it_is_not_refused_any_more(self):
        handover = self.by(self.accountant, self.propose(self.certificate()))
        handover.accept()
        with self.assertRaisesRegex(UserError, "already, by accountant"):
            handover.refuse("missing", "gone")

    def test_one_handover_at_a_time(self):
        paper = self.certificate()
        self.propose(paper)
        with self.assertRaisesRegex(UserError, "on its way already"):
            self.propose(paper)

    def test_cancelled_the_next_may_begin(self):
        paper = self.certificate()
        self.propose(paper).cancel()
        self.assertEqual(paper.state, "at_oem")
        self.assertTrue(self.propose(paper))

    def test_it_does_not_go_to_the_safe_where_it_lies(self):
        paper = self.in_safe()
        with self.assertRaisesRegex(UserError, "there already: Safe A1"):
            self.propose(paper, to_safe_id=self.safe.id)

    def test_the_photo_may_be_added_until_it_is_decided(self):
        handover = self.propose(self.certificate())
        handover.write({"proof": LETTER, "tracking": "SF1"})
        self.by(self.accountant, handover).accept()
        with self.assertRaises(UserError):
            handover.write({"proof": False})

    def _events(self, handover):
        return self.env["dms.vehicle.event"].search(
            [("res_model", "=", handover._name), ("res_id", "=", handover.id)]
        )


@tagged("post_install", "-at_install")
class TestRefusal(CertificateCommon):
    def test_refused_it_stays_where_it_is(self):
        paper = self.in_safe()
        handover = self.propose(paper, "oem")
        self.by(self.accountant, handover).refuse("other", "not yet")
        self.assertRecordValues(
            paper, [{"state": "free", "safe_id": self.safe.id, "handover_id": False}]
        )

    def test_what_was_wrong_is_recorded(self):
        for refusal in ("missing", "damaged", "wrong_number"):
            paper = self.certificate()
            handover = self.by(self.accountant, self.propose(paper))
            handover.refuse(refusal, "as seen")
            self.assertRecordValues(paper, [{"state": refusal, "holder": "oem"}])

    def test_a_lost_one_that_arrives_after_all_is_found(self):
        paper = self.certificate()
        self.by(self.accountant, self.propose(paper)).refuse(
            "missing", "empty envelope"
        )
        self.hand_over(paper)
        self.assertEqual(paper.state, "free")

    def test_a_damaged_one_stays_damaged_where_it_arrives(self):
        paper = self.certificate()
        self.by(self.accountant, self.propose(paper)).refuse("damaged", "wet")
        self.hand_over(paper)
        self.assertRecordValues(paper, [{"state": "damaged", "holder": "store"}])

    def test_an_unknown_reason_names_the_known_ones(self):
        handover = self.by(self.accountant, self.propose(self.certificate()))
        with self.assertRaisesRegex(UserError, "wrong_number"):
            handover.refuse("stolen")

    def test_who_asked_does_not_refuse_but_cancels(self):
        handover = self.propose(self.certificate())
        with self.assertRaises(UserError):
            handover.refuse("other", "changed my mind")
        handover.cancel()
        self.assertEqual(handover.state, "cancelled")


@tagged("post_install", "-at_install")
class TestWithBank(CertificateCommon):
    def setUp(self):
        super().setUp()
        self.paper = self.certificate()
        self.pledge(self.paper)

    def test_a_bank_with_a_login_confirms_itself(self):
        handover = self.propose(self.paper, "bank")
        with self.assertRaisesRegex(UserError, "Bank of Test must decide"):
            self.by(self.accountant, handover).accept()
        self.by(self.banker, handover).accept()
        self.assertRecordValues(self.paper, [{"state": "pledged", "holder": "bank"}])

    def test_another_bank_neither_sees_nor_confirms(self):
        handover = self.propose(self.paper, "bank")
        with self.assertRaises(AccessError):
            self.by(self.other_banker, handover).accept()

    def test_a_bank_without_login_is_believed_by_its_letter(self):
        paper = self.certificate()
        self.pledge(paper, self.county_bank)
        handover = self.propose(paper, "bank")
        with self.assertRaisesRegex(UserError, "letter or receipt"):
            self.by(self.accountant, handover).accept()
        handover.proof = LETTER
        self.by(self.accountant, handover).accept()
        self.assertEqual(paper.holder_id, self.county_bank)

    def test_even_then_two_people_are_needed(self):
        paper = self.certificate()
        self.pledge(paper, self.county_bank)
        handover = self.propose(paper, "bank", proof=LETTER)
        with self.assertRaisesRegex(UserError, "somebody else"):
            handover.accept()

    def test_a_bank_gets_only_what_is_pledged_to_it(self):
        with self.assertRaisesRegex(UserError, "not to Other Bank"):
            self.propose(self.paper, "bank", to_partner_id=self.other_bank.id)
        with self.assertRaisesRegex(UserError, "is not pledged"):
            self.propose(self.in_safe(), "bank", to_partner_id=self.bank.id)

    def test_before_its_release_it_goes_nowhere_else(self):
        self.hand_over(self.paper, "bank")
        with self.assertRaisesRegex(UserError, "Request its release first"):
            self.propose(self.paper, "store")

    def test_the_bank_may_lend_it_until_a_day(self):
        self.hand_over(self.paper, "bank")
        self.hand_over(self.paper, "store", is_loan=True, due_date="2026-01-05")
        self.assertRecordValues(
            self.paper, [{"state": "borrowed", "lender_id": self.bank.id}]
        )
        self.assertGreater(self.paper.days_overdue, 0)

    def test_pledged_while_it_is_on_its_way_it_does_not_arrive_elsewhere(self):
        paper = self.certificate()
        handover = self.propose(paper)
        self.pledge(paper)
        with self.assertRaisesRegex(UserError, "Request its release first"):
            self.by(self.accountant, handover).accept()


@tagged("post_install", "-at_install")
class TestSisterStore(CertificateCommon):
    def setUp(self):
        super().setUp()
        self.paper = self.in_safe()
        self.receiver = self.user("accountant", self.store_a2)

    def test_the_store_that_receives_confirms(self):
        handover = self._send(self.store_a2)
        with self.assertRaisesRegex(UserError, "A2 must confirm"):
            self.by(self.accountant, handover).accept()
        self.by(self.receiver, handover).accept()
        paper = self.paper.sudo()
        self.assertEqual(paper.company_id, self.store_a2)
        self.assertEqual(paper.safe_id.company_id, self.store_a2)

    def test_then_it_belongs_to_that_store_only(self):
        self.by(self.receiver, self._send(self.store_a2)).accept()
        self.assertTrue(self.by(self.receiver, self.paper).number)
        with self.assertRaises(AccessError):
            self.by(self.accountant, self.paper).read(["number"])

    def test_a_store_of_another_group_gets_nothing(self):
        with self.assertRaisesRegex(UserError, "not a store of this dealer group"):
            self._send(self.store_b1)

    def test_a_safe_of_another_store_is_refused(self):
        foreign = self.env["dms.certificate.safe"]._of_store(self.store_a2)
        with self.assertRaisesRegex(UserError, "safe of this store"):
            self.propose(self.paper, to_safe_id=foreign.id)

    def _send(self, store):
        return self.propose(self.paper, to_partner_id=store.partner_id.id)


@tagged("post_install", "-at_install")
class TestRecorded(CertificateCommon):
    def setUp(self):
        super().setUp()
        self.paper = self.certificate()
        self.pledge(self.paper)
        self.handover = self.hand_over(self.paper, "bank", proof=LETTER)
        self.event = self.handover.event_id

    def test_a_confirmed_handover_is_an_event_of_the_car(self):
        self.assertRecordValues(
            self.event,
            [
                {
                    "vehicle_id": self.paper.vehicle_id.id,
                    "code": "vehicle.certificate",
                    "res_model": "dms.certificate.handover",
                    "res_id": self.handover.id,
                }
            ],
        )

    def test_the_log_names_neither_bank_nor_person_nor_number(self):
        body = self.event.sudo().body
        facts = json.loads(body)
        self.assertEqual((facts["from"], facts["to"]), ("oem", "bank"))
        for secret in (self.paper.number, self.bank.name, self.officer.name):
            self.assertNotIn(secret, body)

    def test_the_document_is_proven_by_the_log(self):
        self.assertEqual(self.handover._dms_seal(), self.handover.digest)
        self.assertIn(self.handover.digest, self.event.sudo().body)

    def test_another_scan_under_the_same_handover_is_found_out(self):
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self.handover._name),
                ("res_id", "=", self.handover.id),
                ("res_field", "=", "proof"),
            ]
        )
        attachment.raw = b"%PDF-1.4 another letter"
        self.handover.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "not the one that was recorded"):
            self.handover.action_check()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_to_change_what_was_decided(self):
        for statement in (
            "UPDATE dms_certificate_handover SET to_kind = 'customer' WHERE id = %s",
            "UPDATE dms_certificate_handover SET decided_by_id = 1 WHERE id = %s",
            "DELETE FROM dms_certificate_handover WHERE id = %s",
        ):
            with (
                self.subTest(statement),
                self.assertRaises(RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [self.handover.id])

    def test_what_waits_may_still_change(self):
        handover = self.propose(self.certificate())
        handover.tracking = "SF99"
        handover.flush_recordset()
        self.assertEqual(handover.tracking, "SF99")
