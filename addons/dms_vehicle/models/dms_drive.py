from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..drives import Facts, is_late, standing
from .dms_drive_states import KINDS, STATES, TAKING

# what follows from hand-overs and steps; nobody types it
FOLLOWS = {"cancelled_at", "missed_at", "gate_pass_id", "name"}
PLANNED = {"vehicle_id", "kind", "start", "stop", "company_id"}


class DmsDrive(models.Model):
    """One time in which a car of the fleet is driven by somebody, or cannot be.

    Where it stands follows from the hand-overs; nobody types it. Two drives never have
    one car at the same time: the database refuses the second.
    """

    _name = "dms.drive"
    _description = "Drive"
    _inherit = [
        "dms.store.mixin",
        "dms.blockers.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "portal.mixin",
    ]
    _order = "start desc, id desc"
    _rec_names_search = ["name", "driver_name", "driver_phone", "vehicle_id"]

    name = fields.Char("Number", readonly=True, copy=False)
    kind = fields.Selection(KINDS, required=True, default="test", tracking=True)
    product_id = fields.Many2one(
        "product.product",
        "Model",
        compute="_compute_product_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        domain=[("dms_is_vehicle", "=", True)],
        help="Without a car, any free one of this model is taken.",
    )
    vehicle_id = fields.Many2one(
        "dms.vehicle",
        "Car",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    plate = fields.Char(related="vehicle_id.plate")
    partner_id = fields.Many2one(
        "res.partner",
        "Driver",
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    driver_name = fields.Char(
        "Driver's Name",
        compute="_compute_driver",
        store=True,
        readonly=False,
        precompute=True,
    )
    driver_phone = fields.Char(
        "Driver's Phone",
        compute="_compute_driver",
        store=True,
        readonly=False,
        precompute=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Accompanied by",
        default=lambda self: self.env.user,
        index=True,
        check_company=True,
        tracking=True,
        help="Who hands the car over, and is asked for it if it is late.",
    )
    route_id = fields.Many2one(
        "dms.drive.route",
        compute="_compute_route_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
    )
    start = fields.Datetime("Starts at", required=True, tracking=True)
    stop = fields.Datetime(
        "Ends at",
        compute="_compute_stop",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    busy_until = fields.Datetime(
        compute="_compute_busy_until",
        store=True,
        precompute=True,
        help="The pause after the drive included.",
    )
    note = fields.Char("Remark")
    is_from_web = fields.Boolean("Booked on the Web", readonly=True, copy=False)
    cancelled_at = fields.Datetime("Cancelled on", readonly=True, copy=False)
    missed_at = fields.Datetime("Missed on", readonly=True, copy=False)
    check_ids = fields.One2many(
        "dms.drive.check", "drive_id", "Hand-Overs", readonly=True
    )
    out_at = fields.Datetime(
        "Handed Over on", compute="_compute_state", store=True, precompute=True
    )
    back_at = fields.Datetime(
        "Brought Back on", compute="_compute_state", store=True, precompute=True
    )
    state = fields.Selection(
        STATES,
        compute="_compute_state",
        store=True,
        precompute=True,
        tracking=True,
        group_expand="_dms_expand_state",
    )
    out_km = fields.Integer("Km Out", compute="_compute_km", store=True)
    back_km = fields.Integer("Km Back", compute="_compute_km", store=True)
    driven_km = fields.Integer("Driven (km)", compute="_compute_km", store=True)
    gate_pass_id = fields.Many2one(
        "dms.gate.pass", readonly=True, copy=False, index="btree_not_null"
    )
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_late")
    needs_licence = fields.Boolean(compute="_compute_needs_licence")

    # A range of one number may be compared in GiST without any extension.
    _one_drive_per_car = models.Constraint(
        "EXCLUDE USING gist (int4range(vehicle_id, vehicle_id, '[]') WITH &&,"
        " tsrange(start, busy_until) WITH &&) WHERE (state IN ('booked', 'out'))",
        "Somebody else has just taken this car for that time; choose another time.",
    )
    # Tells without doubt who drove at a moment, and finds it by its index.
    _one_driver_per_car = models.Constraint(
        "EXCLUDE USING gist (int4range(vehicle_id, vehicle_id, '[]') WITH &&,"
        " tsrange(out_at, back_at) WITH &&) WHERE (out_at IS NOT NULL)",
        "This car is still out with somebody else; have it brought back first.",
    )
    _times = models.Constraint("CHECK (stop > start)", "A drive ends after it begins.")
    _start_idx = models.Index("(company_id, start DESC)")
    _out_idx = models.Index("(company_id, stop) WHERE state = 'out'")

    # Computed fields

    @api.depends("vehicle_id")
    def _compute_product_id(self):
        for drive in self:
            drive.product_id = drive.vehicle_id.product_id or drive.product_id

    @api.depends("partner_id")
    def _compute_driver(self):
        for drive in self:
            drive.driver_name = drive.partner_id.name or drive.driver_name
            drive.driver_phone = drive.partner_id.phone or drive.driver_phone

    @api.depends("vehicle_id", "kind")
    def _compute_route_id(self):
        for drive in self:
            if drive.kind == "test" and not drive.route_id:
                drive.route_id = drive._dms_fleet_car().route_id

    @api.depends("start", "kind")
    def _compute_stop(self):
        for drive in self:
            if not drive.start or (drive.stop and drive.stop > drive.start):
                continue
            # a setting; who books need not read the store
            minutes = drive.company_id.sudo().dms_drive_minutes or 60
            if drive.kind != "test":
                minutes = 24 * 60
            drive.stop = drive.start + timedelta(minutes=minutes)

    @api.depends("stop", "kind")
    def _compute_busy_until(self):
        for drive in self:
            # a setting of the store; who books need not read settings
            buffer = drive.company_id.sudo().dms_drive_buffer
            pause = timedelta(minutes=0 if drive.kind == "blocked" else buffer)
            drive.busy_until = drive.stop and drive.stop + pause

    @api.depends("check_ids.kind", "check_ids.at", "cancelled_at", "missed_at")
    def _compute_state(self):
        for drive in self:
            times = {check.kind: check.at for check in drive.check_ids}
            drive.out_at, drive.back_at = times.get("out"), times.get("back")
            drive.state = standing(drive._facts())

    @api.depends("check_ids.odometer_km")
    def _compute_km(self):
        for drive in self:
            km = {check.kind: check.odometer_km for check in drive.check_ids}
            drive.out_km, drive.back_km = km.get("out", 0), km.get("back", 0)
            drive.driven_km = drive.back_km and drive.back_km - drive.out_km

    @api.depends("state", "stop")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for drive in self:
            drive.is_late = bool(drive.stop) and is_late(drive._facts(), now)

    @api.model
    def _search_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "=", "out")
        late &= Domain("stop", "<", fields.Datetime.now())
        return Domain.OR(late if flag else ~late for flag in value)

    @api.depends("kind")
    def _compute_needs_licence(self):
        for drive in self:
            drive.needs_licence = drive.kind != "blocked"

    @api.depends("name", "driver_name", "kind", "plate")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for drive in self:
            who = drive.driver_name or kinds.get(drive.kind)
            car = drive.plate or drive.vehicle_id.vin
            drive.display_name = " · ".join(filter(None, (who, car, drive.name)))

    def _compute_access_url(self):
        res = super()._compute_access_url()
        for drive in self:
            drive.access_url = f"/my/drives/{drive.id}"
        return res

    @api.model
    def _dms_expand_state(self, _states, _domain):
        return list(dict(STATES))

    def _facts(self):
        """Return what the core asks about this drive."""
        return Facts(
            start=self.start,
            stop=self.stop,
            out_at=self.out_at or None,
            back_at=self.back_at or None,
            cancelled_at=self.cancelled_at or None,
            missed_at=self.missed_at or None,
        )

    def _dms_fleet_car(self):
        """:return: the fleet entry by which the car serves, none if it does not"""
        cars = self.env["dms.drive.car"].search(
            [
                ("vehicle_id", "in", self.vehicle_id.ids),
                ("company_id", "in", self.company_id.ids),
            ]
        )
        return cars[:1]

    # Writing

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        self.flush_model(["state"])  # what was cancelled before is free now
        numbers = self.env["ir.sequence"].sudo()  # numbers are given, not chosen
        prepared = []
        for vals in vals_list:
            store = vals.get("company_id") or self.env.company.id
            clean = {key: vals[key] for key in vals if key not in FOLLOWS}
            clean |= {"name": numbers.with_company(store).next_by_code("dms.drive")}
            clean |= self._dms_any_car(clean, store)
            self._dms_plan(clean | {"company_id": store})._dms_check_free()
            prepared.append(clean)
        return super().create(prepared)

    def _dms_plan(self, vals):
        """:return: the drive as it would be with these values, not in the database"""
        known = {}
        if self:
            fixed = ("kind", "company_id", "vehicle_id", "start", "stop", "product_id")
            known = self._convert_to_write({name: self[name] for name in fixed})
            if "start" in vals and "stop" not in vals:
                known["stop"] = known["stop"] + (
                    fields.Datetime.to_datetime(vals["start"]) - self.start
                )
        return self.new(known | vals, origin=self or None)

    @api.model
    def _dms_any_car(self, vals, store):
        """Choose a free car of the model, where only the model was asked for."""
        if vals.get("vehicle_id") or not vals.get("product_id"):
            return {}
        draft = self.new(vals | {"company_id": store})
        free = draft._dms_free_cars()
        if not free:
            raise UserError(
                self.env._(
                    "No %(model)s is free at that time. Choose another time or model.",
                    model=draft.product_id.display_name,
                )
            )
        return {"vehicle_id": free[0].id}

    def write(self, vals):
        if not self.env.su:
            self.check_access("write")  # tells an outsider nothing
            self._check_may_write(vals)
        if PLANNED & vals.keys():
            self._dms_check_planned(vals)
        return super().write(vals)

    def _dms_check_planned(self, vals):
        self.flush_model(["state"])
        for drive in self.filtered(lambda drive: drive.state in TAKING):
            drive._dms_plan(vals)._dms_check_free()

    def _check_may_write(self, vals):
        if FOLLOWS & vals.keys():
            raise UserError(
                self.env._("Where a drive stands follows from its hand-overs.")
            )
        moved = PLANNED - {"stop"} if vals.keys() & PLANNED == {"stop"} else PLANNED
        if moved & vals.keys() and (
            fixed := self.filtered(lambda drive: drive.state != "booked")
        ):
            raise UserError(
                self.env._(
                    "%(drive)s is not to come any more: its car and times stay.",
                    drive=fixed[0].display_name,
                )
            )

    def _dms_check_free(self):
        """Say who has the car before the database refuses without a name."""
        if not (self.vehicle_id and self.start and self.stop):
            return  # the database names what is missing
        self._check_serves()
        if other := self._dms_in_the_way():
            raise ValidationError(self._taken_message(other))

    def _check_serves(self):
        if self.kind == "blocked":
            return
        serving = self.env["dms.drive.car"]._dms_serving(
            self.company_id, self.kind, self.start, self.stop
        )
        if self.vehicle_id not in serving.vehicle_id:
            kinds = dict(self._fields["kind"]._description_selection(self.env))
            raise ValidationError(
                self.env._(
                    "%(car)s does not serve as %(kind)s at that time. Enter it in the"
                    " fleet first, or choose another car.",
                    car=self.vehicle_id.display_name,
                    kind=kinds[self.kind],
                )
            )

    def _dms_in_the_way(self):
        """:return: a drive that has the same car at the same time, or none"""
        return self.search(
            [
                ("id", "!=", self._origin.id),
                ("vehicle_id", "=", self.vehicle_id.id),
                ("state", "in", TAKING),
                ("start", "<", self.busy_until),
                ("busy_until", ">", self.start),
            ],
            limit=1,
        )

    def _taken_message(self, other):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(car)s is taken from %(start)s until %(stop)s: %(who)s. Choose another"
            " time or another car.",
            car=self.vehicle_id.plate or self.vehicle_id.vin,
            start=format_datetime(self.env, other.start, dt_format="short"),
            stop=format_datetime(self.env, other.busy_until, dt_format="short"),
            who=other.driver_name or kinds[other.kind],
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A drive is cancelled, not deleted."))

    # Steps

    def action_cancel(self):
        """Give the car free again; a drive that began is brought back instead."""
        self._dms_close("cancelled_at")

    def action_miss(self):
        """Note that nobody came."""
        now = fields.Datetime.now()
        if early := self.filtered(lambda drive: drive.start > now):
            raise UserError(
                self.env._(
                    "%(drive)s has not begun yet: if it will not take place, cancel"
                    " it.",
                    drive=early[0].display_name,
                )
            )
        self._dms_close("missed_at")

    def _dms_close(self, fact):
        self.check_access("write")
        self._dms_claim()
        if gone := self.filtered(lambda drive: drive.state != "booked"):
            raise UserError(
                self.env._(
                    "%(drive)s is not to come any more.", drive=gone[0].display_name
                )
            )
        # decided above; nobody types this
        self.sudo().write({fact: fields.Datetime.now()})

    def action_open_vehicle(self):
        self.ensure_one()
        return self.vehicle_id._open("dms.vehicle", self.vehicle_id)

    def action_open_gate_pass(self):
        self.ensure_one()
        return self.gate_pass_id._get_records_action()
