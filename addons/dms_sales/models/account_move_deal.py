from odoo import models


class AccountMove(models.Model):
    """What a customer paid on his deal counts as soon as the car is invoiced."""

    _name = "account.move"
    _inherit = ["account.move"]

    def _post(self, soft=True):
        posted = super()._post(soft)
        for invoice in posted.filtered(lambda move: move.move_type == "out_invoice"):
            for line in invoice._dms_prepaid_lines():
                invoice.js_assign_outstanding_line(line.id)
        return posted

    def _dms_prepaid_lines(self):
        """:return: open receivables of the payments on the deals of this invoice"""
        # who books need not read deals
        sold = self.sudo().invoice_line_ids.sale_line_ids
        deals = sold.dms_deal_id | sold.order_id.dms_deal_id
        if not deals:
            return self.line_ids.browse()
        return deals._dms_payments().move_id.line_ids.filtered(
            lambda line: (
                line.account_type == "asset_receivable"
                and line.partner_id == self.commercial_partner_id
                and line.parent_state == "posted"
                and not line.reconciled
            )
        )
