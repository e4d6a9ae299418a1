from datetime import date, datetime, timedelta

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .handover_common import HandoverCommon


@tagged("post_install", "-at_install")
class TestPurchaseTax(HandoverCommon):
    def tax(self, deal=None, day=datetime(2026, 3, 2), price=169_500):
        deal = deal or self.ordered(price=price)
        deal.order_id.date_order = day
        return deal.purchase_tax_ids.create({"deal_id": deal.id})

    def test_the_relief_of_the_day_is_taken_off(self):
        """150,000 without VAT, battery electric: nothing in 2025, half in 2026."""
        self.assertEqual(self.tax(day=datetime(2025, 12, 30)).amount, 0)
        tax = self.tax()
        self.assertEqual((tax.full, tax.spared, tax.amount), (15_000, 7_500, 7_500))
        self.assertIn("50", tax.relief_note)

    def test_the_cap_is_dated_data(self):
        tax = self.tax(price=452_000)
        self.assertEqual((tax.base, tax.amount), (400_000, 25_000))

    def test_a_model_outside_the_catalogue_is_not_spared_and_says_so(self):
        self.white.dms_in_tax_catalogue = False
        tax = self.tax()
        self.assertEqual(tax.amount, 15_000)
        self.assertIn("catalogue", tax.relief_note)

    def test_it_is_declared_within_sixty_days(self):
        self.assertEqual(self.tax().declare_by, date(2026, 5, 1))

    def test_the_day_of_the_motor_invoice_counts(self):
        deal = self.ordered()
        self.invoice(deal)
        self.certify(deal.vehicle_id)
        tax = self.tax(deal)
        invoice = self.motor_invoice(deal)
        invoice.number = "8" * 20
        invoice.action_enter_number()
        self.assertEqual(tax.purchased_on, invoice.issued_on)

    def test_no_payment_without_declaration_and_receipt(self):
        tax = self.tax()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            tax.paid_on = "2026-03-05"
            tax.flush_recordset()
        tax.write(
            {"declared_on": "2026-03-04", "paid_on": "2026-03-05", "receipt": "T1"}
        )
        self.assertEqual(tax.state, "paid")

    def test_the_checklist_names_amount_and_day(self):
        deal = self.ordered()
        self.tax(deal)
        text, _place = deal.delivery_ids._dms_missing_purchase_tax()
        self.assertIn("7,500.00", text)


@tagged("post_install", "-at_install")
class TestInsurance(HandoverCommon):
    def test_a_policy_takes_a_year_and_the_premium_of_the_sheet(self):
        policy = self.insure(self.ordered(), date_from="2026-03-02")
        self.assertEqual(policy.date_to, date(2027, 3, 1))
        self.assertEqual(policy.premium, 950)

    def test_an_ended_policy_does_not_count(self):
        deal = self.ordered()
        self.insure(deal, date_from="2020-03-02")
        self.assertIn("insurance", self.codes(deal))
        self.insure(deal, number="PZAA-2")
        self.assertNotIn("insurance", self.codes(deal))

    def test_a_consultant_enters_one_and_a_sister_store_does_not_see_it(self):
        policy = self.insure(self.ordered())
        theirs = self.by(self.user("fi_officer", self.store_a2), policy)
        with self.assertRaises(AccessError):
            theirs.read(["number"])


@tagged("post_install", "-at_install")
class TestRegistration(HandoverCommon):
    def registration(self, deal=None):
        deal = self.by(self.consultant, deal or self.ordered())
        action = deal.action_dms_registration()
        return deal.env["dms.registration"].browse(action["res_id"])

    def temporary(self, registration, start, days=15, number="沪A临1"):
        return registration.temporary_ids.create(
            {
                "registration_id": registration.id,
                "number": number,
                "date_from": start,
                "date_to": start + timedelta(days - 1),
            }
        )

    def test_it_begins_with_the_steps_and_their_fees(self):
        registration = self.registration()
        self.assertEqual(registration.fee_total, 120)
        self.assertIn("Papers complete", registration.line_ids.mapped("name"))

    def test_the_plate_goes_onto_the_car_when_all_is_done(self):
        registration = self.registration()
        with self.assertRaisesRegex(UserError, "plate number first"):
            registration.action_register()
        registration.plate = "沪AD12345"
        with self.assertRaisesRegex(UserError, "Steps still open"):
            registration.action_register()
        registration.line_ids.action_done()
        registration.action_register()
        self.assertEqual(registration.state, "registered")
        self.assertEqual(registration.sudo().vehicle_id.plate, "沪AD12345")

    def test_a_temporary_plate_lasts_thirty_days_at_most(self):
        registration = self.registration()
        self.temporary(registration, date(2026, 3, 2), 30)
        with self.assertRaisesRegex(ValidationError, "at most 30 days"):
            self.temporary(registration, date(2026, 4, 2), 31)

    def test_a_car_gets_three_of_them(self):
        registration = self.registration()
        for month in (3, 4, 5):
            self.temporary(registration, date(2026, month, 2))
        with self.assertRaisesRegex(ValidationError, "at most 3"):
            self.temporary(registration, date(2026, 6, 2))

    def test_none_is_good_beyond_the_insurance(self):
        deal = self.ordered()
        self.insure(deal, date_from="2026-03-02", date_to="2026-03-20")
        registration = self.registration(deal)
        with self.assertRaisesRegex(ValidationError, "insurance ends on"):
            self.temporary(registration, date(2026, 3, 10))

    def test_a_valid_temporary_plate_lets_the_car_drive(self):
        deal = self.ordered()
        registration = self.registration(deal)
        self.assertIn("plate", self.codes(deal))
        self.temporary(registration, fields.Date.today())
        self.assertNotIn("plate", self.codes(deal))


@tagged("post_install", "-at_install")
class TestLender(HandoverCommon):
    """The loan is paid by the lender: the customer owes the rest alone."""

    def financed(self):
        deal = self.ordered(loan=100_000)
        return deal, self.invoice(deal)

    def charge(self, deal):
        deal = self.by(self.accountant, deal)
        return deal.env["account.move"].browse(
            deal.action_dms_charge_lender()["res_id"]
        )

    def test_the_lender_owes_the_loan_and_the_customer_the_rest(self):
        deal, move = self.financed()
        total = move.amount_total
        entry = self.charge(deal)
        self.assertEqual(move.amount_residual, total - 100_000)
        owed = entry.line_ids.filtered(lambda line: line.amount_residual > 0)
        self.assertEqual(
            (owed.partner_id, owed.amount_residual), (self.lender, 100_000)
        )

    def test_charged_twice_it_is_one_entry(self):
        deal, _move = self.financed()
        self.assertEqual(self.charge(deal), self.charge(deal))

    def test_the_checklist_waits_for_the_payout_and_the_mortgage(self):
        deal, move = self.financed()
        self.assertIn("lender_paid", self.codes(deal))
        entry = self.charge(deal)
        self.assertIn(
            "has not paid out", deal.delivery_ids._dms_missing_lender_paid()[0]
        )
        self.pay(entry)
        self.pay(move)
        codes = self.codes(deal)
        self.assertNotIn("lender_paid", codes)
        self.assertNotIn("money", codes)
        self.assertIn("mortgage", codes)

    def test_a_consultant_does_not_post(self):
        deal, _move = self.financed()
        with self.assertRaises(AccessError):
            self.by(self.consultant, deal).action_dms_charge_lender()

    def test_before_the_invoice_it_says_what_to_do(self):
        deal = self.ordered(loan=100_000)
        with self.assertRaisesRegex(UserError, "post the customer's invoice first"):
            self.charge(deal)
