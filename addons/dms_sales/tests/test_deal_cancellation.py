from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .common import _isolated_deal
from .desk_common import DeskCommon


def _isolated_cancellation(case, store):
    deal = _isolated_deal(case, store)
    return case.env["dms.deal.cancellation"].create(
        {"deal_id": deal.id, "reason": "Isolation"}
    )


ISOLATION_FACTORIES["dms.deal.cancellation"] = _isolated_cancellation


class CancellationCommon(DeskCommon):
    """A car sold for 180,000 with a deposit of 50,000: the worked case of the law."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.user("accountant", cls.store_a1)
        cls.bank = cls.env["account.journal"].search(
            [("company_id", "=", cls.store_a1.id), ("type", "=", "bank")], limit=1
        )
        lines = (
            cls.bank.inbound_payment_method_line_ids
            | cls.bank.outbound_payment_method_line_ids
        )
        lines.payment_account_id = cls.bank.default_account_id
        # prices of the trade are with VAT, and so come out even
        cls.vat = cls.vat.copy(
            {"name": "13 %", "price_include_override": "tax_included"}
        )
        models = (cls.white | cls.black).product_tmpl_id
        models.write({"taxes_id": [(6, 0, cls.vat.ids)], "list_price": 180_000})
        cls.store = cls.in_store(cls.store_a1)
        [cls.car] = cls.receive(cls.store_a1)

    def ordered(self, kind="earnest", deposit=50_000, car=None, confirm=True):
        """Return a deal whose order says what deposit it takes."""
        deal = self.deal()
        order = self.offer(deal, car=car or self.car, price=180_000)
        order.write({"dms_deposit_kind": kind, "dms_deposit": deposit})
        self.assertEqual(order.amount_total, 180_000)
        if confirm:
            order.sudo().action_confirm()
        else:
            order.action_quotation_sent()
        return deal

    def pay(self, deal, amount, partner=None):
        payment = self.store["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": (partner or self.customer).id,
                "amount": amount,
                "journal_id": self.bank.id,
                "company_id": self.store_a1.id,
                "dms_deal_id": deal.id,
            }
        )
        payment.action_post()
        return payment

    def invoice(self, deal):
        order = self.store["sale.order"].browse(deal.order_id.id)
        order.order_line.product_id.invoice_policy = "order"
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice

    def ask(self, deal, breach="buyer", **values):
        env = self.by(self.consultant, self.env["dms.deal.cancellation"])
        return env.create(
            {"deal_id": deal.id, "reason": "No", "breach": breach, **values}
        )

    def approved(self, deal, breach="buyer", **values):
        record = self.ask(deal, breach, **values)
        self.by(self.manager, record).action_approve()
        return record

    def settled(self, deal, breach="buyer", **values):
        record = self.by(self.accountant, self.approved(deal, breach, **values))
        record.journal_id = self.bank
        record.action_refund()
        return record

    def balance(self, partner=None):
        """Return what a partner owes; all of it has to be matched."""
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", (partner or self.customer).id),
                ("company_id", "=", self.store_a1.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        self.assertTrue(all(lines.mapped("reconciled")), "something is left open")
        return sum(lines.mapped("balance"))

    def booked(self, name, deal):
        """Return the balance of a product of the cancellation in the books."""
        product = self.env.ref(f"dms_sales.product_earnest_{name}").product_variant_id
        lines = self.env["account.move.line"].search(
            [
                ("product_id", "=", product.id),
                ("move_id.ref", "=", deal.name),
                ("parent_state", "=", "posted"),
            ]
        )
        return sum(lines.mapped("balance"))


@tagged("post_install", "-at_install")
class TestDealCancellation(CancellationCommon):
    def test_the_buyer_withdraws_of_50000_the_store_keeps_36000(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        record = self.settled(deal)
        self.assertEqual((record.binding, record.kept), (36_000, 36_000))
        self.assertEqual(record.refund, 14_000)
        self.assertEqual(record.payment_ids.amount, 14_000)
        self.assertEqual(self.balance(), 0)
        self.assertEqual(self.booked("kept", deal), -36_000)

    def test_what_was_paid_at_the_counter_is_in_the_invoice(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        self.assertEqual(self.invoice(deal).amount_residual, 130_000)

    def test_what_somebody_else_paid_stays_his(self):
        deal = self.ordered()
        self.pay(deal, 50_000, partner=self.env["res.partner"].create({"name": "B"}))
        self.assertEqual(self.invoice(deal).amount_residual, 180_000)

    def test_the_store_fails_and_pays_86000(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        record = self.settled(deal, "dealer")
        self.assertEqual((record.returned, record.added), (50_000, 36_000))
        self.assertEqual(record.payment_ids.amount, 86_000)
        self.assertEqual(self.balance(), 0)
        self.assertEqual(self.booked("double", deal), 36_000)

    def test_both_end_it_and_all_goes_back(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        record = self.settled(deal, "nobody")
        self.assertEqual((record.kept, record.refund), (0, 50_000))
        self.assertFalse(record.move_ids)
        self.assertEqual(self.balance(), 0)

    def test_an_advance_goes_back_whoever_withdraws(self):
        deal = self.ordered(kind="advance")
        self.pay(deal, 50_000)
        record = self.settled(deal)
        self.assertEqual((record.kept, record.refund), (0, 50_000))

    def test_the_other_side_may_ask_for_nothing(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        record = self.settled(deal, is_waived=True)
        self.assertEqual((record.kept, record.refund), (0, 50_000))

    def test_before_a_deposit_the_approval_ends_it(self):
        deal = self.ordered()
        record = self.approved(deal)
        self.assertEqual(record.state, "done")
        self.assertEqual(deal.state, "cancelled")

    def test_before_the_order_too(self):
        deal = self.ordered(confirm=False)
        self.approved(deal)
        self.assertEqual(deal.state, "cancelled")

    def test_after_the_invoice_it_is_credited_to_the_cent(self):
        deal = self.ordered()
        invoice = self.invoice(deal)
        payment = self.pay(deal, 50_000)
        lines = (invoice | payment.move_id).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.reconcile()
        record = self.settled(deal)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(record.refund, 14_000)
        self.assertEqual(self.balance(), 0)
        vat = self.vat.invoice_repartition_line_ids.account_id
        booked = self.env["account.move.line"].search(
            [
                ("account_id", "in", vat.ids),
                ("partner_id", "=", self.customer.id),
                ("parent_state", "=", "posted"),
            ]
        )
        self.assertAlmostEqual(sum(booked.mapped("balance")), 0, 2)

    def test_after_a_loan_the_lender_gets_back_what_it_paid(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        self.pay(deal, 130_000, self.lender)
        record = self.settled(deal)
        self.assertEqual((record.paid, record.paid_by_others), (50_000, 130_000))
        amounts = {one.partner_id: one.amount for one in record.payment_ids}
        self.assertEqual(amounts, {self.customer: 14_000, self.lender: 130_000})
        self.assertEqual((self.balance(), self.balance(self.lender)), (0, 0))

    def test_what_was_paid_above_the_deposit_goes_back(self):
        deal = self.ordered(deposit=20_000)
        self.pay(deal, 20_000)
        self.pay(deal, 100_000)
        record = self.settled(deal)
        self.assertEqual((record.kept, record.refund), (20_000, 100_000))

    def test_the_car_is_free_and_who_waits_is_told(self):
        waiting = self.deal()
        self.offer(waiting, product=self.car.product_id).sudo().action_confirm()
        deal = self.ordered()
        self.approved(deal)
        self.assertEqual(self.car.state, "in_stock")
        self.assertIn(self.car.vin, waiting.activity_ids.mapped("summary")[0])
        again = self.ordered()
        self.assertEqual(again.state, "ordered")

    def test_a_deal_says_that_it_is_being_cancelled(self):
        deal = self.ordered()
        self.ask(deal)
        codes = [item["code"] for item in deal._dms_blockers()]
        self.assertIn("cancellation", codes)

    def test_the_log_says_so_without_a_name(self):
        deal = self.ordered()
        self.approved(deal)
        entry = self.env["dms.log.entry"].search(
            [("subject", "=", deal.name), ("kind", "=", "deal.cancelled")]
        )
        self.assertEqual(len(entry), 1)
        self.assertNotIn(self.customer.name, entry.body)


@tagged("post_install", "-at_install")
class TestDealCancellationRefused(CancellationCommon):
    def test_who_asks_does_not_approve(self):
        record = self.ask(self.ordered())
        with self.assertRaises(AccessError):
            record.action_approve()

    def test_a_manager_does_not_approve_his_own(self):
        deal = self.ordered()
        record = self.by(self.manager, self.env["dms.deal.cancellation"]).create(
            {"deal_id": deal.id, "reason": "No"}
        )
        with self.assertRaisesRegex(UserError, "Somebody else"):
            record.action_approve()

    def test_a_consultant_pays_nothing_back(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        record = self.approved(deal)
        with self.assertRaises(AccessError):
            self.by(self.consultant, record).action_refund()

    def test_amounts_are_not_written_by_hand(self):
        record = self.ask(self.ordered())
        for vals in ({"kept": 0}, {"state": "approved"}, {"returned": 50_000}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                record.write(vals)

    def test_money_that_came_after_the_approval_needs_another(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        record = self.by(self.accountant, self.approved(deal))
        record.journal_id = self.bank
        self.pay(deal, 1_000)
        with self.assertRaisesRegex(UserError, "approved again"):
            record.action_refund()
        self.by(self.manager, record).action_approve()
        record.action_refund()
        self.assertEqual((record.state, record.refund), ("done", 15_000))

    def test_the_fault_is_not_changed_after_the_approval(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        record = self.approved(deal)
        with self.assertRaisesRegex(UserError, "past that step"):
            record.breach = "dealer"

    def test_a_deal_is_cancelled_once(self):
        deal = self.ordered()
        self.approved(deal)
        with self.assertRaisesRegex(UserError, "cancelled already"):
            self.ask(deal)

    def test_a_delivered_car_is_not_cancelled(self):
        deal = self.ordered()
        deal.order_id.sudo().picking_ids.button_validate()
        with self.assertRaisesRegex(UserError, "is delivered"):
            self.ask(deal)

    def test_a_journal_is_needed(self):
        deal = self.ordered()
        self.pay(deal, 50_000)
        with self.assertRaisesRegex(UserError, "which journal"):
            self.by(self.accountant, self.approved(deal)).action_refund()

    def test_refused_the_deal_goes_on(self):
        deal = self.ordered()
        record = self.ask(deal)
        self.by(self.manager, record).action_refuse("He will come back.")
        self.assertEqual((record.state, deal.state), ("refused", "ordered"))
