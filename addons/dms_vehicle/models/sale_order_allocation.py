from odoo import models


class SaleOrder(models.Model):
    """A cancelled order gives its allocations back."""

    _inherit = "sale.order"

    def _action_cancel(self):
        res = super()._action_cancel()
        self.sudo().order_line.dms_allocation_ids.filtered(
            lambda promise: not promise.vehicle_id
        )._dms_release()
        return res
