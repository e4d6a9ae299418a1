from odoo import models
from odoo.tools.misc import clean_context


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted.filtered(lambda m: m.move_type == "out_invoice")._dms_draft_bills()
        return posted

    def _dms_draft_bills(self):
        """Draft at the buying store the bill for what this store invoices to it."""
        for invoice in self:
            orders = invoice.invoice_line_ids.sale_line_ids.order_id.sudo()
            for purchase in orders.dms_counterpart_purchase_id:
                invoice._dms_draft_bill(purchase)

    def _dms_draft_bill(self, purchase):
        context = clean_context(self.env.context)
        purchase = purchase.with_context(context).with_company(purchase.company_id)
        existing = purchase.invoice_ids.filtered(lambda m: m.ref == self.name)
        if existing or purchase.invoice_status != "to invoice":
            return
        bills = purchase.invoice_ids
        purchase.action_create_invoice()
        (purchase.invoice_ids - bills).write(
            {"ref": self.name, "invoice_date": self.invoice_date, "date": self.date}
        )
