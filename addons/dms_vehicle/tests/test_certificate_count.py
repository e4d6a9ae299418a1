"""What lies in the safe is compared with what should lie there."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .certificate_common import CertificateCommon, new_number


@tagged("post_install", "-at_install")
class TestCount(CertificateCommon):
    def setUp(self):
        super().setUp()
        self.here, self.lost = self.in_safe(), self.in_safe()
        self.count = self.start()

    def start(self):
        counts = self.by(self.accountant, self.env["dms.certificate.count"])
        return counts.create({"safe_id": self.safe.id})

    def scan(self, *texts):
        answers = self.count.scan_codes("\n".join(texts))
        return [answer["result"] for answer in answers]

    def numbers(self):
        count = self.count
        return count.expected, count.found, count.missing, count.unexpected

    def test_it_starts_with_what_should_be_there(self):
        self.assertEqual(self.numbers(), (2, 0, 2, 0))

    def test_what_is_on_its_way_out_is_not_expected(self):
        self.count.unlink()
        self.propose(self.here, "oem")
        self.assertEqual(self.start().expected, 1)

    def test_a_vin_or_a_number_ticks_it_off(self):
        self.assertEqual(self.scan(self.here.vin, self.lost.number), ["found"] * 2)
        self.assertEqual(self.numbers(), (2, 2, 0, 0))

    def test_small_letters_and_spaces_do_not_matter(self):
        self.assertEqual(self.scan(f" {self.here.number.lower()} "), ["found"])

    def test_scanned_twice_counts_once(self):
        self.assertEqual(self.scan(self.here.vin), ["found"])
        self.assertEqual(self.scan(self.here.number), ["again"])
        self.assertEqual(self.count.found, 1)

    def test_what_belongs_elsewhere_is_said(self):
        paper = self.at_bank()
        (answer,) = self.count.scan_codes(paper.number)
        self.assertEqual(answer["result"], "unexpected")
        self.assertIn("Bank of Test", answer["message"])
        self.assertEqual(self.numbers(), (2, 0, 2, 1))

    def test_what_nobody_knows_is_said_once(self):
        number = new_number()
        self.assertEqual(self.scan(number), ["unknown"])
        self.assertEqual(self.scan(number), ["again"])

    def test_another_stores_paper_is_unknown_here(self):
        officer = self.user("fi_officer", self.store_a2)
        foreign = self.certificate(self.new_car(self.store_a2), user=officer)
        self.assertEqual(self.scan(foreign.number), ["unknown"])

    def test_closing_records_what_is_missing(self):
        self.scan(self.here.vin)
        self.count.action_close()
        self.assertEqual(self.here.state, "free")
        self.assertEqual(self.lost.state, "missing")
        self.assertIn("Stock-take", self.lost.exception_note)
        self.assertRecordValues(
            self.count, [{"state": "closed", "closed_by_id": self.accountant.id}]
        )

    def test_what_was_sent_away_during_the_count_is_not_missing(self):
        self.scan(self.here.vin)
        self.propose(self.lost, "oem")
        self.count.action_close()
        self.assertFalse(self.lost.exception)

    def test_what_turns_up_again_is_found(self):
        self.count.action_close()
        self.count = self.start()
        self.scan(self.here.vin)
        self.count.action_close()
        self.assertFalse(self.here.exception)
        self.assertEqual(self.lost.exception, "missing")

    def test_closed_it_takes_nothing_more(self):
        self.count.action_close()
        with self.assertRaisesRegex(UserError, "closed"):
            self.scan(self.here.vin)
        with self.assertRaisesRegex(UserError, "closed"):
            self.count.action_close()

    def test_nobody_writes_that_it_is_closed(self):
        with self.assertRaisesRegex(UserError, "its button"):
            self.count.state = "closed"

    def test_a_closed_one_stays(self):
        self.count.action_close()
        with self.assertRaisesRegex(UserError, "stays"):
            self.count.unlink()

    def test_nobody_writes_lines(self):
        with self.assertRaises(AccessError):
            self.count.line_ids[0].result = "found"

    def test_scanning_costs_the_same_whatever_is_in_the_safe(self):
        few = self._queries(self.here)
        for _n in range(6):
            self.in_safe()
        self.count.action_close()
        self.here.sudo()._dms_clear_exception("found")
        self.count = self.start()
        self.assertLessEqual(self._queries(self.here), few + 2)

    def _queries(self, paper):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.scan(paper.vin)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
