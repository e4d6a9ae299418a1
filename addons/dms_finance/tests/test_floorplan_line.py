from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import FloorplanCommon


@tagged("post_install", "-at_install")
class TestFloorplanLine(FloorplanCommon):
    def test_the_chart_of_the_store_gives_the_accounts(self):
        codes = {
            name: self.line[f"{name}_account_id"].code[:4]
            for name in ("liability", "deposit", "accrued", "bank")
        }
        self.assertEqual(
            codes,
            {"liability": "2001", "deposit": "1012", "accrued": "2231", "bank": "1002"},
        )
        self.assertEqual(self.line.expense_account_id.code, "560301")

    def test_a_bank_acceptance_is_owed_as_notes_payable(self):
        self.assertEqual(self.bill_line().liability_account_id.code[:4], "2201")

    def test_terms_that_pay_back_too_much_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "more than the whole principal"):
            self.line.deposit_percent = 81

    def test_two_rates_from_the_same_age_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "same age"):
            self.line.rate_ids = [Command.create({"from_day": 0, "percent": 5})]

    def test_a_bank_acceptance_bears_no_interest(self):
        with self.assertRaisesRegex(ValidationError, "bears a fee and no interest"):
            self.line.kind = "bill"

    def test_the_refusal_of_terms_speaks_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        with self.assertRaisesRegex(ValidationError, "本金"):
            self.line.with_context(lang="zh_CN").deposit_percent = 81
