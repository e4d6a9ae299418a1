from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..gate import (
    CodeError,
    Slip,
    is_code,
    is_late,
    new_code,
    parse_code,
    shown,
    state_of,
)
from .dms_gate_states import (
    FOR_GOOD,
    HOURS_AWAY,
    HOURS_VALID,
    PASS_STATES,
    REASONS,
)

STAFF = "dms_base.group_dms_user"
# what may change while the pass was not used, and while the car is out
OPEN_FIELDS = {
    "issued": {
        "driver_id",
        "driver_name",
        "driver_phone",
        "valid_until",
        "back_by",
        "note",
    },
    "out": {"back_by", "note"},
}


class DmsGatePass(models.Model):
    """Lets one car out of the gate once, and back in if it must come back.

    How it stands follows from the checks of the guard; nobody types it. A guard sees
    what stands on the paper: the car, the driver, the reason, the time.
    """

    _name = "dms.gate.pass"
    _description = "Gate Pass"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "vin", "plate", "code"]

    name = fields.Char("Number", readonly=True, copy=False)
    code = fields.Char(
        readonly=True,
        copy=False,
        help="Stands on the paper and in its QR code; nobody can guess it.",
    )
    reason = fields.Selection(REASONS, required=True, default="test_drive")
    vehicle_id = fields.Many2one(
        "dms.vehicle",
        required=True,
        index=True,
        ondelete="restrict",
        copy=False,
        groups=STAFF,
    )
    vin = fields.Char("VIN", readonly=True, index=True, help="As it was at that time.")
    plate = fields.Char(readonly=True)
    model_name = fields.Char("Model", readonly=True)
    picking_id = fields.Many2one(
        "stock.picking",
        "Stock Move",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        groups=STAFF,
        help="By which the car left the stock: needed for a car that leaves for good.",
    )
    driver_id = fields.Many2one("res.partner", "Known Driver", groups=STAFF)
    driver_name = fields.Char(
        "Driver",
        compute="_compute_driver",
        store=True,
        readonly=False,
        precompute=True,
        help="The guard sees this name; numbers of identity cards are not kept.",
    )
    driver_phone = fields.Char(
        "Driver's Phone",
        compute="_compute_driver",
        store=True,
        readonly=False,
        precompute=True,
    )
    valid_from = fields.Datetime(required=True, default=fields.Datetime.now)
    valid_until = fields.Datetime(
        compute="_compute_valid_until",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Until then the car may leave.",
    )
    must_return = fields.Boolean(
        "Comes Back",
        compute="_compute_must_return",
        store=True,
        precompute=True,
        help="A car that is delivered, transferred or returned to the OEM does not.",
    )
    back_by = fields.Datetime(
        compute="_compute_back_by",
        store=True,
        readonly=False,
        precompute=True,
        help="The car is late from then on, and whoever issued the pass is told.",
    )
    note = fields.Char("Remark")
    issued_by_id = fields.Many2one("res.users", "Issued by", readonly=True, copy=False)
    check_ids = fields.One2many(
        "dms.gate.check", "pass_id", "Gate Checks", readonly=True
    )
    cancelled_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    cancelled_at = fields.Datetime("Cancelled on", readonly=True, copy=False)
    is_expired = fields.Boolean(readonly=True, copy=False)
    state = fields.Selection(
        PASS_STATES,
        compute="_compute_state",
        store=True,
        precompute=True,
        tracking=True,
        group_expand="_dms_expand_state",
    )
    left_at = fields.Datetime(
        "Left on", compute="_compute_state", store=True, precompute=True
    )
    returned_at = fields.Datetime(
        "Back on", compute="_compute_state", store=True, precompute=True
    )
    exit_km = fields.Integer("Odometer Out (km)", compute="_compute_km")
    return_km = fields.Integer("Odometer Back (km)", compute="_compute_km")
    driven_km = fields.Integer("Driven (km)", compute="_compute_km")
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_late")
    code_shown = fields.Char("Code on the Paper", compute="_compute_code_shown")
    may_cancel = fields.Boolean(compute="_compute_may_cancel")

    _code_uniq = models.UniqueIndex("(code)", "This code is taken.")
    _open_uniq = models.UniqueIndex(
        "(vehicle_id) WHERE state = 'issued' OR (state = 'out' AND must_return)",
        lambda env, diag: env["dms.gate.pass"]._open_message(diag),
    )
    _document_uniq = models.UniqueIndex(
        "(picking_id, vehicle_id)"
        " WHERE picking_id IS NOT NULL AND state IN ('issued', 'out')",
        "This car already has a gate pass by this stock move.",
    )
    _state_idx = models.Index("(company_id, state, id DESC)")
    _times = models.Constraint(
        "CHECK (valid_until > valid_from)", "A pass ends after it begins."
    )
    _back = models.Constraint(
        "CHECK (NOT must_return OR (back_by IS NOT NULL AND back_by > valid_from))",
        "Say until when the car must be back; that is after the pass begins.",
    )

    # Computed fields

    @api.depends("driver_id")
    def _compute_driver(self):
        for one in self:
            # to name the driver, and nothing else of him
            driver = one.sudo().driver_id
            one.driver_name = driver.name or one.driver_name
            one.driver_phone = driver.phone or one.driver_phone

    @api.depends("valid_from")
    def _compute_valid_until(self):
        for one in self:
            one.valid_until = one._hours_on(HOURS_VALID)

    @api.depends("reason")
    def _compute_must_return(self):
        for one in self:
            one.must_return = one.reason not in FOR_GOOD

    @api.depends("reason", "valid_from")
    def _compute_back_by(self):
        for one in self:
            hours = HOURS_AWAY.get(one.reason)
            one.back_by = hours and one._hours_on(hours)

    def _hours_on(self, hours):
        return (self.valid_from or fields.Datetime.now()) + timedelta(hours=hours)

    @api.depends("check_ids.kind", "check_ids.at", "cancelled_at", "is_expired")
    def _compute_state(self):
        now = fields.Datetime.now()
        for one in self:
            times = {check.kind: check.at for check in one.check_ids}
            one.left_at = times.get("exit")
            one.returned_at = times.get("return")
            one.state = state_of(one._slip(), now)

    @api.depends("check_ids.odometer_km")
    def _compute_km(self):
        for one in self:
            km = {check.kind: check.odometer_km for check in one.check_ids}
            one.exit_km, one.return_km = km.get("exit", 0), km.get("return", 0)
            both = one.exit_km and one.return_km
            one.driven_km = both and one.return_km - one.exit_km

    @api.depends("state", "back_by")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for one in self:
            one.is_late = is_late(one._slip(), now)

    @api.model
    def _search_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "=", "out") & Domain("must_return", "=", True)
        late &= Domain("back_by", "<", fields.Datetime.now())
        return Domain.OR(late if flag else ~late for flag in value)

    @api.depends("code")
    def _compute_code_shown(self):
        for one in self:
            one.code_shown = shown(one.code or "")

    @api.depends("state", "issued_by_id")
    @api.depends_context("uid")
    def _compute_may_cancel(self):
        for one in self:
            one.may_cancel = one.state == "issued" and one._is_mine()

    @api.depends("name", "vin")
    def _compute_display_name(self):
        for one in self:
            one.display_name = " · ".join(filter(None, (one.name, one.vin)))

    @api.model
    def _search_display_name(self, operator, value):
        """A scanner types the whole address of a pass, or a guard its code."""
        text = value if isinstance(value, str) else ""
        if operator in ("ilike", "=", "like") and is_code(text):
            return Domain("code", "=", parse_code(text))
        return super()._search_display_name(operator, value)

    def _slip(self):
        """Return what the core asks about this pass."""
        return Slip(
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            back_by=self.back_by if self.must_return else None,
            left_at=self.left_at or None,
            returned_at=self.returned_at or None,
            is_cancelled=bool(self.cancelled_at),
        )

    # Writing

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        cars = self.env["dms.vehicle"].browse(
            vals.get("vehicle_id") for vals in vals_list
        )
        self._expire(cars)
        self._check_free(vals_list)
        passes = super().create(
            [
                vals | self._prepare_issued(car, vals)
                for vals, car in zip(vals_list, cars, strict=True)
            ]
        )
        passes._check_may_issue()
        return passes

    @api.model
    def _prepare_issued(self, car, vals):
        """What the paper says of the car is written down as it is at this moment."""
        store = vals.get("company_id") or self.env.company.id
        # checked by ``_check_may_issue``; here it only names what it is about
        known = car.sudo()
        numbers = self.env["ir.sequence"].sudo().with_company(store)
        return {
            "company_id": store,
            "name": numbers.next_by_code("dms.gate.pass"),
            "code": new_code(),
            "vin": known.vin,
            "plate": known.plate,
            "model_name": known._dms_model_name() or known.vin_maker,
            "issued_by_id": self.env.uid,
            "cancelled_by_id": False,
            "cancelled_at": False,
            "is_expired": False,
        }

    def write(self, vals):
        self._check_may_write(vals)
        return super().write(vals)

    def _check_may_write(self, vals):
        if self.env.su:
            return
        self.check_access("write")  # tells an outsider nothing
        for one in self:
            if set(vals) - OPEN_FIELDS.get(one.state, set()):
                raise UserError(
                    self.env._(
                        "Gate pass %(name)s was issued and stays as it is. Cancel it"
                        " and issue another.",
                        name=one.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A gate pass is cancelled, not deleted."))

    @api.model
    def _check_free(self, vals_list):
        """Say which pass is in the way before an index refuses without its name."""
        cars = [vals.get("vehicle_id") for vals in vals_list]
        if len(set(cars)) < len(cars):
            raise UserError(self.env._("The same car stands there twice."))
        # whoever issues a pass may know which one is in his way
        known = self.sudo()
        mine = Domain("vehicle_id", "in", cars)
        if taken := known.search(mine & self._open_domain(), limit=1):
            raise UserError(known._refuse_second(taken.vehicle_id))
        pickings = [vals["picking_id"] for vals in vals_list if vals.get("picking_id")]
        left = Domain("picking_id", "in", pickings) & Domain("state", "=", "out")
        if used := known.search(mine & left, limit=1):
            raise UserError(used._used_message())

    def _used_message(self):
        return self.env._(
            "%(vin)s already left by %(picking)s (gate pass %(name)s): a stock move"
            " gives one gate pass.",
            vin=self.vin,
            picking=self.picking_id.name,
            name=self.name,
        )

    @api.model
    def _open_message(self, diagnostics):
        detail = (diagnostics and diagnostics.message_detail) or ""
        car_id = detail.partition("=(")[2].partition(")")[0]
        # whoever issues a pass may know which one is in his way
        known = self.sudo().with_context(active_test=False)
        car = known.env["dms.vehicle"].browse(int(car_id) if car_id.isdigit() else [])
        return known._refuse_second(car)

    @api.model
    def _refuse_second(self, car):
        mine = Domain("vehicle_id", "in", car.ids) & self._open_domain()
        holder = self.search(mine, limit=1)
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(vin)s already has a gate pass: %(name)s (%(state)s), issued by"
            " %(user)s. Cancel it, or have the car taken back at the gate first.",
            vin=car.vin or self.env._("This car"),
            name=holder.name or "",
            state=states.get(holder.state, ""),
            user=holder.issued_by_id.name or "",
        )

    @api.model
    def _open_domain(self):
        out = Domain("state", "=", "out") & Domain("must_return", "=", True)
        return Domain("state", "=", "issued") | out

    # Life

    def _is_mine(self):
        """:return: whether the user issued this pass, or leads those who do"""
        manager = self.env.user.has_group("dms_base.group_dms_sales_manager")
        return manager or self.issued_by_id == self.env.user

    def cancel(self):
        """Take back passes that were not used; doing it twice changes nothing.

        :raise UserError: if the car has left by one of them
        """
        self.check_access("write")
        self._dms_claim()
        for one in self:
            one._check_may_cancel()
        fresh = self.filtered(lambda one: not one.cancelled_at)
        # decided above; what follows is written for him
        fresh.sudo().write(
            {"cancelled_by_id": self.env.uid, "cancelled_at": fields.Datetime.now()}
        )

    def _check_may_cancel(self):
        if self.state in ("out", "returned"):
            raise UserError(
                self.env._(
                    "%(vin)s has left by gate pass %(name)s; it cannot be cancelled.",
                    vin=self.vin,
                    name=self.name,
                )
            )
        if self.state != "cancelled" and not (self.env.su or self._is_mine()):
            raise AccessError(
                self.env._(
                    "Only who issued gate pass %(name)s, or a manager, cancels it.",
                    name=self.name,
                )
            )

    @api.model
    def _expire(self, cars=None):
        """Close passes whose time is over: of these cars, or of all."""
        over = Domain("state", "=", "issued")
        over &= Domain("valid_until", "<", fields.Datetime.now())
        if cars is not None:
            over &= Domain("vehicle_id", "in", cars.ids)
        # time decides this, not the rights of who happens to look
        self.sudo().search(over).write({"is_expired": True})

    # Actions

    def action_cancel(self):
        self.cancel()
        return True

    def action_print(self):
        return self.env.ref("dms_vehicle.dms_gate_pass_report").report_action(self)

    def action_open_gate(self):
        """Open the guard's page of this pass."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self._path(), "target": "new"}

    def action_open_vehicle(self):
        self.ensure_one()
        return self.vehicle_id._open("dms.vehicle", self.vehicle_id)

    def _path(self):
        return f"/dms/gate/{self.code}"

    @api.model
    def _find_by_code(self, text):
        """Return the pass of a code as sudo, whichever store issued it, or none."""
        try:
            code = parse_code(text)
        except CodeError:
            return self.sudo().browse()
        # the page says what it is to nobody but those of the store
        return self.sudo().search([("code", "=", code)], limit=1)
