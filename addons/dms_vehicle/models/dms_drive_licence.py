from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.dms_base.fields import Encrypted
from odoo.addons.dms_base.identity import resident_number

from ..drives import classes_of, licence_problem
from .dms_drive_states import RECEPTION, SALES
from .dms_drive_text import licence_refusal


class DmsDriveLicence(models.Model):
    """The driving licence of a person, as somebody of the store has seen it.

    Its number is that of the identity card and encrypted; the photo is seen by those
    who hand cars over, and by nobody else.
    """

    _name = "dms.drive.licence"
    _description = "Driving Licence"
    _inherit = ["dms.store.mixin", "dms.photo.mixin"]
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        "Holder",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    number = Encrypted(
        "Licence Number",
        normalise="_dms_normalise_number",
        help="18 characters, the same as on the identity card. It is encrypted;"
        " everybody sees the first and the last four characters.",
    )
    classes = fields.Char(
        required=True,
        help="As they stand on the licence: C1, C2, A2D.",
    )
    valid_until = fields.Date("Valid until", help="Empty: valid for ever.")
    photo_ids = fields.Many2many("ir.attachment", "dms_drive_licence_photo_rel")
    is_checked = fields.Boolean(
        "Seen in the Original", readonly=True, copy=False, compute="_compute_is_checked"
    )
    checked_at = fields.Datetime("Seen on", readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", "Seen by", readonly=True, copy=False)

    _holder_uniq = models.UniqueIndex(
        "(company_id, partner_id)", "The licence of this person is entered already."
    )

    @api.depends("checked_at")
    def _compute_is_checked(self):
        for licence in self:
            licence.is_checked = bool(licence.checked_at)

    def _dms_normalise_number(self, value):
        try:
            return resident_number(value)
        except ValueError:
            raise ValidationError(
                self.env._(
                    "This is not the number of a driving licence. Compare all 18"
                    " characters with the licence; the last one may be an X."
                )
            ) from None

    @api.constrains("classes")
    def _check_classes(self):
        for licence in self:
            try:
                classes_of(licence.classes)
            except ValueError as error:
                raise ValidationError(
                    licence_refusal(self.env, "unreadable", classes=licence.classes)
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["classes"] = (vals.get("classes") or "").strip().upper()
        return super().create(vals_list)

    def write(self, vals):
        """What was seen in the original is seen again once it changed."""
        if {"number", "classes", "valid_until", "partner_id"} & vals.keys():
            vals = vals | {"checked_at": False, "checked_by_id": False}
        return super().write(vals)

    def action_check(self):
        """Note that the original was seen and is as written here."""
        self.check_access("write")
        for licence in self.filtered(lambda one: not one.number):
            raise ValidationError(
                self.env._(
                    "Enter the number of the licence of %(holder)s first.",
                    holder=licence.partner_id.name,
                )
            )
        self.write({"checked_at": fields.Datetime.now(), "checked_by_id": self.env.uid})
        self._dms_identify()

    def _dms_identify(self):
        """Who showed the original has proven his number: his papers need it again."""
        # the number was typed here; who looks at it need not write customers
        for licence in self.sudo().filtered(
            lambda one: not one.partner_id.dms_id_number
        ):
            licence.partner_id.dms_id_number = licence._dms_unsealed("number")


class DmsDrive(models.Model):
    """Nobody drives without a licence that the car needs."""

    _name = "dms.drive"
    _inherit = ["dms.drive"]

    licence_id = fields.Many2one(
        "dms.drive.licence",
        compute="_compute_licence_id",
        groups=f"{SALES},{RECEPTION}",
    )
    licence_note = fields.Char("Licence Check", compute="_compute_licence_note")

    @api.depends("partner_id", "company_id")
    def _compute_licence_id(self):
        licences = self.env["dms.drive.licence"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
            ]
        )
        of = {(one.partner_id, one.company_id): one for one in licences}
        for drive in self:
            key = (drive.partner_id, drive.company_id)
            drive.licence_id = of.get(key, licences.browse())

    @api.depends("partner_id", "vehicle_id", "stop")
    def _compute_licence_note(self):
        for drive in self:
            drive.licence_note = drive._dms_licence_problem()

    def _dms_licence_problem(self):
        """:return: why this driver may not drive this car then, empty if he may"""
        # a verdict for all staff; number and photo stay with those who hand over
        drive = self.sudo()
        if drive.kind == "blocked" or not drive.partner_id:
            return ""
        licence = drive.licence_id
        needed = drive._dms_fleet_car().licence_class or "C2"
        last = drive.stop and fields.Datetime.context_timestamp(self, drive.stop).date()
        code = licence_problem(licence.classes, licence.valid_until, needed, last)
        if not code and not licence.checked_at:
            code = "unseen"
        return code and licence_refusal(
            self.env,
            code,
            holder=drive.partner_id.name,
            classes=licence.classes,
            needed=needed,
            until=licence.valid_until,
        )

    def _dms_blockers(self):
        missing = super()._dms_blockers()
        who = self.env.ref(SALES) | self.env.ref(RECEPTION)
        if not self.partner_id:
            text = self.env._("Choose who drives.")
            return [*missing, self._dms_blocker("driver", text, who, self)]
        if text := self._dms_licence_problem():
            licence = self.licence_id if self.has_access("write") else None
            missing.append(self._dms_blocker("licence", text, who, licence or self))
        return missing

    def action_open_licence(self):
        """Enter or see the licence of the driver."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_drive_licence_action"
        )
        defaults = {
            "default_partner_id": self.partner_id.id,
            "default_company_id": self.company_id.id,
        }
        form = self.env.ref("dms_vehicle.dms_drive_licence_view_form").id
        return dict(
            action,
            views=[(form, "form")],
            res_id=self.licence_id.id,
            context=defaults,
            target="new",
        )
