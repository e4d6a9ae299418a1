"""What a cancellation means in the books: all of it Odoo's own documents."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

KEPT = "dms_sales.product_earnest_kept"
DOUBLE = "dms_sales.product_earnest_double"


class DmsDealCancellation(models.Model):
    _name = "dms.deal.cancellation"
    _inherit = ["dms.deal.cancellation"]

    def _dms_post(self):
        """Credit notes, what is kept, what is added, then money back, to the cent."""
        received = self._dms_payments()
        self._dms_check_booked(received)
        moves = self._dms_credit()
        moves |= self._dms_charge("out_invoice", KEPT, self.kept)
        moves |= self._dms_charge("out_refund", DOUBLE, self.added)
        given = self._dms_pay_back(received)
        self._dms_match(received | given, moves)
        # documents are kept, whoever may see them
        self.sudo().write(
            {
                "move_ids": [Command.set(moves.ids)],
                "payment_ids": [Command.set(given.ids)],
            }
        )

    def _dms_check_booked(self, payments):
        if unbooked := payments.filtered(lambda one: not one.move_id):
            raise UserError(
                self.env._(
                    "%(payment)s is not in the books yet: set an account on the "
                    "payment method of its journal, or match it with the bank first.",
                    payment=unbooked[0].display_name,
                )
            )
        if (self.refund or self.paid_by_others) and not self.journal_id:
            raise UserError(
                self.env._("Choose from which journal the money is paid back.")
            )

    def _dms_credit(self):
        """:return: credit notes for all that was invoiced, matched with it"""
        invoices = self._dms_invoices().sudo(False)
        if not invoices:
            return invoices
        values = [
            {"ref": self.deal_id.name, "invoice_date": fields.Date.context_today(self)}
            for _invoice in invoices
        ]
        return invoices._reverse_moves(values, cancel=True)

    def _dms_charge(self, move_type, xmlid, amount):
        """:return: a posted document without VAT: no goods changed hands"""
        moves = self.env["account.move"]
        if not amount:
            return moves
        line = {
            "product_id": self.env.ref(xmlid).product_variant_id.id,
            "quantity": 1,
            "price_unit": amount,
            "tax_ids": [Command.clear()],
        }
        move = moves.with_company(self.company_id).create(
            {
                "move_type": move_type,
                "partner_id": self.partner_id.id,
                "company_id": self.company_id.id,
                "invoice_date": fields.Date.context_today(self),
                "ref": self.deal_id.name,
                "invoice_line_ids": [Command.create(line)],
            }
        )
        move.action_post()
        return move

    def _dms_pay_back(self, received):
        """:return: posted payments, one for each who is paid"""
        payments = self.env["account.payment"]
        for partner, amount in self._dms_refunds(received).items():
            if self.currency_id.compare_amounts(amount, 0) > 0:
                payments |= payments.create(self._prepare_refund(partner, amount))
        if payments:
            payments.action_post()
        return payments

    def _dms_refunds(self, received):
        """:return: dict of partner to yuan: the customer, and those who paid for him"""
        customer = self.partner_id.commercial_partner_id
        refunds = {self.partner_id: self.refund}
        for payment in received:
            payer = payment.partner_id
            if payer.commercial_partner_id != customer:
                sign = 1 if payment.payment_type == "inbound" else -1
                refunds[payer] = refunds.get(payer, 0) + sign * payment.amount
        return refunds

    def _prepare_refund(self, partner, amount):
        return {
            "payment_type": "outbound",
            "partner_type": "customer",
            "partner_id": partner.id,
            "amount": amount,
            "journal_id": self.journal_id.id,
            "company_id": self.company_id.id,
            "memo": self.deal_id.name,
            "dms_deal_id": self.deal_id.id,
        }

    def _dms_match(self, payments, moves):
        """Match what is open between the store and each who paid."""
        documents = payments.move_id.sudo(False) | moves
        lines = documents.line_ids.filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and not line.reconciled
            )
        )
        for own in lines.grouped(
            lambda line: (line.partner_id.commercial_partner_id, line.account_id)
        ).values():
            own.reconcile()
