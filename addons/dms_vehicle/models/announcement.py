from odoo import fields

from ..asn import CarRow, RowError
from ..vin import decode
from .row_text import row_refusal
from .vin_text import vin_refusal


class Announcement:
    """One shipping note on one receipt; see ``stock.picking.dms_announce``."""

    def __init__(self, picking):
        self.picking = picking
        self.env = picking.env
        self.rejected = []
        self.unchanged = 0
        self.free = self._lines_without_vin()
        self.seen = set()

    def run(self, rows):
        good = [row for row in map(self._parsed, range(1, len(rows) + 1), rows) if row]
        products = self.env["product.product"]._dms_by_code(
            {row.product_code for _number, row, _vin in good if row.product_code}
        )
        held = self._held([vin for _number, _row, vin in good])
        vals_list = []
        for number, row, vin in good:
            reason = self._refusal(row, vin, held, products)
            if reason:
                self._reject(number, row.vin, reason)
            elif vin in held:
                self.unchanged += 1
            else:
                vals_list.append(self._take_line(row, vin, products))
        self._create(vals_list)
        return {
            "accepted": len(vals_list),
            "unchanged": self.unchanged,
            "rejected": self.rejected,
        }

    def _parsed(self, number, cells):
        try:
            row = CarRow.parse(cells)
        except RowError as error:
            self._reject(number, cells.get("vin", ""), row_refusal(self.env, error))
            return None
        decoded = decode(row.vin)
        if refusal := vin_refusal(self.env, decoded):
            self._reject(number, row.vin, refusal)
            return None
        return number, row, decoded.vin

    def _reject(self, number, vin, reason):
        self.rejected.append({"row": number, "vin": str(vin), "reason": reason})

    def _held(self, vins):
        vehicles = self.env["dms.vehicle"].sudo().with_context(active_test=False)
        return {v.vin: v for v in vehicles.search([("vin", "in", vins)])}

    def _refusal(self, row, vin, held, products):
        if vin in self.seen:
            return self.env._("VIN %(vin)s is listed twice.", vin=vin)
        self.seen.add(vin)
        if vin in held:
            return not self._is_ours(held[vin]) and held[vin]._held_message()
        if row.product_code and row.product_code not in products:
            return self.env._("Model code %(code)s is unknown.", code=row.product_code)
        if not self._candidates(row, products):
            return self.env._("The order has no open line for this model.")
        return False

    def _is_ours(self, vehicle):
        line = vehicle.purchase_line_id
        return line and line in self.picking.move_ids.purchase_line_id

    def _lines_without_vin(self):
        free = {}
        for line in self.picking.move_line_ids:
            if line.product_id.dms_is_vehicle and not (line.lot_id or line.lot_name):
                free.setdefault(line.product_id, []).append(line)
        return free

    def _candidates(self, row, products):
        """Open lines of the row's model; without a model, of the only one ordered."""
        if row.product_code:
            return self.free.get(products[row.product_code])
        open_models = [lines for lines in self.free.values() if lines]
        return open_models[0] if len(open_models) == 1 else None

    def _take_line(self, row, vin, products):
        line = self._candidates(row, products).pop(0)
        line.lot_name = vin
        return {
            "vin": vin,
            "product_id": line.product_id.id,
            "purchase_line_id": line.move_id.purchase_line_id.id,
            "engine_number": row.engine_number,
            "shipped_date": row.shipped_date or fields.Date.context_today(line),
            "expected_date": row.expected_date,
        }

    def _create(self, vals_list):
        vehicles = self.env["dms.vehicle"].sudo().with_context(tracking_disable=True)
        vehicles.with_company(self.picking.company_id).create(vals_list)
