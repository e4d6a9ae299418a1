from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..keybox import after, plate_problem
from .dms_key_states import KEY_KINDS, KEY_STATES
from .dms_key_text import plate_refusal
from .dms_vehicle_states import STATES as CAR_STATES

FOLLOWS = {"state", "holder_id", "since", "due_at", "pass_id"}
FOLLOWS |= {"arrival", "came_from_id", "went_to_ids"}
IDENTITY = {"vehicle_id", "kind", "company_id"}


class DmsKeyItem(models.Model):
    """A key, a plate or what else goes with a car; where it is follows from its moves.

    A plate of the store (trade plate) belongs to no car.
    """

    _name = "dms.key.item"
    _description = "Key or Plate"
    _inherit = ["dms.store.mixin", "mail.thread"]
    _order = "vehicle_id desc, kind, id"
    _rec_names_search = ["vin", "label", "hook"]

    kind = fields.Selection(KEY_KINDS, required=True, default="key1")
    label = fields.Char(
        "Number or Label",
        copy=False,
        help="What stands on it: the number of a plate or of a key tag.",
    )
    vehicle_id = fields.Many2one(
        "dms.vehicle",
        "Car",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty for a plate that goes with any car of the store.",
    )
    vin = fields.Char(
        "VIN", related="vehicle_id.vin", store=True, precompute=True, index=True
    )
    plate = fields.Char(compute="_compute_car", compute_sudo=True)
    model_id = fields.Many2one(related="vehicle_id.product_id", string="Model")
    vehicle_state = fields.Selection(
        CAR_STATES, "Car Status", compute="_compute_car", compute_sudo=True
    )
    hook = fields.Char(help="Where in the cabinet it hangs, for example B-12.")
    valid_from = fields.Date("Holds from", help="First day of a plate.")
    valid_until = fields.Date("Holds until", help="Last day of a plate.")
    note = fields.Char("Remark")
    active = fields.Boolean(default=True)
    move_ids = fields.One2many("dms.key.move", "item_id", "Moves", readonly=True)
    state = fields.Selection(
        KEY_STATES,
        compute="_compute_state",
        store=True,
        precompute=True,
        tracking=True,
        group_expand="_dms_expand_state",
    )
    holder_id = fields.Many2one(
        "res.partner",
        "Who Has It",
        compute="_compute_state",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    since = fields.Datetime(
        "There Since", compute="_compute_state", store=True, precompute=True
    )
    due_at = fields.Datetime(
        "Due Back", compute="_compute_state", store=True, precompute=True
    )
    pass_id = fields.Many2one(
        "dms.gate.pass",
        "Gate Pass",
        compute="_compute_state",
        store=True,
        precompute=True,
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    is_void = fields.Boolean(
        "No Longer Valid", compute="_compute_is_void", search="_search_is_void"
    )

    _car_kind_uniq = models.UniqueIndex(
        "(company_id, vehicle_id, kind, COALESCE(label, ''))"
        " WHERE vehicle_id IS NOT NULL AND active AND state != 'lost'",
        "This car already has such a key; give it another label.",
    )
    _state_idx = models.Index("(company_id, state, due_at)")
    _days = models.Constraint(
        "CHECK (valid_until IS NULL OR valid_from IS NULL"
        " OR valid_until >= valid_from)",
        "The last day is not before the first.",
    )

    # Computed fields

    @api.depends(
        "company_id", "vehicle_id.company_id", "vehicle_id.plate", "vehicle_id.state"
    )
    def _compute_car(self):
        """What the car is now, while it is here; not what becomes of it elsewhere."""
        for key in self:
            here = key.company_id == key.vehicle_id.company_id
            key.plate = here and key.vehicle_id.plate
            key.vehicle_state = here and key.vehicle_id.state

    @api.depends("move_ids.step")
    def _compute_state(self):
        for key in self:
            last = key.move_ids.sorted("id")[-1:]
            key.state = after(last.step) if last else "cabinet"
            key.holder_id = last.to_partner_id
            key.since = last.at
            key.due_at = last.due_at
            key.pass_id = last.pass_id

    @api.depends("state", "due_at")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for key in self:
            key.is_overdue = bool(
                key.state == "out" and key.due_at and key.due_at < now
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("state", "=", "out")
        overdue &= Domain("due_at", "<", fields.Datetime.now())
        return Domain.OR(overdue if flag else ~overdue for flag in value)

    @api.depends("valid_until")
    @api.depends_context("tz")
    def _compute_is_void(self):
        today = fields.Date.context_today(self)
        for key in self:
            key.is_void = bool(key.valid_until and key.valid_until < today)

    @api.model
    def _search_is_void(self, operator, value):
        if operator != "in":
            return NotImplemented
        void = Domain("valid_until", "<", fields.Date.context_today(self))
        return Domain.OR(void if flag else ~void for flag in value)

    @api.depends("kind", "label", "vin")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for key in self:
            parts = (kinds.get(key.kind), key.label, key.vin)
            key.display_name = " · ".join(filter(None, parts))

    def _dms_clock(self, moment):
        here = fields.Datetime.context_timestamp(self, moment)
        return here.strftime("%Y-%m-%d %H:%M")

    # Writing

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        self.flush_model(["state"])  # of a lost key there may be a new one
        prepared = [
            {name: value for name, value in vals.items() if name not in FOLLOWS}
            for vals in vals_list
        ]
        keys = super().create(prepared)
        keys._check_car()
        return keys

    def write(self, vals):
        if not self.env.su:
            self.check_access("write")  # tells an outsider nothing
            self._check_may_write(vals)
        return super().write(vals)

    def _check_may_write(self, vals):
        if FOLLOWS & vals.keys():
            raise UserError(
                self.env._(
                    "Where a key is follows from its moves; take it out or back."
                )
            )
        # whether there is a history counts, whoever may read it
        if IDENTITY & vals.keys() and self.sudo().move_ids:
            raise UserError(
                self.env._("This key has a history: archive it and enter another.")
            )
        if vals.get("active") is False:
            self._check_none_out()

    def _check_none_out(self):
        if out := self.filtered(lambda key: key.state == "out"):
            raise UserError(
                self.env._(
                    "%(key)s is out; have it brought back first.",
                    key=out[0].display_name,
                )
            )

    def _check_car(self):
        """A key hangs in the store that has, or expects, its car."""
        # the car may have left for a store that the user cannot read
        for key in self.sudo().filtered("vehicle_id"):
            if key.vehicle_id.company_id != key.company_id:
                raise UserError(
                    self.env._(
                        "%(vin)s does not belong to %(store)s; its keys are entered in"
                        " its own store.",
                        vin=key.vin,
                        store=key.company_id.name,
                    )
                )

    @api.constrains("kind", "valid_from", "valid_until", "vehicle_id", "label")
    def _check_plate(self):
        for key in self.filtered(lambda key: key.kind == "temp_plate"):
            if not key.vehicle_id or not key.label:
                raise UserError(
                    self.env._("A temporary plate has a number and belongs to one car.")
                )
            code = plate_problem(
                key.valid_from, key.valid_until, key._count_other_plates()
            )
            if code:
                raise UserError(plate_refusal(self.env, code, key.label))

    def _count_other_plates(self):
        # those that another store got for the car count too, and so do lost ones;
        # one that went from store to store is the same plate
        plates = self.sudo().with_context(active_test=False)
        return len(
            plates._read_group(
                [
                    ("vehicle_id", "=", self.vehicle_id.id),
                    ("kind", "=", "temp_plate"),
                    ("label", "!=", self.label),
                ],
                ["label"],
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unused(self):
        # whether there is a history counts, whoever may read it
        if used := self.sudo().filtered("move_ids"):
            raise UserError(
                self.env._(
                    "%(key)s has a history and stays; archive it.",
                    key=used[0].display_name,
                )
            )

    @api.model
    def _dms_make(self, cars, kinds):
        """Enter what cars have and what is not entered yet; once more changes nothing.

        :param cars: ``dms.vehicle`` of one store
        :param kinds: of ``KEY_KINDS``
        :return: the new items
        """
        known = {
            (car.id, kind)
            for car, kind in self._read_group(
                [
                    ("vehicle_id", "in", cars.ids),
                    ("company_id", "in", cars.company_id.ids),
                ],
                ["vehicle_id", "kind"],
            )
        }
        return self.create(
            [
                {"vehicle_id": car.id, "kind": kind, "company_id": car.company_id.id}
                for car in cars
                for kind in kinds
                if (car.id, kind) not in known
            ]
        )

    # Actions

    def action_take(self):
        return self._action_step("take")

    def action_hand_over(self):
        return self._action_step("hand_over")

    def action_lose(self):
        return self._action_step("lose")

    def action_return(self):
        """Hang the keys back, each at its hook."""
        self.bring_back()
        return True

    def action_find(self):
        self.find_again()
        return True

    def _action_step(self, step):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_key_step_action"
        )
        steps = dict(
            self.env["dms.key.step"]._fields["step"]._description_selection(self.env)
        )
        context = {
            "default_step": step,
            "default_key_ids": [fields.Command.set(self.ids)],
        }
        return dict(action, name=steps[step], context=context)

    def action_open_vehicle(self):
        self.ensure_one()
        return self.vehicle_id._open("dms.vehicle", self.vehicle_id)
