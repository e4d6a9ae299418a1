from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dms_vehicle_states import OPEN

VEHICLE_KINDS = [
    ("ice", "Combustion"),
    ("hev", "Hybrid"),
    ("phev", "Plug-in hybrid"),
    ("bev", "Battery electric"),
    ("commercial", "Commercial"),
]
ENERGIES = [
    ("petrol", "Petrol"),
    ("diesel", "Diesel"),
    ("electric", "Electric"),
    ("petrol_electric", "Petrol and electric"),
    ("gas", "Natural gas"),
    ("hydrogen", "Hydrogen"),
]


class ProductTemplate(models.Model):
    """A trim of a model year; its variants are colours and options."""

    _inherit = "product.template"

    dms_is_vehicle = fields.Boolean(
        "Is a Vehicle",
        index=True,
        help="Every unit is one car with a VIN, tracked and valued on its own.",
    )
    dms_brand_id = fields.Many2one("dms.brand", "Brand", index="btree_not_null")
    dms_model_year = fields.Integer("Model Year")
    dms_trim = fields.Char("Trim", translate=True)
    dms_kind = fields.Selection(VEHICLE_KINDS, "Vehicle Kind", index="btree_not_null")
    dms_energy = fields.Selection(ENERGIES, "Energy")
    dms_model_code = fields.Char(
        "Type Approval Code", help="Model code of the vehicle certificate."
    )
    dms_battery_kwh = fields.Float("Battery (kWh)", digits=(6, 1))
    dms_range_km = fields.Integer("Electric Range (km)", help="CLTC cycle.")
    dms_power_kw = fields.Integer("Power (kW)")
    dms_displacement_l = fields.Float("Displacement (L)", digits=(4, 1))
    dms_seats = fields.Integer("Seats")
    dms_axles = fields.Integer("Axles")
    dms_payload_kg = fields.Integer("Payload (kg)")
    dms_gross_weight_kg = fields.Integer("Gross Weight (kg)")

    dms_msrp = fields.Monetary(
        "MSRP",
        compute="_compute_dms_msrp",
        help="Manufacturer's suggested retail price, with the sales tax of the store.",
    )
    dms_open_vehicle_count = fields.Integer(
        "Cars in Stock or Coming", compute="_compute_dms_open_vehicle_count"
    )

    _dms_model_year_range = models.Constraint(
        "CHECK (dms_model_year IS NULL OR dms_model_year = 0"
        " OR dms_model_year BETWEEN 1980 AND 2050)",
        "The model year must lie between 1980 and 2050.",
    )
    _dms_technical_data_positive = models.Constraint(
        "CHECK (COALESCE(dms_battery_kwh, 0) >= 0 AND COALESCE(dms_range_km, 0) >= 0"
        " AND COALESCE(dms_power_kw, 0) >= 0 AND COALESCE(dms_payload_kg, 0) >= 0)",
        "Technical data cannot be negative.",
    )

    @api.depends("list_price", "taxes_id")
    @api.depends_context("company")
    def _compute_dms_msrp(self):
        for template in self:
            template.dms_msrp = template._dms_with_tax(template.list_price)

    def _dms_with_tax(self, price, store=None):
        """:return: what a customer of a store, the current one, pays at this price"""
        return self._dms_taxed(price, self._dms_taxes(store or self.env.company))

    def _dms_taxes(self, store):
        return self.taxes_id._filter_taxes_by_company(store)

    def _dms_taxed(self, price, taxes):
        if not taxes:
            return self.currency_id.round(price)
        return taxes.compute_all(price, self.currency_id)["total_included"]

    def _compute_dms_open_vehicle_count(self):
        counts = self.env["dms.vehicle"]._read_group(
            [("product_id.product_tmpl_id", "in", self.ids), ("state", "in", OPEN)],
            ["product_id"],
            ["__count"],
        )
        for template in self:
            template.dms_open_vehicle_count = sum(
                count
                for product, count in counts
                if product.product_tmpl_id == template
            )

    @api.constrains("dms_is_vehicle", "type", "is_storable", "tracking", "lot_valuated")
    def _check_dms_vehicle_tracking(self):
        wanted = self._dms_vehicle_tracking()
        for template in self.filtered("dms_is_vehicle"):
            if any(template[name] != value for name, value in wanted.items()):
                raise ValidationError(
                    self.env._(
                        "%(name)s is a vehicle: every unit has a VIN and its own cost.",
                        name=template.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("dms_is_vehicle"):
                vals.update(self._dms_vehicle_tracking())
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("dms_is_vehicle"):
            vals = vals | self._dms_vehicle_tracking()
        return super().write(vals)

    def action_dms_view_vehicles(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_vehicle_action"
        )
        variants = self.product_variant_ids.ids
        return action | {"domain": [("product_id", "in", variants)]}

    def action_dms_view_variants(self):
        self.ensure_one()
        view = self.env.ref("dms_vehicle.product_product_view_list_model")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "product.product",
            "views": [(view.id, "list")],
            "domain": [("product_tmpl_id", "=", self.id)],
        }

    @api.onchange("dms_is_vehicle")
    def _onchange_dms_is_vehicle(self):
        if self.dms_is_vehicle:
            self.update(self._dms_vehicle_tracking())

    @api.model
    def _dms_vehicle_tracking(self):
        return {
            "type": "consu",
            "is_storable": True,
            "tracking": "serial",
            "lot_valuated": True,
        }
