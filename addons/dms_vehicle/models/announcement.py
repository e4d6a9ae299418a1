from odoo import fields

from .car_intake import CarIntake


class Announcement(CarIntake):
    """One shipping note on the receipts of an order; see ``dms_announce``."""

    def __init__(self, pickings):
        super().__init__(pickings.env, pickings.company_id)
        self.order_lines = pickings.move_ids.purchase_line_id
        self.free = self._lines_without_vin(pickings)
        self.taken = {}

    def _lines_without_vin(self, pickings):
        free = {}
        for line in pickings.filtered("dms_is_open_receipt").move_line_ids:
            if line.product_id.dms_is_vehicle and not (line.lot_id or line.lot_name):
                free.setdefault(line.product_id, []).append(line)
        return free

    def _is_known(self, car):
        held = self.held.get(car.vin)
        return self._is_ours(held) and bool(held.shipped_date or held.lot_id)

    def _is_ours(self, held):
        return bool(held and held.purchase_line_id & self.order_lines)

    def _is_expected(self, car):
        """:return: whether nothing is known of this car, or that it is still to ship"""
        held = self.held.get(car.vin)
        return not held or self._is_ours(held) or bool(self._coming_back(car))

    def _refusal(self, car):
        if not self._is_expected(car):
            return self.held[car.vin]._held_message()
        if refusal := super()._refusal(car):
            return refusal
        known = self.held.get(car.vin)
        lines = self._candidates(car.row)
        if self._is_ours(known) and not car.row.product_code:
            lines = self.free.get(known.product_id)
        if not lines:
            return self.env._("The order has no open line for this model.")
        if known and (refusal := known._dms_other_model(lines[0].product_id)):
            return refusal
        self.taken[car.vin] = lines.pop(0)
        return False

    def _candidates(self, row):
        """Open lines of the row's model; without a model, of the only one ordered."""
        if row.product_code:
            return self.free.get(self.products[row.product_code])
        open_models = [lines for lines in self.free.values() if lines]
        return open_models[0] if len(open_models) == 1 else None

    def _take_in(self, cars):
        vehicles = self.env["dms.vehicle"].sudo().with_company(self.company)
        vehicles = vehicles.with_context(tracking_disable=True)
        new = []
        for car in cars:
            line = self.taken[car.vin]
            line.lot_name = car.vin
            vals = self._prepare_announced(car, line)
            if known := self.held.get(car.vin):
                known.write(vals | known._dms_expected_again(self.company))
            else:
                new.append(vals | {"vin": car.vin, "product_id": line.product_id.id})
        vehicles.create(new)

    def _prepare_announced(self, car, line):
        vals = {
            "purchase_line_id": line.move_id.purchase_line_id.id,
            "shipped_date": car.row.shipped_date or fields.Date.context_today(line),
            "expected_date": car.row.expected_date,
        }
        if car.row.engine_number:
            vals["engine_number"] = car.row.engine_number
        return vals
