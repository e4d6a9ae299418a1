from odoo import models


class SaleOrder(models.Model):
    """An order wins its lead; the last one cancelled loses it."""

    _name = "sale.order"
    _inherit = ["sale.order"]

    def action_confirm(self):
        res = super().action_confirm()
        ordered = self.dms_deal_id.filtered(lambda deal: deal.order_id.state == "sale")
        # the order proves it, whoever confirms it
        ordered.sudo().lead_id._dms_win()
        return res

    def _action_cancel(self):
        deals = self.dms_deal_id
        res = super()._action_cancel()
        cancelled = deals.filtered(lambda deal: deal.state == "cancelled")
        # the same the other way round
        cancelled.sudo().lead_id._dms_lose()
        return res
