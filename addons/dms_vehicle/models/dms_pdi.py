from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dms_base.models.conversation import conversation_fields

from ..inspection import verdict
from .dms_pdi_words import NOT_TO_INSPECT, PDI_STATES

EDITABLE = {"inspector_id", "note", "signature", "signed_name"}
MAX_NAMED = 10


class DmsPdi(models.Model):
    """The inspection of one car before it goes to its customer (PDI).

    Its items are copied from the templates when it starts. Once signed it stays as it
    is; a failed car gets another PDI with what had failed.
    """

    _name = "dms.pdi"
    _description = "PDI"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "vin"

    vehicle_id = fields.Many2one(
        "dms.vehicle", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(default=None, readonly=True)
    vin = fields.Char("VIN", related="vehicle_id.vin", store=True)
    product_id = fields.Many2one(related="vehicle_id.product_id", string="Model")
    vehicle_state = fields.Selection(related="vehicle_id.state", string="Car Is")
    state = fields.Selection(
        PDI_STATES,
        required=True,
        default="open",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand="_dms_expand_state",
    )
    is_current = fields.Boolean(
        "Counts",
        default=True,
        readonly=True,
        copy=False,
        help="Counts for the next delivery. When the car leaves for its customer or "
        "its manufacturer, its PDIs are history.",
    )
    previous_id = fields.Many2one(
        "dms.pdi",
        "Repeats",
        readonly=True,
        index="btree_not_null",
        help="The failed PDI whose failed items are checked again.",
    )
    inspector_id = fields.Many2one(
        "res.users", index="btree_not_null", tracking=True, copy=False
    )
    item_ids = fields.One2many("dms.pdi.item", "pdi_id", "Checks")
    note = fields.Text("Remarks")
    signature = fields.Binary("Signature of the Inspector", copy=False)
    signed_name = fields.Char("Signed As", copy=False)
    signed_at = fields.Datetime("Signed", readonly=True, copy=False)
    total_count = fields.Integer("Checks in All", compute="_compute_counts")
    open_count = fields.Integer("Still to Check", compute="_compute_counts")
    defect_count = fields.Integer("Defects", compute="_compute_counts")
    progress = fields.Integer("Progress (%)", compute="_compute_counts")

    _one_open = models.UniqueIndex(
        "(vehicle_id) WHERE state = 'open'",
        lambda env, diag: env._(
            "This car has an open PDI already; finish or cancel that one."
        ),
    )
    _state_idx = models.Index("(company_id, state, id DESC)")
    _current_idx = models.Index("(vehicle_id, id DESC) WHERE is_current")

    @api.depends("vin", "signed_at")
    def _compute_display_name(self):
        for pdi in self:
            day = fields.Date.to_string(pdi.signed_at)
            pdi.display_name = " · ".join(filter(None, ["PDI", pdi.vin, day]))

    @api.depends("item_ids.result")
    def _compute_counts(self):
        groups = self.env["dms.pdi.item"]._read_group(
            [("pdi_id", "in", self.ids)], ["pdi_id", "result"], ["__count"]
        )
        numbers = {(pdi.id, result): count for pdi, result, count in groups}
        for pdi in self:
            counts = {
                result: numbers.get((pdi._origin.id, result), 0)
                for result in ("ok", "defect", "na", False)
            }
            pdi.total_count = sum(counts.values())
            pdi.open_count = counts[False]
            pdi.defect_count = counts["defect"]
            done = pdi.total_count - pdi.open_count
            pdi.progress = 100 * done // (pdi.total_count or 1)

    # Starting

    @api.model_create_multi
    def create(self, vals_list):
        cars = self.env["dms.vehicle"]._dms_named_in(vals_list)
        self._check_can_start(cars)
        pdis = super().create(
            [
                self._prepare_start(vals, car)
                for vals, car in zip(vals_list, cars, strict=True)
            ]
        )
        pdis._fill_items()
        return pdis

    @api.model
    def _prepare_start(self, vals, car):
        fixed = {"company_id": car.company_id.id, "state": "open", "is_current": True}
        return vals | fixed

    @api.model
    def _check_can_start(self, cars):
        cars.check_access("read")
        for car in cars.filtered(lambda car: car.state in NOT_TO_INSPECT):
            states = dict(car._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "VIN %(vin)s cannot be inspected: %(state)s. A PDI is for cars that"
                    " are here.",
                    vin=car.vin,
                    state=states[car.state],
                )
            )
        self._check_none_open(cars)

    @api.model
    def _check_none_open(self, cars):
        # whoever asks, one car is not inspected twice at a time
        taken = self.sudo().search(
            [("vehicle_id", "in", cars.ids), ("state", "=", "open")]
        )
        if taken:
            raise UserError(
                self.env._(
                    "VIN %(vins)s: an open PDI is there already; finish or cancel it.",
                    vins=", ".join(taken.mapped("vin")),
                )
            )

    def _fill_items(self):
        """Give each PDI its items: those that failed before, else its templates'."""
        again = self.filtered("previous_id")
        for pdi in again:
            pdi.previous_id._failed_items()._copy_to(pdi)
        first = self - again
        by_car = self.env["dms.pdi.template"]._items_by_car(first.vehicle_id)
        items = self.env["dms.pdi.item"].sudo()  # they come from the templates alone
        items.create(
            [
                item._prepare_pdi_item(pdi)
                for pdi in first
                for item in by_car[pdi.vehicle_id]
            ]
        )._take_words()

    def _failed_items(self):
        return self.item_ids.filtered(lambda item: item._is_failure())

    # Writing

    def write(self, vals):
        self._check_may_write(vals)
        return super().write(vals)

    def _check_may_write(self, vals):
        changed = set(vals) - conversation_fields(self.env)
        if self.env.su or not changed:
            return
        self.check_access("write")
        if changed - EDITABLE - {"item_ids"}:
            raise UserError(self.env._("A PDI is started and finished by its buttons."))
        self._check_open()

    def _check_open(self):
        for pdi in self.filtered(lambda pdi: pdi.state != "open"):
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(pdi)s is %(state)s and cannot be changed. Start a new PDI"
                    " instead.",
                    pdi=pdi.display_name,
                    state=states[pdi.state],
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A PDI is cancelled, never deleted."))

    # Finishing

    def action_finish(self):
        """Sign: from now on nothing of it can be changed."""
        for pdi in self:
            pdi.check_access("write")
            pdi._check_open()
            pdi._check_ready()
            pdi._finish()
        return True

    def _check_ready(self):
        if lines := self.item_ids._open_problems():
            raise UserError(
                self.env._(
                    "%(pdi)s cannot be signed yet:\n%(problems)s",
                    pdi=self.display_name,
                    problems="\n".join(lines[:MAX_NAMED]),
                )
            )
        if not self.signature:
            raise UserError(self.env._("Sign the PDI first, below its checks."))

    def _finish(self):
        result = verdict(self.item_ids._facts())
        if result == "incomplete":
            raise UserError(self.env._("This PDI has no checks with a result."))
        self.sudo().write(
            {
                "state": result,
                "signed_at": fields.Datetime.now(),
                "signed_name": self.signed_name or self.env.user.name,
                "inspector_id": self.inspector_id.id or self.env.uid,
            }
        )
        # a new PDI of the car may start at once, which the unique index must allow
        self.flush_recordset()
        self.vehicle_id._dms_record(f"vehicle.pdi_{result}", document=self)

    def action_cancel(self):
        self.check_access("write")
        self._check_open()
        self._dms_cancel()
        return True

    def _dms_cancel(self):
        # its state follows from steps; nobody writes it himself
        self.sudo().write({"state": "cancelled"})
        self.flush_recordset()

    def action_take(self):
        """Make the user the inspector, and open what he has to check."""
        self.ensure_one()
        if self.inspector_id != self.env.user:
            name = self.env.user.name
            self.write({"inspector_id": self.env.uid, "signed_name": name})
        return self._get_records_action()

    def action_repeat(self):
        """Start the PDI that checks again what has failed in this one."""
        self.ensure_one()
        if self.state != "failed" or not self.is_current:
            raise UserError(self.env._("Only a failed PDI is repeated."))
        again = self.create({"vehicle_id": self.vehicle_id.id, "previous_id": self.id})
        return again._get_records_action()

    def action_open_vehicle(self):
        self.ensure_one()
        return self.vehicle_id._get_records_action(context={})
