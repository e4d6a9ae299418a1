import logging

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DmsCommon

NUMBER = "6222 0202 0011 2230 456"
OTHER = "6222020200112239456"


@tagged("post_install", "-at_install")
class TestResPartnerBank(DmsCommon):
    """Account numbers are encrypted under the names Odoo knows."""

    with_chart = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.user("accountant", cls.store_a1)
        cls.vendor = cls.env["res.partner"].create({"name": "Vendor"})
        cls.bank = cls._account(cls.vendor, NUMBER)
        cls.own = cls._account(cls.store_a1.partner_id, "622202 1234567890123")
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _account(cls, partner, number):
        return cls.env["res.partner.bank"].create(
            {"partner_id": partner.id, "acc_number": number}
        )

    def _row(self, bank):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(b)::text FROM res_partner_bank b WHERE id = %s",
            [bank.id],
        )
        return self.env.cr.fetchone()[0]

    # At rest

    def test_no_column_holds_a_number(self):
        for bank, digits in ((self.bank, "0011"), (self.own, "4567890")):
            self.assertNotIn(digits, self._row(bank))
            self.assertIn('"acc_number":"s1.', self._row(bank))

    def test_numbers_from_before_are_sealed_once(self):
        self.env.cr.execute(
            "UPDATE res_partner_bank SET acc_number = %s, acc_number_token = NULL,"
            " sanitized_acc_number = %s WHERE id = %s",
            [OTHER, OTHER, self.bank.id],
        )
        self.env.invalidate_all()
        self.bank._dms_seal_all()
        row = self._row(self.bank)
        self.assertNotIn(OTHER, row)
        self.env.invalidate_all()
        self.assertEqual(self.bank._dms_unsealed("acc_number"), OTHER)
        self.bank._dms_seal_all()
        self.assertEqual(self._row(self.bank), row)

    def test_uninstalling_gives_the_numbers_back(self):
        self.bank._dms_unseal_all()
        row = self._row(self.bank)
        self.assertIn(f'"acc_number":"{NUMBER}"', row)
        self.assertIn('"sanitized_acc_number":"6222020200112230456"', row)

    # On the screens

    def test_numbers_of_others_are_masked(self):
        bank = self.bank.with_user(self.accountant)
        self.assertRegex(bank.acc_number, r"^6222\*+ ?456$")
        self.assertRegex(bank.display_name, r"^6222\*+")

    def test_own_numbers_are_printed_in_full(self):
        own = self.own.with_user(self.accountant)
        self.assertEqual(own.acc_number, "622202 1234567890123")
        self.assertEqual(own.sanitized_acc_number, "6222021234567890123")
        self.assertEqual(own.display_name, "622202 1234567890123")

    def test_own_numbers_show_in_full_at_once(self):
        own = self._account(self.store_a2.partner_id, "6222029999999999999")
        self.assertEqual(own.acc_number, "6222029999999999999")

    def test_an_accountant_reveals(self):
        bank = self.bank.with_user(self.accountant)
        self.assertEqual(bank.dms_reveal("acc_number"), NUMBER)

    def test_the_form_saves_what_it_read(self):
        before = self._row(self.bank)
        with Form(self.bank) as form:
            form.note = "Called"
        self.env.invalidate_all()
        self.assertEqual(self.bank._dms_unsealed("acc_number"), NUMBER)
        self.assertNotEqual(self._row(self.bank), before)

    def test_the_form_takes_a_new_number(self):
        with Form(self.env["res.partner.bank"]) as form:
            form.acc_number = OTHER
            form.partner_id = self.vendor
        self.assertEqual(form.record._dms_unsealed("acc_number"), OTHER)

    # Searching

    def test_whole_numbers_are_found(self):
        banks = self.env["res.partner.bank"].with_user(self.accountant)
        for field in ("acc_number", "sanitized_acc_number"):
            for typed in (NUMBER, "6222020200112230456", "6222-0202-0011-2230-456"):
                self.assertEqual(banks.search([(field, "=", typed)]), self.bank)

    def test_the_box_of_a_document_finds_number_bank_and_holder(self):
        self.bank.bank_id = self.env["res.bank"].create({"name": "ICBC Minhang"})
        banks = self.env["res.partner.bank"].with_user(self.accountant)
        for typed in ("6222020200112230456", "minhang", "Vend"):
            found = [bank_id for bank_id, _name in banks.name_search(typed)]
            self.assertEqual(found, self.bank.ids)

    def test_the_search_view_takes_a_whole_number(self):
        view = self.env["res.partner.bank"].get_view(view_type="search")
        self.assertNotIn("('acc_number','ilike'", view["arch"])

    # What Odoo does with numbers

    @mute_logger("odoo.sql_db")
    def test_one_partner_has_a_number_once(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._account(self.vendor, "6222020200112230456")

    def test_numbers_with_the_same_mask_are_two_accounts(self):
        second = self._account(self.vendor, "6222 0202 9911 2230 456")
        self.env.flush_all()
        self.assertEqual(str(second.acc_number), str(self.bank.acc_number))
        self.assertNotEqual(second.sanitized_acc_number, self.bank.sanitized_acc_number)

    def test_the_same_number_at_another_partner_is_a_warning(self):
        other = self.env["res.partner"].create({"name": "Fraud"})
        twin = self._account(other, OTHER)
        self.assertFalse(twin.duplicate_bank_partner_ids)
        twin.acc_number = "6222020200112230456"
        self.assertEqual(twin.duplicate_bank_partner_ids, self.vendor)

    def test_an_archived_number_is_named_by_its_mask(self):
        self.bank.active = False
        with self.assertRaisesRegex(UserError, r"6222\*") as caught:
            self._account(self.vendor, NUMBER)
        self.assertNotIn("0202", str(caught.exception))

    def test_a_trusted_number_does_not_change_behind_its_mask(self):
        self.env.user.group_ids += self.env.ref("account.group_validate_bank_account")
        self.bank.allow_out_payment = True
        bank = self.bank.with_user(self.user("fi_officer", self.store_a1))
        bank.write({"acc_number": bank.read(["acc_number"])[0]["acc_number"]})
        with self.assertRaises(UserError):
            bank.write({"acc_number": "6222 0202 9911 2230 456"})

    def test_a_merge_of_partners_tells_accounts_apart(self):
        keeper = self.env["res.partner"].create({"name": "Keeper"})
        same = self._account(keeper, NUMBER)
        alike = self._account(keeper, "6222 0202 9911 2230 456")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.vendor | keeper).ids, keeper
        )
        self.env.invalidate_all()
        self.assertEqual(keeper.bank_ids, same | alike)
        self.assertEqual(same._dms_unsealed("acc_number"), NUMBER)

    def test_a_journal_is_not_named_after_its_number(self):
        journal = self.env["account.journal"].create(
            {
                "type": "bank",
                "code": "BNKX",
                "company_id": self.store_a1.id,
                "bank_acc_number": OTHER,
            }
        )
        self.assertEqual(journal.name, "6222***********9456")
        self.assertEqual(journal.bank_account_id._dms_unsealed("acc_number"), OTHER)
        self.assertNotIn(OTHER, journal.default_account_id.name)

    def test_the_set_up_of_a_bank_names_no_number(self):
        admin = self.env.ref("base.user_admin")
        admin.company_ids += self.store_a1
        wizard = self.env["account.setup.bank.manual.config"].with_user(admin)
        wizard = wizard.with_context(allowed_company_ids=self.store_a1.ids)
        wizard = wizard.create({"acc_number": OTHER})
        self.env.flush_all()
        self.assertEqual(wizard.linked_journal_id.name, "6222***********9456")
        bank = wizard.res_partner_bank_id
        self.assertEqual(bank._dms_unsealed("acc_number"), OTHER)

    def test_an_invoice_prints_the_account_of_the_store(self):
        invoice = self._invoice("out_invoice", self.own)
        html = self._print(invoice)
        self.assertIn("622202 1234567890123", html)

    def test_a_bill_shows_the_mask_and_is_paid(self):
        self.env.user.group_ids += self.env.ref("account.group_validate_bank_account")
        self.bank.allow_out_payment = True
        bill = self._invoice("in_invoice", self.bank)
        self.assertNotIn("0202", self._print(bill))
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=bill.ids
        )
        payment = wizard.create({})._create_payments()
        self.assertEqual(payment.partner_bank_id, self.bank)
        self.assertIn(bill.payment_state, ("in_payment", "paid"))

    def _invoice(self, move_type, bank):
        invoice = self.env["account.move"].with_company(self.store_a1)
        invoice = invoice.create(
            {
                "move_type": move_type,
                "partner_id": self.vendor.id,
                "invoice_date": "2026-01-15",
                "partner_bank_id": bank.id,
                "invoice_line_ids": [
                    (0, 0, {"name": "Service", "price_unit": 100, "tax_ids": []})
                ],
            }
        )
        invoice.action_post()
        return invoice

    def _print(self, invoice):
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html("account.report_invoice", invoice.ids)
        return html.decode()

    # Nowhere else

    def test_messages_and_logs_hold_no_number(self):
        with self.assertLogs("odoo", logging.DEBUG) as caught:
            bank = self.env["res.partner.bank"].create(
                {"partner_id": self.vendor.id, "acc_number": OTHER}
            )
            bank.acc_number = "6222 0202 9911 2230 456"
            bank.unlink()
            self.env.flush_all()
            self.env.cr.flush()
        text = str(caught.output) + str(self.vendor.message_ids.mapped("body"))
        self.assertNotIn(OTHER, text)
        self.assertNotIn("0202 9911", text)
