from odoo import models


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move"]

    def _dms_take_same_cars(self):
        """Reserve for a return the very cars that its origin has moved."""
        for move in self:
            lots = move.origin_returned_move_id.move_line_ids.lot_id
            if move.move_line_ids.lot_id == lots:
                continue
            move._do_unreserve()
            for lot in lots:
                move._update_reserved_quantity(1, move.location_id, lot_id=lot)
            move._recompute_state()


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line"]

    def _get_cogs_value(self):
        """A credit note takes back the cost of its own car, not of an equal one."""
        invoice = self.move_id.reversed_entry_id
        origin = invoice.invoice_line_ids.filtered(
            lambda line: (
                line.sale_line_ids.dms_vehicle_id
                and line.sale_line_ids == self.sale_line_ids
            )
        )
        costs = invoice.line_ids.filtered(
            lambda line: (
                line.display_type == "cogs"
                and line.cogs_origin_id in origin
                and line.price_unit >= 0
            )
        )
        return costs[:1].price_unit if costs else super()._get_cogs_value()
