from odoo import fields

from .car_intake import CarIntake


class ImportBatch(CarIntake):
    """Some rows of a ``dms.vehicle.import``."""

    def __init__(self, record):
        super().__init__(record.env, record.company_id)
        self.record = record

    def _details(self, row):
        values = {
            "engine_number": row.engine_number,
            "plate": row.plate,
            "odometer_km": row.odometer_km,
        }
        return {name: value for name, value in values.items() if value}


class CustomerCarBatch(ImportBatch):
    """Cars of customers: each becomes a vehicle with its owner."""

    def _is_known(self, car):
        held = self.held.get(car.vin)
        return bool(held and held.company_id == self.company)

    def _refusal(self, car):
        if car.vin in self.held:
            return self.held[car.vin]._held_message()
        return super()._refusal(car)

    def _take_in(self, cars):
        owners = self._owners({(car.row.owner, car.row.phone) for car in cars})
        vehicles = self.env["dms.vehicle"].with_context(
            tracking_disable=True, dms_records_itself=True
        )
        created = vehicles.create([self._prepare_vehicle(car, owners) for car in cars])
        created._dms_record_first(self.record)

    def _prepare_vehicle(self, car, owners):
        product = self.products.get(car.row.product_code)
        return self._details(car.row) | {
            "vin": car.vin,
            "company_id": self.company.id,
            "product_id": product and product.id,
            "owner_id": owners.get((car.row.owner, car.row.phone)),
        }

    def _owners(self, wanted):
        """:return: ids of partners by (name, phone); unknown ones are created"""
        wanted = {(name, phone) for name, phone in wanted if name}
        partners = self.env["res.partner"].with_context(tracking_disable=True)
        found = {
            (partner.name, partner.phone or None): partner.id
            for partner in partners.search([("name", "in", [n for n, _p in wanted])])
        }
        missing = sorted(wanted - set(found), key=str)
        created = partners.create(
            [{"name": name, "phone": phone} for name, phone in missing]
        )
        return found | dict(zip(missing, created.ids, strict=True))


class StockBatch(ImportBatch):
    """Opening stock: each car gets its serial number, its cost and its place."""

    def _is_known(self, car):
        held = self.held.get(car.vin)
        return bool(
            held
            and held.company_id == self.company
            and held.location_id.usage in ("internal", "transit")
        )

    def _refusal(self, car):
        if car.vin in self.held and not self._coming_back(car):
            return self.held[car.vin]._held_message()
        if not car.row.product_code:
            return self.env._("The model code is missing.")
        if refusal := super()._refusal(car):
            return refusal
        known = self.held.get(car.vin)
        product = self.products[car.row.product_code]
        return known._dms_other_model(product) if known else False

    def _take_in(self, cars):
        """Book the cars as receipts from the inventory location.

        Odoo spreads the value of a move evenly over its serial numbers, so only
        cars of the same cost share a move.
        """
        lots = self._lots(cars)
        alike = lots.grouped(lambda lot: (lot.product_id, lot.standard_price))
        moves = self.env["stock.move"].create(
            [self._prepare_move(*key, len(group)) for key, group in alike.items()]
        )
        # created apart: lines inside of their moves are written once more, one by one
        self.env["stock.move.line"].create(
            [
                self._prepare_line(move, lot)
                for move, group in zip(moves, alike.values(), strict=True)
                for lot in group
            ]
        )
        moves._dms_open_stock()
        lots._dms_link_vehicles({car.vin: self._details(car.row) for car in cars})
        self._record(lots.dms_vehicle_ids)

    def _record(self, vehicles):
        vehicles._dms_record(
            "vehicle.received",
            at=lambda car: car._dms_moment(car.received_date),
            document=self.record,
            facts={"opening": True},
        )

    def _lots(self, cars):
        """:return: lots of the cars; those of cars that come back exist already"""
        model = self.env["stock.lot"].with_context(
            tracking_disable=True, disable_auto_revaluation=True, dms_opening_stock=True
        )
        costs = {car.vin: car.row.unit_cost or 0.0 for car in cars}
        known = model.search([("name", "in", list(costs))])
        for lot in known:
            lot.standard_price = costs[lot.name]
        names = set(known.mapped("name"))
        return known | model.create(
            [
                {
                    "name": car.vin,
                    "product_id": self.products[car.row.product_code].id,
                    "standard_price": costs[car.vin],
                }
                for car in cars
                if car.vin not in names
            ]
        )

    def _prepare_move(self, product, cost, count):
        source = product.with_company(self.company).property_stock_inventory
        return {
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": count,
            "location_id": source.id,
            "location_dest_id": self.record.location_id.id,
            "company_id": self.company.id,
            "is_inventory": True,
            "origin": self.record.name,
            "state": "assigned",
            "value": cost * count,
        }

    def _prepare_line(self, move, lot):
        return {
            "move_id": move.id,
            "product_id": move.product_id.id,
            "product_uom_id": move.product_uom.id,
            "lot_id": lot.id,
            "location_id": move.location_id.id,
            "location_dest_id": move.location_dest_id.id,
            "quantity": 1,
            "picked": True,
        }

    def _details(self, row):
        today = fields.Date.context_today(self.record)
        received = {"received_date": row.received_date or today}
        return super()._details(row) | received
