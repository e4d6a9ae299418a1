from odoo import models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _dms_arrival_cost(self):
        """Of the costs that landed on the whole move, a car carries its own only."""
        landed = self.move_id.dms_adjustment_ids.filtered(
            lambda line: line.cost_id.state == "done" and line.dms_vehicle_id
        )
        own = landed.filtered(lambda line: line.dms_vehicle_id.lot_id == self.lot_id)
        spread = sum(landed.mapped("additional_landed_cost")) / self.move_id.quantity
        carried = sum(own.mapped("additional_landed_cost"))
        return super()._dms_arrival_cost() - spread + carried
