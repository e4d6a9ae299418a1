from odoo import models


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move"]

    def _dms_check_pdi(self):
        """Let no car go from stock to a customer before it has passed its PDI."""
        leaving = self.filtered(lambda move: move.location_dest_id.usage == "customer")
        lots = leaving.move_line_ids.filtered("quantity").lot_id
        if lots:
            # who delivers need not read PDIs
            lots.sudo().dms_vehicle_ids._dms_check_pdi()

    def _dms_follow_cars(self):
        """What arrives is to be inspected, what left needs no work here any more."""
        result = super()._dms_follow_cars()
        for way, moves in self.grouped(lambda move: move._dms_pdi_way()).items():
            # PDIs come and end with moves, whoever makes these
            cars = moves.move_line_ids.lot_id.sudo().dms_vehicle_ids
            if way == "in":
                cars._dms_pdi_arrived()
            elif way:
                cars._dms_pdi_left(is_over=way == "over")
                self.env["dms.battery.task"].sudo()._drop(cars)
        return result

    def _dms_pdi_way(self):
        target = self.location_dest_id.usage
        if self._dms_enters_store():
            return "in"
        if target in ("customer", "supplier"):
            return "over"
        return "away" if target == "transit" else False
