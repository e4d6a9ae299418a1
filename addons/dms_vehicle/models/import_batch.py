from collections import defaultdict

from odoo import fields

from ..asn import CarRow, RowError
from ..vin import decode
from .row_text import row_refusal
from .vin_text import vin_refusal


class ImportBatch:
    """Some rows of a ``dms.vehicle.import``; all that is slow is done per batch."""

    def __init__(self, record):
        self.record = record
        self.env = record.env
        self.accepted = 0
        self.unchanged = 0
        self.problems = []

    def run(self, rows):
        parsed = [car for car in map(self._parsed, rows) if car]
        self.held = self._held([vin for _number, _row, vin in parsed])
        self.products = self.env["product.product"]._dms_by_code(
            {row.product_code for _number, row, _vin in parsed if row.product_code}
        )
        seen = set()
        good = [car for car in parsed if self._is_new(car, seen)]
        if good and self.record.kind == "stock":
            self._take_into_stock(good)
        elif good:
            self._create_customer_cars(good)
        self.accepted = len(good)

    def _parsed(self, source):
        try:
            row = CarRow.parse(source.cells)
        except RowError as error:
            vin = source.cells.get("vin") or source.cells.get("车架号") or ""
            return self._reject(source.number, vin, row_refusal(self.env, error))
        decoded = decode(row.vin)
        if refusal := vin_refusal(self.env, decoded):
            return self._reject(source.number, row.vin, refusal)
        return source.number, row, decoded.vin

    def _reject(self, number, vin, reason):
        self.problems.append([number, vin, reason])

    def _held(self, vins):
        vehicles = self.env["dms.vehicle"].sudo().with_context(active_test=False)
        return {v.vin: v for v in vehicles.search([("vin", "in", vins)])}

    def _is_new(self, car, seen):
        number, row, vin = car
        reason = self._refusal(row, vin, seen)
        if reason:
            self._reject(number, vin, reason)
        elif vin in self.held:
            self.unchanged += 1
        else:
            seen.add(vin)
            return True
        return False

    def _refusal(self, row, vin, seen):
        if vin in seen:
            return self.env._("VIN %(vin)s is listed twice.", vin=vin)
        held = self.held.get(vin)
        if held and held.company_id != self.record.company_id:
            return held._held_message()
        if row.product_code and row.product_code not in self.products:
            return self.env._("Model code %(code)s is unknown.", code=row.product_code)
        if self.record.kind == "stock" and not row.product_code:
            return self.env._("The model code is missing.")
        return False

    # Opening stock

    def _take_into_stock(self, cars):
        """Book the cars as one receipt from the inventory location.

        Lots carry the cost of their car, from which Odoo values the receipt.
        """
        lots = self._create_lots(cars)
        lots_by_product = defaultdict(lots.browse)
        for lot in lots:
            lots_by_product[lot.product_id] |= lot
        moves = self.env["stock.move"].create(
            [self._prepare_move(*item) for item in lots_by_product.items()]
        )
        moves._action_confirm(merge=False)
        moves.picked = True
        moves._action_done()
        self._write_details(cars, lots)

    def _create_lots(self, cars):
        lots = self.env["stock.lot"].with_context(tracking_disable=True)
        return lots.create(
            [
                {
                    "name": vin,
                    "product_id": self.products[row.product_code].id,
                    "standard_price": row.unit_cost or 0.0,
                }
                for _number, row, vin in cars
            ]
        )

    def _prepare_move(self, product, lots):
        location = self.record.location_id
        source = product.with_company(self.record.company_id).property_stock_inventory
        line = {
            "product_id": product.id,
            "location_id": source.id,
            "location_dest_id": location.id,
            "quantity": 1,
            "picked": True,
            "company_id": self.record.company_id.id,
        }
        return {
            "product_id": product.id,
            "product_uom_qty": len(lots),
            "location_id": source.id,
            "location_dest_id": location.id,
            "company_id": self.record.company_id.id,
            "is_inventory": True,
            "origin": self.record.name,
            "move_line_ids": [
                fields.Command.create(dict(line, lot_id=lot.id)) for lot in lots
            ],
        }

    def _write_details(self, cars, lots):
        vehicles = {lot.name: lot.dms_vehicle_ids for lot in lots}
        for _number, row, vin in cars:
            values = self._details(row)
            if values:
                vehicles[vin].with_context(tracking_disable=True).write(values)

    def _details(self, row):
        values = {
            "engine_number": row.engine_number,
            "plate": row.plate,
            "odometer_km": row.odometer_km,
            "received_date": row.received_date,
        }
        return {name: value for name, value in values.items() if value}

    # Customers' cars

    def _create_customer_cars(self, cars):
        owners = self._owners(cars)
        vehicles = self.env["dms.vehicle"].with_context(tracking_disable=True)
        vehicles.create(
            [
                {
                    "vin": vin,
                    "product_id": self.products.get(row.product_code, vehicles).id,
                    "owner_id": owners.get((row.owner, row.phone)),
                    **self._details(row),
                }
                for _number, row, vin in cars
            ]
        )

    def _owners(self, cars):
        """Owners by name and phone; unknown ones are created."""
        wanted = {(row.owner, row.phone) for _n, row, _v in cars if row.owner}
        partners = self.env["res.partner"]
        names = [name for name, _phone in wanted]
        found = {
            (partner.name, partner.phone or None): partner.id
            for partner in partners.search([("name", "in", names)])
        }
        missing = sorted(wanted - set(found), key=str)
        created = partners.create(
            [{"name": name, "phone": phone} for name, phone in missing]
        )
        return found | dict(zip(missing, created.ids, strict=True))
