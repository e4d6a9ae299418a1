"""Paying back, and being reminded of it."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..models.floorplan_payment import Payment
from .common import FloorplanCommon


@tagged("post_install", "-at_install")
class TestFloorplanPay(FloorplanCommon):
    def wizard(self, contracts, **vals):
        return contracts.env["dms.floorplan.pay"].create(
            {"contract_ids": contracts.ids, "date": "2026-04-05", **vals}
        )

    def reminders(self, contract):
        kind = self.env.ref("dms_finance.mail_activity_type_floorplan")
        return contract.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def remind(self, day):
        with freeze_time(day):
            self.env["dms.floorplan.contract"]._cron_remind()

    def test_a_curtailment_lowers_what_is_owed(self):
        contract = self.draw(self.receive(self.store_a1))
        self.pay(contract, date(2026, 4, 5))
        self.assertEqual((contract.exposure, contract.paid), (162_000, 18_000))
        self.assertEqual(contract.next_due_date, date(2026, 5, 5))

    def test_the_rest_pays_the_car_back(self):
        contract = self.draw(self.receive(self.store_a1))
        self.pay(contract, date(2026, 2, 1), "all")
        self.assertEqual((contract.state, contract.exposure), ("paid", 0))
        self.assertEqual(self.balance(self.line.liability_account_id), 0)

    def test_a_proposal_counts_only_when_it_is_posted(self):
        contract = self.draw(self.receive(self.store_a1))
        self.wizard(contract, mode="all").action_propose()
        self.assertEqual(contract.state, "open")

    def test_the_same_car_is_not_proposed_twice(self):
        contract = self.draw(self.receive(self.store_a1))
        self.wizard(contract, mode="all").action_propose()
        with self.assertRaisesRegex(UserError, contract.vehicle_id.vin):
            self.wizard(contract, mode="all").action_propose()

    def test_more_than_is_owed_is_not_paid(self):
        contract = self.draw(self.receive(self.store_a1))
        payment = Payment(self.line, date(2026, 2, 1), {contract: 180_000})
        first, second = (
            contract.env["account.move"].create(payment.prepare_move())
            for _colleague in range(2)
        )
        first.action_post()
        refused = self.assertRaisesRegex(UserError, contract.vehicle_id.vin)
        with refused, self.env.cr.savepoint():
            second.action_post()
        self.assertEqual(contract.exposure, 0)

    def test_a_drawing_may_be_reversed_after_a_payment(self):
        contract = self.draw(self.receive(self.store_a1))
        self.pay(contract, date(2026, 4, 5))
        contract.draw_move_id._reverse_moves(cancel=True)
        self.assertEqual((contract.state, contract.exposure), ("cancelled", -18_000))

    def test_a_due_and_a_months_interest_open_their_car(self):
        contract = self.draw(self.receive(self.store_a1))
        self.line._accrue(date(2026, 4, 1))
        for part in (contract.due_ids[0], contract.accrual_ids):
            action = part.action_open_contract()
            self.assertEqual(
                (action["res_model"], action["res_id"]), (contract._name, contract.id)
            )

    def test_nothing_to_pay_is_said(self):
        contract = self.draw(self.receive(self.store_a1))
        with self.assertRaisesRegex(UserError, "Nothing is to be paid back"):
            self.wizard(contract, mode="due", date="2026-04-04").action_propose()

    def test_a_payment_taken_back_opens_the_car_again(self):
        contract = self.draw(self.receive(self.store_a1))
        self.pay(contract, date(2026, 2, 1), "all")._reverse_moves(cancel=True)
        self.assertEqual((contract.state, contract.exposure), ("open", 180_000))

    def test_a_due_is_reminded_of_a_week_before(self):
        contract = self.draw(self.receive(self.store_a1))
        self.remind("2026-03-28")
        self.assertFalse(self.reminders(contract))
        self.remind("2026-03-29")
        self.assertEqual(self.reminders(contract).date_deadline, date(2026, 4, 5))

    def test_a_reminder_is_made_once_and_comes_back_if_dismissed(self):
        contract = self.draw(self.receive(self.store_a1))
        for _night in range(2):
            self.remind("2026-03-29")
        self.assertEqual(len(self.reminders(contract)), 1)
        self.reminders(contract).unlink()
        self.remind("2026-03-30")
        self.assertEqual(len(self.reminders(contract)), 1)

    def test_a_reminder_goes_when_the_car_is_paid(self):
        contract = self.draw(self.receive(self.store_a1))
        self.remind("2026-03-29")
        self.pay(contract, date(2026, 3, 30), "all")
        self.remind("2026-03-31")
        self.assertFalse(self.reminders(contract))

    def test_a_car_that_went_to_a_sister_store_is_to_be_paid_back(self):
        self.line.days_after_sale = 3
        car = self.receive(self.store_a1)
        contract = self.draw(car)
        wizard = car.env["dms.vehicle.transfer"].create(
            {"vehicle_ids": car.ids, "to_store_id": self.store_a2.partner_id.id}
        )
        sale = car.env["sale.order"].browse(wizard.action_transfer()["res_id"])
        invoice = sale._create_invoices()
        invoice.invoice_date = date(2026, 2, 10)
        invoice.action_post()
        sale.picking_ids.button_validate()
        receipt = sale.sudo().dms_counterpart_purchase_id.picking_ids
        receipt.with_env(self.in_store(self.store_a2)).button_validate()
        self.assertEqual(car.company_id, self.store_a2)
        self.assertEqual(contract.company_id, self.store_a1)
        self.assertEqual(contract.next_due_date, date(2026, 2, 13))

    def test_a_sold_car_is_to_be_paid_back_after_the_agreed_days(self):
        self.line.days_after_sale = 3
        car = self.receive(self.store_a1)
        contract = self.draw(car)
        invoice = self.sell(car)._create_invoices()
        invoice.invoice_date = date(2026, 2, 10)
        invoice.action_post()
        self.assertEqual(contract.sold_date, date(2026, 2, 10))
        self.assertEqual(contract.next_due_date, date(2026, 2, 13))
        self.assertEqual(contract.next_due_amount, 180_000, "curtailments as well")
        self.assertTrue(self.reminders(contract))
