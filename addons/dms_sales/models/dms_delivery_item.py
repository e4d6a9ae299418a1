from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .dms_delivery_words import (
    CONDITIONS,
    ITEM_STATES,
    KINDS,
    PHASES,
    ROLES,
    role_group,
)

OPEN_FIELDS = {"note", "photo_ids"}


class DmsDeliveryItem(models.Model):
    """One line of a checklist: proven by documents, or ticked by a role."""

    _name = "dms.delivery.item"
    _description = "Item of a Delivery"
    _inherit = ["dms.store.mixin", "dms.photo.mixin"]
    _order = "phase, sequence, id"

    delivery_id = fields.Many2one(
        "dms.delivery", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="delivery_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    step_id = fields.Many2one("dms.delivery.step", readonly=True, ondelete="set null")
    sequence = fields.Integer(readonly=True)
    name = fields.Char(required=True, translate=True, readonly=True)
    hint = fields.Char("How", translate=True, readonly=True)
    kind = fields.Selection(KINDS, "Proof", required=True, readonly=True)
    phase = fields.Selection(PHASES, "When", required=True, readonly=True)
    condition = fields.Selection(CONDITIONS, required=True, readonly=True)
    role = fields.Selection(ROLES, "Who Solves It", required=True, readonly=True)
    needs_note = fields.Boolean("Note Needed", readonly=True)
    needs_photo = fields.Boolean("Photo Needed", readonly=True)
    is_ticked = fields.Boolean("Ticked", readonly=True, copy=False)
    ticked_by_id = fields.Many2one("res.users", "Ticked by", readonly=True, copy=False)
    ticked_at = fields.Datetime("Ticked on", readonly=True, copy=False)
    note = fields.Char(copy=False)
    # declared again, so that its table goes with this addon
    photo_ids = fields.Many2many("ir.attachment")
    settled = fields.Selection(
        ITEM_STATES,
        "At Delivery",
        readonly=True,
        copy=False,
        help="How it stood when the car was handed over.",
    )
    state = fields.Selection(ITEM_STATES, "Status", compute="_compute_state")
    missing = fields.Char("What Is Missing", compute="_compute_state")
    is_open_delivery = fields.Boolean(compute="_compute_is_open_delivery")

    @api.depends("is_ticked", "settled", "kind", "condition")
    @api.depends_context("lang")
    def _compute_state(self):
        for item in self:
            text, _record = item._dms_missing()
            item.missing = text
            item.state = item._dms_state(text)

    def _dms_state(self, text):
        if self.settled:
            return self.settled
        if not self._dms_counts():
            return "not_needed"
        return "open" if text else "done"

    @api.depends("delivery_id.state")
    def _compute_is_open_delivery(self):
        for item in self:
            item.is_open_delivery = item.delivery_id.state == "open"

    def _dms_counts(self):
        """:return: whether what the deal sells makes this step necessary"""
        return self.condition in self.delivery_id._dms_conditions()

    def _dms_missing(self):
        """:return: what is missing, False for nothing, and the record to solve it at"""
        if self.settled or not self.delivery_id or not self._dms_counts():
            return False, None
        if self.kind == "manual":
            return False if self.is_ticked else self.name, self.delivery_id
        return getattr(self.delivery_id, f"_dms_missing_{self.kind}")()

    def _dms_who(self):
        """:return: the consultant of the deal, or the group of the role"""
        if self.role == "sales_consultant" and self.delivery_id.user_id:
            return self.delivery_id.user_id
        return role_group(self.env, self.role)

    def _take_words(self):
        """Take the words of the steps over in every language, with one statement."""
        if not self:
            return
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                "UPDATE dms_delivery_item i SET name = s.name, hint = s.hint"
                " FROM dms_delivery_step s"
                " WHERE s.id = i.step_id AND i.id IN %s RETURNING i.id",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["name", "hint"])

    # Writing

    def write(self, vals):
        if not self.env.su and set(vals) - OPEN_FIELDS:
            raise UserError(self.env._("Items are ticked by their buttons."))
        if not self.env.su:
            self._check_open()
        return super().write(vals)

    def _check_open(self):
        self.check_access("write")
        for item in self.filtered(lambda one: one.delivery_id.state != "open"):
            raise UserError(
                self.env._(
                    "%(delivery)s is over: its checklist stays as it is.",
                    delivery=item.delivery_id.display_name,
                )
            )

    @api.model
    def _dms_may_tick(self, role):
        user = self.env.user
        return (
            self.env.su
            or user.has_group(f"dms_base.group_dms_{role}")
            or user.has_group("dms_base.group_dms_store_manager")
        )

    def action_tick(self):
        """Say that it is there.

        :raise AccessError: naming the role that may
        :raise UserError: where documents prove it, or note or photo lack
        """
        for item in self:
            item._check_open()
            item._check_tick()
            item._check_evidence()
        # the role was checked; nobody writes ticks by hand
        self.sudo().write(
            {
                "is_ticked": True,
                "ticked_by_id": self.env.uid,
                "ticked_at": fields.Datetime.now(),
            }
        )

    def action_untick(self):
        """Take a tick back."""
        for item in self:
            item._check_open()
            item._check_tick()
        # see ``action_tick``
        self.sudo().write(
            {"is_ticked": False, "ticked_by_id": False, "ticked_at": False}
        )

    def _check_tick(self):
        if self.kind != "manual":
            raise UserError(
                self.env._(
                    "“%(item)s” is proven by its document, nobody ticks it.",
                    item=self.name,
                )
            )
        if not self._dms_may_tick(self.role):
            roles = dict(self._fields["role"]._description_selection(self.env))
            raise AccessError(
                self.env._(
                    "“%(item)s” is ticked by: %(role)s.",
                    item=self.name,
                    role=roles[self.role],
                )
            )

    def _check_evidence(self):
        if self.needs_note and not (self.note or "").strip():
            raise UserError(
                self.env._("“%(item)s” needs a note: write it first.", item=self.name)
            )
        if self.needs_photo and not self.photo_ids:
            raise UserError(
                self.env._("“%(item)s” needs a photo: take it first.", item=self.name)
            )

    def action_details(self):
        """Open the item to add its note and photos."""
        self.ensure_one()
        return self._get_records_action(target="new")

    def _dms_photos_fixed(self):
        return self.filtered(lambda item: item.delivery_id.state != "open")
