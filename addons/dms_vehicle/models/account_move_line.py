from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_cogs_value(self):
        """A car invoiced before it leaves costs what that very car cost."""
        vehicle = self.sale_line_ids.dms_vehicle_id
        waiting = not self._get_stock_moves().filtered(lambda m: m.state == "done")
        if len(vehicle) == 1 and waiting and self.move_id.move_type == "out_invoice":
            return vehicle._dms_cost()
        return super()._get_cogs_value()
