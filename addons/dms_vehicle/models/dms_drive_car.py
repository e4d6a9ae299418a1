from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .dms_drive_states import LICENCES
from .dms_vehicle_states import GONE

NOT_HERE = (*GONE, "delivered")


class DmsDriveCar(models.Model):
    """A car that serves a store as demonstrator or loan car, from when until when."""

    _name = "dms.drive.car"
    _description = "Demonstrator or Loan Car"
    _inherit = ["dms.store.mixin", "mail.thread"]
    _order = "until desc, since desc, id desc"
    _rec_names_search = ["vehicle_id.vin", "vehicle_id.plate", "product_id"]

    vehicle_id = fields.Many2one(
        "dms.vehicle",
        "Car",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    product_id = fields.Many2one(
        related="vehicle_id.product_id", string="Model", store=True, index=True
    )
    plate = fields.Char(related="vehicle_id.plate", readonly=False)
    odometer_km = fields.Integer(related="vehicle_id.odometer_km", string="Odometer")
    for_test = fields.Boolean("Test Drives", default=True, tracking=True)
    for_loan = fields.Boolean("Lent to Customers", tracking=True)
    licence_class = fields.Selection(
        LICENCES,
        "Licence Needed",
        required=True,
        default="C2",
        help="The class of driving licence that the driver must hold.",
    )
    since = fields.Date(
        "In Service from",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    until = fields.Date("In Service until", tracking=True, help="Empty: no end yet.")
    most_km = fields.Integer(
        "Km at Most",
        help="At this reading it is to be sold as a used car. 0: no limit.",
    )
    is_worn = fields.Boolean("Km Reached", compute="_compute_is_worn")
    route_id = fields.Many2one(
        "dms.drive.route", "Usual Route", index="btree_not_null", check_company=True
    )
    active = fields.Boolean(default=True)
    drive_count = fields.Integer("Number of Drives", compute="_compute_drive_count")

    _dates = models.Constraint(
        "CHECK (until IS NULL OR until >= since)",
        "The end is not before the beginning.",
    )
    _served = models.Constraint(
        "CHECK (for_test OR for_loan)", "Say what the car is for."
    )
    _once_at_a_time = models.Constraint(
        "EXCLUDE USING gist (int4range(vehicle_id, vehicle_id, '[]') WITH &&,"
        " daterange(since, until, '[]') WITH &&) WHERE (active)",
        "This car is in service already in these days.",
    )

    @api.depends("most_km", "odometer_km")
    def _compute_is_worn(self):
        for one in self:
            one.is_worn = bool(one.most_km) and one.odometer_km >= one.most_km

    def _compute_drive_count(self):
        counts = dict(
            self.env["dms.drive"]._read_group(
                [("vehicle_id", "in", self.vehicle_id.ids), ("kind", "!=", "blocked")],
                ["vehicle_id"],
                ["__count"],
            )
        )
        for one in self:
            one.drive_count = counts.get(one.vehicle_id, 0)

    @api.depends("vehicle_id.plate", "vehicle_id.vin", "product_id")
    def _compute_display_name(self):
        for one in self:
            name = one.vehicle_id.plate or one.vehicle_id.vin
            model = one.product_id.display_name
            one.display_name = " · ".join(filter(None, (name, model)))

    @api.constrains("vehicle_id", "for_test", "for_loan")
    def _check_car(self):
        for one in self:
            if one._dms_is_elsewhere():
                raise ValidationError(
                    self.env._(
                        "%(car)s is not the store's any more: it cannot serve here.",
                        car=one.vehicle_id.display_name,
                    )
                )

    def _dms_is_elsewhere(self):
        """A car of the store's own that never was stock is here all the same."""
        car = self.vehicle_id
        if car.state == "external":
            return bool(car.owner_id) and car.owner_id != self.company_id.partner_id
        return car.state in NOT_HERE

    @api.model
    def _dms_serving(self, company, kind, start, stop):
        """:param company: store
        :param str kind: ``test``, ``loan`` or ``courtesy``
        :param start: first moment, UTC
        :param stop: last moment, UTC
        :return: the fleet entries that serve this all the time, one per car
        """
        use = "for_test" if kind == "test" else "for_loan"
        first, last = (
            fields.Datetime.context_timestamp(self, moment).date()
            for moment in (start, stop)
        )
        return self.search(
            Domain("company_id", "=", company.id)
            & Domain(use, "=", True)
            & Domain("since", "<=", first)
            & (Domain("until", "=", False) | Domain("until", ">=", last))
            & Domain("vehicle_id.state", "not in", NOT_HERE)
            & Domain("vehicle_id.company_id", "=", company.id),
            order="id",
        )

    def action_view_drives(self):
        self.ensure_one()
        return self.vehicle_id.action_view_drives()
