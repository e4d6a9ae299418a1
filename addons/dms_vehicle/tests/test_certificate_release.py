"""A pledge ends when its bank says so; one pledge at a time."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .certificate_common import LETTER, CertificateCommon


@tagged("post_install", "-at_install")
class TestPledge(CertificateCommon):
    def test_pledged_wherever_it_is(self):
        paper = self.in_safe()
        self.pledge(paper)
        self.assertRecordValues(
            paper, [{"state": "pledged", "lender_id": self.bank.id, "holder": "store"}]
        )

    def test_a_second_pledge_is_refused_with_the_first_bank(self):
        paper = self.certificate()
        self.pledge(paper)
        with self.assertRaisesRegex(UserError, "already pledged to Bank of Test"):
            self.pledge(paper, self.other_bank)

    def test_released_it_may_be_pledged_again(self):
        paper = self.at_bank()
        self.by(self.banker, self.request(paper)).accept()
        self.assertTrue(self.pledge(paper))

    def test_with_the_customer_it_secures_nothing(self):
        paper = self.in_safe()
        self.hand_over(paper, "customer", to_partner_id=self.customer.id)
        with self.assertRaisesRegex(UserError, "with its customer"):
            self.pledge(paper)

    def test_nobody_ends_it_by_hand(self):
        pledge = self.pledge(self.certificate())
        for act in (
            lambda: pledge.write({"ended_at": "2026-01-01 00:00:00"}),
            pledge.unlink,
        ):
            with self.assertRaises(UserError):
                act()

    def test_it_is_an_event_of_the_car(self):
        pledge = self.pledge(self.certificate())
        event = self.env["dms.vehicle.event"].search(
            [("res_model", "=", pledge._name), ("res_id", "=", pledge.id)]
        )
        self.assertIn('"status":"pledged"', event.entry_id.body)


@tagged("post_install", "-at_install")
class TestRelease(CertificateCommon):
    def setUp(self):
        super().setUp()
        self.paper = self.at_bank()

    def test_requested_it_waits_for_the_bank(self):
        request = self.request(self.paper, receipt="R-77")
        self.assertEqual(self.paper.state, "release_requested")
        self.assertRecordValues(
            request, [{"state": "waiting", "bank_id": self.bank.id}]
        )

    def test_the_bank_releases_it(self):
        request = self.by(self.banker, self.request(self.paper))
        request.accept("paid")
        self.assertRecordValues(
            self.paper, [{"state": "released", "holder": "bank", "lender_id": False}]
        )

    def test_the_store_does_not_decide_for_the_bank(self):
        request = self.request(self.paper)
        with self.assertRaisesRegex(UserError, "Bank of Test must decide"):
            self.by(self.accountant, request).accept()

    def test_another_bank_does_not_decide(self):
        request = self.request(self.paper)
        with self.assertRaises(AccessError):
            self.by(self.other_banker, request).accept()

    def test_refused_with_a_reason_it_stays_pledged(self):
        request = self.by(self.banker, self.request(self.paper))
        with self.assertRaisesRegex(UserError, "Say why"):
            request.refuse()
        request.refuse("loan is not repaid")
        self.assertEqual(self.paper.state, "pledged")
        self.assertEqual(request.decision_note, "loan is not repaid")

    def test_released_twice_nothing_changes(self):
        request = self.by(self.banker, self.request(self.paper))
        request.accept()
        self.assertEqual(request.accept()["changed"], [])

    def test_one_request_at_a_time(self):
        self.request(self.paper)
        with self.assertRaisesRegex(UserError, "requested already"):
            self.request(self.paper)

    def test_what_is_not_pledged_is_not_released(self):
        with self.assertRaisesRegex(UserError, "nothing to release"):
            self.request(self.in_safe())

    def test_a_bank_without_login_decides_by_letter(self):
        paper = self.certificate()
        self.pledge(paper, self.county_bank)
        request = self.request(paper)
        with self.assertRaisesRegex(UserError, "letter or receipt"):
            self.by(self.accountant, request).accept()
        request.proof = LETTER
        self.by(self.accountant, request).accept()
        self.assertFalse(paper.lender_id)

    def test_the_bank_sends_it_back_and_the_store_confirms(self):
        self.by(self.banker, self.request(self.paper)).accept()
        (handover_id,) = self.by(self.banker, self.paper).send_back("SF77")
        handover = self.env["dms.certificate.handover"].browse(handover_id)
        self.assertRecordValues(
            handover, [{"asked_side": "bank", "asked_by_id": self.banker.id}]
        )
        self.by(self.officer, handover).accept()
        self.assertEqual(self.paper.state, "free")

    def test_the_bank_does_not_confirm_what_it_sent(self):
        self.by(self.banker, self.request(self.paper)).accept()
        (handover_id,) = self.by(self.banker, self.paper).send_back()
        colleague = self.bank_user(self.bank, "colleague")
        handover = self.env["dms.certificate.handover"].browse(handover_id)
        with self.assertRaisesRegex(UserError, "the store must decide"):
            self.by(colleague, handover).accept()

    def test_the_bank_sends_nothing_that_is_still_pledged(self):
        with self.assertRaisesRegex(UserError, "Request its release first"):
            self.by(self.banker, self.paper).send_back()

    def test_nobody_else_sends_it_for_the_bank(self):
        for user in (self.officer, self.other_banker):
            with self.assertRaises(AccessError):
                self.by(user, self.paper).send_back()
