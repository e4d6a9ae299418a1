from odoo import api, models
from odoo.exceptions import UserError


class DmsTransferRequest(models.Model):
    """Invoice and bill, and what is still to pay of them."""

    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    def action_invoice(self):
        """Invoice what was shipped; the bill of the asking store is drafted by it."""
        self.ensure_one()
        self._dms_check_step("invoice")
        # the request names the order; it is invoiced as the user
        sale = self.sudo().sale_id.sudo(self.env.su)
        sale = sale.with_company(self.sudo().giving_company_id)
        sale._create_invoices().action_post()
        return True

    def action_bill(self):
        """Post the bill that the giving store's invoice has drafted."""
        self.ensure_one()
        self._dms_check_step("bill")
        # the request names the order; its bill is posted as the user
        known = self.sudo()
        bills = self._dms_drafts(known.purchase_id.invoice_ids)
        if not bills:
            raise UserError(
                self.env._(
                    "%(store)s has not invoiced yet; its invoice drafts the bill.",
                    store=known.giving_company_id.name,
                )
            )
        bills.sudo(self.env.su).with_company(known.company_id).action_post()
        return True

    def action_pay(self):
        self._dms_check_step("pay")
        # the request names the order; it is paid as the user
        return self._dms_payment(self.sudo().purchase_id, self.sudo().company_id)

    def action_collect(self):
        self._dms_check_step("collect")
        # the request names the order; it is paid as the user
        return self._dms_payment(self.sudo().sale_id, self.sudo().giving_company_id)

    def _dms_payment(self, order, store):
        moves = self._dms_unpaid(order.invoice_ids)
        return moves.sudo(self.env.su).with_company(store).action_register_payment()

    @api.model
    def _dms_drafts(self, moves):
        return moves.filtered(lambda move: move.state == "draft")

    @api.model
    def _dms_unpaid(self, moves):
        return moves.filtered(
            lambda move: (
                move.state == "posted"
                and move.payment_state in ("not_paid", "partial")
                and move.move_type in ("out_invoice", "in_invoice")
            )
        )
