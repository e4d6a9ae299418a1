from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class DmsTransportCar(models.Model):
    """A car on a truck. The store it goes to knows no more of it than this."""

    _name = "dms.transport.car"
    _description = "Car of a Transport"
    _order = "id"
    _rec_name = "vin"

    order_id = fields.Many2one(
        "dms.transport.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, index=True, precompute=True
    )
    from_company_id = fields.Many2one(
        related="order_id.from_company_id", store=True, index=True, precompute=True
    )
    to_company_id = fields.Many2one(
        related="order_id.to_company_id", store=True, index=True, precompute=True
    )
    vehicle_id = fields.Many2one(
        "dms.vehicle", "Car", required=True, index=True, ondelete="restrict"
    )
    vin = fields.Char("VIN", compute="_compute_car", store=True, precompute=True)
    product_id = fields.Many2one(
        "product.product", "Model", compute="_compute_car", store=True, precompute=True
    )
    check_ids = fields.One2many("dms.transport.check", "car_id", "Damage Checks")
    loading_result = fields.Selection(
        [("ok", "OK"), ("damaged", "Damaged")],
        "At Loading",
        compute="_compute_results",
        store=True,
    )
    unloading_result = fields.Selection(
        [("ok", "OK"), ("damaged", "Damaged")],
        "At Unloading",
        compute="_compute_results",
        store=True,
    )
    is_new_damage = fields.Boolean(
        "Damaged on the Way", compute="_compute_results", store=True
    )

    _once = models.UniqueIndex(
        "(order_id, vehicle_id)", "This car is on the transport already."
    )

    # as it was on the truck: every write on any car would look here otherwise
    @api.depends("vehicle_id")
    def _compute_car(self):
        for car in self:
            car.vin = car.vehicle_id.vin
            car.product_id = car.vehicle_id.product_id

    @api.depends("check_ids.result", "check_ids.end")
    def _compute_results(self):
        for car in self:
            ends = {check.end: check.result for check in car.check_ids}
            car.loading_result = ends.get("loading")
            car.unloading_result = ends.get("unloading")
            car.is_new_damage = (
                car.unloading_result == "damaged" and car.loading_result != "damaged"
            )

    @api.constrains("vehicle_id")
    def _check_one_truck(self):
        # of two who put a car on a truck at once, the second sees what the first did
        self.sudo().vehicle_id._dms_claim()
        others = self.sudo().search(
            [
                ("vehicle_id", "in", self.vehicle_id.ids),
                ("id", "not in", self.ids),
                ("order_id.state", "in", ("planned", "loaded", "under_way")),
            ],
            limit=1,
        )
        if others:
            raise ValidationError(
                self.env._(
                    "VIN %(vin)s is on transport %(number)s already: take it off"
                    " there first.",
                    vin=others.vin,
                    number=others.order_id.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # nobody puts on a truck what he may not see
            cars = {vals["vehicle_id"] for vals in vals_list if vals.get("vehicle_id")}
            self.env["dms.vehicle"].browse(cars).check_access("read")
        cars = super().create(vals_list)
        cars._dms_check_planned()
        return cars

    def write(self, vals):
        self._dms_check_planned()
        if vals.get("vehicle_id") and not self.env.su:
            self.env["dms.vehicle"].browse(vals["vehicle_id"]).check_access("read")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_planned(self):
        self._dms_check_planned()

    def _dms_check_planned(self):
        if not self.env.su and self.order_id.filtered(lambda o: o.state != "planned"):
            raise UserError(
                self.env._("The truck is loaded; its cars are not changed any more.")
            )
