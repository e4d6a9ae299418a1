from odoo import api, fields, models

from .desk_text import deposit_words
from .dms_desk_store import DEPOSIT_KINDS, KIND_HELP


class SaleOrder(models.Model):
    """The deposit a customer pays to have the car: which kind, and whose it is."""

    _name = "sale.order"
    _inherit = ["sale.order"]

    dms_deposit_kind = fields.Selection(
        DEPOSIT_KINDS,
        "Kind of Deposit",
        compute="_compute_dms_deposit",
        store=True,
        readonly=False,
        precompute=True,
        help=KIND_HELP,
    )
    dms_deposit = fields.Monetary(
        "Deposit",
        compute="_compute_dms_deposit",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("company_id")
    def _compute_dms_deposit(self):
        for order in self:
            order.dms_deposit_kind = order.company_id.dms_deposit_kind
            order.dms_deposit = order.company_id.dms_deposit

    def _dms_deposit_words(self):
        """:return: what the deposit means in law, in words"""
        return deposit_words(self, self.amount_total)

    def _dms_ask_deposit(self):
        """Let the deposit confirm the order when it is paid, as Odoo does."""
        for order in self.filtered(lambda one: one.dms_deposit and one.amount_total):
            share = min(order.dms_deposit / order.amount_total, 1.0)
            order.write(
                {
                    "require_signature": False,
                    "require_payment": True,
                    "prepayment_percent": share,
                }
            )

    def _dms_deposit_url(self):
        """:return: where the customer pays the deposit, False if there is none"""
        if not self._has_to_be_paid():
            return False
        amount = self._get_prepayment_required_amount()
        return self.get_portal_url(query_string=f"&payment_amount={amount}")
