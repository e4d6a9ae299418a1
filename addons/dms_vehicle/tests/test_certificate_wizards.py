"""Certificates many at once: entered, handed over, released."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .certificate_common import CertificateCommon, new_number


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

    def test_the_window_says_what_it_does(self):
        paper = self.certificate()
        self.assertEqual(paper.action_hand_over()["name"], "Hand Over")
        self.assertEqual(paper.action_request_release()["name"], "Request Release")

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

    def test_a_number_twice_goes_in_once(self):
        first, second = self.new_car(), self.new_car()
        wizard = self.enter(
            f"{first.vin} WAB000099990005", f"{second.vin} WAB000099990005"
        )
        self.assertRecordValues(wizard, [{"accepted": 1, "rejected": 1}])
        self.assertIn(f"another car: {first.vin}", wizard.problems)

    def test_a_line_that_is_refused_half_way_leaves_nothing(self):
        car = self.receive(self.store_a1)
        self.sell(car).picking_ids.button_validate()
        wizard = self.enter(f"{car.vin} WAB000099990006", lender_id=self.bank.id)
        self.assertIn("can secure no loan", wizard.problems)
        self.assertFalse(car._dms_certificate())

    def test_many_lines_cost_few_queries_each(self):
        cars = [self.new_car() for _n in range(20)]
        self.enter(f"{cars.pop().vin} {new_number()}", lender_id=self.bank.id)
        lines = [f"{car.vin} {new_number()}" for car in cars]
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.enter(*lines, lender_id=self.bank.id)
        self.env.flush_all()
        self.assertLess((self.env.cr.sql_log_count - before) / len(lines), 12)

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
