from odoo import api, fields, models

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

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("dms_is_vehicle"):
                vals.update(self._dms_vehicle_tracking())
        return super().create(vals_list)

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
