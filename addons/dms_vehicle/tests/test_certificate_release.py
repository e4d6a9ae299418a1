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


@tagged("post_install", "-at_install")
class TestBatch(CertificateCommon):
    def batch(self, papers, **vals):
        wizards = self.by(self.officer, self.env["dms.certificate.batch"])
        wizard = wizards.with_context(
            active_model="dms.certificate", active_ids=papers.ids
        ).create(vals)
        wizard.action_apply()
        return wizard

    def test_good_ones_go_and_bad_ones_come_back_with_reasons(self):
        good, free, asked = self.at_bank(), self.in_safe(), self.at_bank()
        self.request(asked)
        wizard = self.batch(good | free | asked, purpose="release", receipt="R-1")
        self.assertRecordValues(wizard, [{"accepted": 1, "rejected": 2}])
        self.assertEqual(wizard.certificate_ids, free | asked)
        self.assertIn("nothing to release", wizard.problems)
        self.assertIn("requested already", wizard.problems)
        self.assertEqual(good.release_id.receipt, "R-1")

    def test_several_are_handed_over_in_one_parcel(self):
        papers = self.certificate() | self.certificate()
        self.batch(papers, purpose="handover", to_kind="store", tracking="SF5")
        self.assertEqual(papers.handover_id.mapped("tracking"), ["SF5", "SF5"])

    def test_a_parcel_is_confirmed_at_once(self):
        papers = self.certificate() | self.certificate()
        self.batch(papers, purpose="handover")
        answer = self.by(self.accountant, papers.handover_id).accept()
        self.assertEqual(len(answer["changed"]), 2)
        self.assertEqual(set(papers.mapped("state")), {"free"})

    def test_an_empty_choice_is_said(self):
        with self.assertRaisesRegex(UserError, "at least one"):
            self.batch(self.env["dms.certificate"])


@tagged("post_install", "-at_install")
class TestEnter(CertificateCommon):
    def enter(self, *lines, **vals):
        wizards = self.by(self.officer, self.env["dms.certificate.enter"])
        wizard = wizards.create({"text": "\n".join(lines), **vals})
        wizard.action_apply()
        return wizard

    def test_lines_become_certificates_on_their_way_to_the_safe(self):
        car = self.new_car()
        self.enter(f"{car.vin} WAB 0000 9999 0001", tracking="SF8")
        paper = car._dms_certificate()
        self.assertRecordValues(
            paper, [{"number": "WAB000099990001", "state": "in_transit"}]
        )
        self.assertEqual(paper.handover_id.to_kind, "store")

    def test_those_of_cars_on_credit_go_to_the_bank(self):
        car = self.new_car()
        self.enter(f"{car.vin} WAB000099990002", lender_id=self.bank.id)
        paper = car._dms_certificate()
        self.assertEqual(paper.lender_id, self.bank)
        self.assertEqual(paper.handover_id.to_partner_id, self.bank)

    def test_bad_lines_come_back_and_good_ones_go_in(self):
        good, bad = self.new_car(), self.new_car()
        foreign = self.new_car(self.store_a2)
        wizard = self.enter(
            f"{good.vin} WAB000099990003",
            f"{bad.vin} WAB00009999",
            f"{foreign.vin} WAB000099990004",
        )
        self.assertRecordValues(wizard, [{"accepted": 1, "rejected": 2}])
        self.assertIn("2: ", wizard.problems)
        self.assertIn("no car of this store", wizard.problems)
        self.assertIn(bad.vin, wizard.text)
        self.assertNotIn(good.vin, wizard.text)
        self.assertFalse(foreign._dms_certificate())
