from base64 import b64encode

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..passport import qr_svg
from ..yard import (
    YardError,
    area,
    bounds,
    label,
    parse_code,
    parse_polygon,
    split_label,
)
from .dms_yard_text import yard_refusal

KINDS = [
    ("showroom", "Showroom"),
    ("yard", "Yard"),
    ("charging", "Charging"),
    ("pdi", "PDI"),
    ("test_drive", "Test Drive"),
]
STATES = [
    ("free", "Free"),
    ("occupied", "Occupied"),
    ("unknown", "Occupied, Car Unknown"),
]
# Whoever has this in his context has checked the whole plan; no request can send it.
CHECKED = object()
EDGE_M = 0.02


class DmsYardSlot(models.Model):
    """A place for one car, drawn on the plan of its site."""

    _name = "dms.yard.slot"
    _description = "Slot"
    _inherit = ["dms.store.mixin"]
    _order = "site_id, code, id"
    _rec_names_search = ["code"]

    site_id = fields.Many2one(
        "dms.yard.site", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="site_id.company_id", store=True, precompute=True, default=None
    )
    code = fields.Char(
        required=True, help="Unique on its site; with that of the site on its label."
    )
    kind = fields.Selection(KINDS, required=True, default="yard")
    polygon = fields.Json(
        "Outline",
        required=True,
        help="List of [x, y] in metres from the upper left corner of the plan.",
    )
    area_m2 = fields.Float("Area (m²)", compute="_compute_area_m2", digits=(8, 1))
    active = fields.Boolean(default=True)
    location_id = fields.Many2one(
        "stock.location",
        "Stock Location",
        domain=[("usage", "=", "internal")],
        check_company=True,
        copy=False,
        index="btree_not_null",
        help="A car that is moved to this location stands in this slot.",
    )
    seen_at = fields.Datetime("Last Sighting", readonly=True, copy=False)
    stay_ids = fields.One2many("dms.yard.stay", "slot_id", "Stays", readonly=True)
    state = fields.Selection(STATES, compute="_compute_state", search="_search_state")
    vehicle_id = fields.Many2one(
        "dms.vehicle", "Car", compute="_compute_state", search="_search_vehicle_id"
    )
    since = fields.Datetime(compute="_compute_state")

    _code_uniq = models.UniqueIndex(
        "(site_id, code) WHERE active", "Another slot of this site has this code."
    )
    _location_uniq = models.UniqueIndex(
        "(location_id) WHERE active AND location_id IS NOT NULL",
        "Another slot is bound to this stock location.",
    )

    @api.depends("site_id.code", "code")
    def _compute_display_name(self):
        for slot in self:
            slot.display_name = label(slot.site_id.code or "", slot.code or "")

    @api.depends("polygon")
    def _compute_area_m2(self):
        for slot in self:
            corners = slot.polygon or []
            slot.area_m2 = area(corners) if len(corners) > 2 else 0

    def _compute_state(self):
        stays = {stay.slot_id.id: stay for stay in self._open_stays()}
        for slot in self:
            stay = stays.get(slot.id, self.env["dms.yard.stay"])
            slot.vehicle_id = stay.vehicle_id
            slot.since = stay.since
            slot.state = stay._slot_state()

    def _open_stays(self):
        domain = [("slot_id", "in", self.ids), ("until", "=", False)]
        names = ["slot_id", "vehicle_id", "since"]
        return self.env["dms.yard.stay"].search_fetch(domain, names)

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        taken = self.env["dms.yard.stay"]._search([("until", "=", False)])
        known = self.env["dms.yard.stay"]._search(
            [("until", "=", False), ("vehicle_id", "!=", False)]
        )
        domains = {
            "free": Domain("id", "not in", taken.subselect("slot_id")),
            "occupied": Domain("id", "in", known.subselect("slot_id")),
            "unknown": Domain("id", "in", taken.subselect("slot_id"))
            & Domain("id", "not in", known.subselect("slot_id")),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _search_vehicle_id(self, operator, value):
        stays = self.env["dms.yard.stay"]
        domain = Domain("until", "=", False) & Domain("vehicle_id", operator, value)
        return Domain("id", "in", stays._search(domain).subselect("slot_id"))

    @api.model
    def _search_display_name(self, operator, value):
        if operator not in ("=", "in", "ilike", "=ilike"):
            return super()._search_display_name(operator, value)
        texts = [value] if isinstance(value, str) else value
        if not texts or not all(text and isinstance(text, str) for text in texts):
            return super()._search_display_name(operator, value)
        return Domain.OR(self._named(text, operator) for text in texts)

    @api.model
    def _named(self, text, operator):
        site, code = split_label(text)
        if operator == "in":
            operator = "="
        domain = Domain("code", operator, code)
        return domain & Domain("site_id.code", "=", site) if site else domain

    # Writing

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_good_values(vals) for vals in vals_list])

    def write(self, vals):
        if vals.get("active") is False:
            self._refuse_if_taken()
        if "site_id" in vals and self.filtered("seen_at"):
            raise UserError(self.env._("Cars stood here: the slot stays on its site."))
        result = super().write(self._with_good_values(vals))
        if "active" in vals:
            # the next slot may take its code, which the unique index must allow
            self.flush_recordset(["active"])
        return result

    def copy_data(self, default=None):
        raise UserError(self.env._("Duplicate slots on the plan: there they get room."))

    @api.model
    def _with_good_values(self, vals):
        vals = dict(vals)
        try:
            if "code" in vals:
                vals["code"] = parse_code(vals["code"])
            if "polygon" in vals:
                vals["polygon"] = list(map(list, parse_polygon(vals["polygon"])))
        except YardError as error:
            refusal = yard_refusal(self.env, error)
            name = vals.get("code") or self[:1].code or ""
            text = f"{name}: {refusal}" if name else refusal
            raise ValidationError(text) from error
        return vals

    @api.constrains("polygon", "site_id", "active")
    def _check_polygon(self):
        if self.env.context.get("dms_yard_checked") is CHECKED:
            return
        slots = self.filtered("active")
        slots._check_inside()
        slots.site_id._check_overlaps(slots)

    def _check_inside(self):
        for slot in self:
            if not slot._is_inside(slot.site_id, slot.polygon):
                raise ValidationError(
                    self.env._(
                        "%(slot)s lies outside the plan, which is %(width)s m wide and"
                        " %(height)s m deep.",
                        slot=slot.code,
                        width=slot.site_id.width_m,
                        height=slot.site_id.height_m,
                    )
                )

    @api.model
    def _is_inside(self, site, polygon):
        left, top, right, bottom = bounds(polygon)
        return (
            min(left, top) >= -EDGE_M
            and right <= site.width_m + EDGE_M
            and bottom <= site.height_m + EDGE_M
        )

    def _refuse_if_taken(self):
        if stay := self._open_stays()[:1]:
            raise UserError(
                self.env._(
                    "%(slot)s is occupied (%(car)s). Move the car first, or say on the"
                    " phone that the slot is empty.",
                    slot=stay.slot_id.code,
                    car=stay.vehicle_id.vin or self.env._("unknown car"),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never_seen(self):
        if seen := self.filtered("seen_at"):
            raise UserError(
                self.env._(
                    "%(slots)s: cars stood there; archive the slots to keep the"
                    " history.",
                    slots=", ".join(seen.mapped("code")),
                )
            )

    # Labels

    def _code_uri(self):
        """Return the QR code of the label as an ``src`` of a picture."""
        picture = b64encode(qr_svg(self.display_name).encode()).decode()
        return f"data:image/svg+xml;base64,{picture}"

    def _label_size(self):
        """Return the height of the code on its label in pixels: as large as it fits."""
        return min(84, 300 // max(3, len(self.code)))

    # Actions

    def action_open_plan(self):
        self.ensure_one()
        action = self.site_id.action_open_plan()
        action["params"] |= {"slot_id": self.id}
        return action

    def action_view_stays(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_yard_stay_action"
        )
        return action | {"domain": [("slot_id", "=", self.id)], "context": {}}
