from odoo import fields, models
from odoo.exceptions import UserError


class DmsDeal(models.Model):
    """Who pays what: the lender owes the loan, the customer the rest.

    The motor invoice names the buyer and the whole price; what the lender pays of it is
    taken off the customer's account and put on the lender's, by one entry.
    """

    _name = "dms.deal"
    _inherit = ["dms.deal"]

    lender_move_id = fields.Many2one(
        "account.move",
        "Loan Charged to the Lender",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    def action_dms_charge_lender(self):
        """Let the lender owe the loan instead of the customer, and open the entry."""
        self.ensure_one()
        self._dms_claim()
        # who asks may see deals, and not yet the entry
        if self.sudo().lender_move_id.state != "posted":
            invoice = self._dms_check_can_charge()
            entry = self.env["account.move"].create(self._prepare_lender_move(invoice))
            entry.action_post()
            # the accountant posts; the deal remembers by which entry
            self.sudo().lender_move_id = entry
            self._dms_receivable(entry, invoice.commercial_partner_id).reconcile()
        return self.sudo().lender_move_id.with_env(self.env)._get_records_action()

    def _dms_loan(self):
        # the terms are closed to accountants of other parts
        return self.sudo().order_id.dms_loan_ids[:1]

    def _dms_check_can_charge(self):
        loan, invoice = self._dms_loan(), self._dms_car_move()
        if not loan:
            raise UserError(self.env._("%(deal)s has no loan.", deal=self.name))
        if not invoice:
            raise UserError(
                self.env._(
                    "%(deal)s: post the customer's invoice first.", deal=self.name
                )
            )
        if (
            invoice.currency_id.compare_amounts(invoice.amount_residual, loan.amount)
            < 0
        ):
            raise UserError(
                self.env._(
                    "The customer owes %(open)s on %(invoice)s, less than the loan of"
                    " %(amount)s: change the loan, or take payments off the invoice.",
                    open=invoice.currency_id.format(invoice.amount_residual),
                    invoice=invoice.name,
                    amount=loan.currency_id.format(loan.amount),
                )
            )
        return invoice.with_env(self.env)

    def _prepare_lender_move(self, invoice):
        loan = self._dms_loan()
        lender = loan.terms_id.lender_id.commercial_partner_id
        account = lender.with_company(self.company_id).property_account_receivable_id
        journal = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.company_id.id)], limit=1
        )
        owed = self._dms_receivable(invoice, invoice.commercial_partner_id)
        label = self.env._("Loan of %(deal)s", deal=self.name)
        amount = loan.amount
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": journal.id,
            "ref": label,
            "line_ids": [
                (0, 0, _line(account, lender, label, amount)),
                (0, 0, _line(owed.account_id, owed.partner_id, label, -amount)),
            ],
        }

    def _dms_receivable(self, move, partner):
        """:return: the open receivables of a partner on an entry and the invoice"""
        return (move | self._dms_car_move().with_env(self.env)).line_ids.filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and line.partner_id == partner
                and not line.reconciled
            )
        )


def _line(account, partner, label, balance):
    return {
        "account_id": account.id,
        "partner_id": partner.id,
        "name": label,
        "debit": max(balance, 0),
        "credit": max(-balance, 0),
    }
