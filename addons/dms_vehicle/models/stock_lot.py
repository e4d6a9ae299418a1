from odoo import api, fields, models
from odoo.exceptions import ValidationError


class StockLot(models.Model):
    _inherit = "stock.lot"

    dms_vehicle_ids = fields.One2many("dms.vehicle", "lot_id", "Vehicle")
    company_currency_id = fields.Many2one(compute="_compute_company_currency_id")

    @api.model_create_multi
    def create(self, vals_list):
        """The serial number of a car is its VIN, and it belongs to its vehicle."""
        default = self.env.context.get("default_product_id")
        product_ids = [vals.get("product_id", default) for vals in vals_list]
        products = self.env["product.product"].browse(set(filter(None, product_ids)))
        cars = set(products.filtered("dms_is_vehicle").ids)
        for vals, product_id in zip(vals_list, product_ids, strict=True):
            if product_id in cars:
                vals["name"] = self.env["dms.vehicle"]._checked_vin(vals.get("name"))
        lots = super().create(vals_list)
        if not self.env.context.get("dms_opening_stock"):
            lots.filtered(lambda lot: lot.product_id.id in cars)._dms_link_vehicles()
        return lots

    def _dms_link_vehicles(self, details=None):
        """Give each car its lot; cars not announced before are created.

        :param dict details: by VIN, more values of the cars
        """
        details = details or {}
        # who receives a car need not be allowed to enter one
        vehicles = self.env["dms.vehicle"].sudo()
        vehicles = vehicles.with_context(active_test=False, tracking_disable=True)
        known = {
            vehicle.vin: vehicle
            for vehicle in vehicles.search([("vin", "in", self.mapped("name"))])
        }
        for lot in self.filtered(lambda lot: lot.name in known):
            known[lot.name]._dms_take_lot(lot, details.get(lot.name, {}))
        vehicles.create(
            [
                {"vin": lot.name, "product_id": lot.product_id.id, "lot_id": lot.id}
                | details.get(lot.name, {})
                for lot in self
                if lot.name not in known
            ]
        )

    @api.constrains("name", "product_id")
    def _check_dms_vin(self):
        for lot in self:
            if lot.dms_vehicle_ids and lot.dms_vehicle_ids.vin != lot.name:
                raise ValidationError(
                    self.env._("Correct the VIN on the car, not on its serial number.")
                )

    @api.depends_context("company")
    def _compute_company_currency_id(self):
        """On its own: Odoo values the lot only to say in which currency."""
        self.company_currency_id = self.env.company.currency_id

    def _compute_value(self):
        """A car in stock is worth its cost; asking for all of them is one query."""
        cars = self._dms_cars_as_of_now()
        here = cars.product_id._dms_lots_in_stock() & cars if cars else cars
        cars.company_currency_id = self.env.company.currency_id
        for lot in cars:
            lot.total_value = lot.standard_price if lot in here else 0.0
        return super(StockLot, self - cars)._compute_value()

    def _dms_cars_as_of_now(self):
        """:return: the cars among these lots, none if a day in the past is asked for"""
        if self.env.context.get("to_date"):
            return self.browse()
        return self.filtered("product_id.dms_is_vehicle")

    def _compute_avg_cost(self):
        """A single unit costs on average what it costs; Odoo asks its moves."""
        cars = self._dms_cars_as_of_now()
        for lot in cars:
            lot.avg_cost = lot.standard_price
        return super(StockLot, self - cars)._compute_avg_cost()

    def _update_standard_price(self):
        """A car costs what its last arrival in this store has cost.

        That is Odoo's result for a single unit, here by one query for all cars.
        """
        # posting a bill values its cars, and an accountant may not write lots
        lots = self.sudo()
        cars = lots.filtered("product_id.dms_is_vehicle")
        for lot, line in cars._dms_arrivals().items():
            lot = lot.with_context(disable_auto_revaluation=True)
            lot.standard_price = line._dms_arrival_cost()
        return super(StockLot, lots - cars)._update_standard_price()

    def _dms_arrivals(self):
        """:return: per lot the line of its last arrival in this store"""
        lines = self.env["stock.move.line"].search(
            [
                ("lot_id", "in", self.ids),
                ("company_id", "=", self.env.company.id),
                ("move_id.is_in", "=", True),
            ],
            order="date, id",
        )
        return {line.lot_id.with_prefetch(self._prefetch_ids): line for line in lines}
