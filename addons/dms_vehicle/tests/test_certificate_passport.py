"""What a reader of the passport learns about the certificate, and what not."""

from odoo.tests import tagged

from .certificate_common import CertificateCommon
from .passport_common import PassportHttpCase


@tagged("post_install", "-at_install")
class TestCertificateOnPassport(CertificateCommon, PassportHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper = cls.certificate(cls.car)

    def page(self, language="en"):
        self.env.flush_all()
        headers = {"Accept-Language": language}
        return self.url_open(self.path(), headers=headers).text

    def release(self):
        self.by(self.banker, self.request(self.paper)).accept()

    def test_of_a_paper_nobody_here_has_seen_nothing_is_said(self):
        self.assertNotIn("data-certificate", self.page())

    def test_it_says_that_the_certificate_is_pledged(self):
        self.pledge(self.paper)
        page = self.page()
        self.assertIn('data-certificate="pledged"', page)
        self.assertIn("Certificate pledged to a bank", page)

    def test_released_it_says_that_it_is_free(self):
        self.pledge(self.paper)
        self.hand_over(self.paper, "bank")
        self.release()
        page = self.page()
        self.assertIn('data-certificate="free"', page)
        self.assertIn("Certificate free of any pledge", page)

    def test_it_says_so_in_chinese_too(self):
        self.pledge(self.paper)
        self.assertIn("合格证已质押", self.page("zh"))

    def test_a_missing_paper_is_not_called_free(self):
        self.hand_over(self.paper)
        self.paper.report_exception("missing", "searched twice")
        self.assertNotIn("data-certificate", self.page())

    def test_neither_bank_nor_number_nor_holder_is_named(self):
        self.pledge(self.paper)
        self.hand_over(self.paper, "bank")
        self.record()
        secrets = (
            self.bank.name,
            "BA-2026-001",
            self.paper.number,
            self.officer.name,
            self.banker.name,
        )
        file = self.url_open(f"{self.path()}/passport.json").text
        for secret in secrets:
            self.assertNotIn(secret, self.page() + file)

    def test_each_handover_stands_in_the_history(self):
        self.pledge(self.paper)
        self.hand_over(self.paper, "bank")
        self.release()
        self.record()
        # the pledge, the handover and the release
        self.assertEqual(self.page().count("icon fa fa-certificate"), 3)
