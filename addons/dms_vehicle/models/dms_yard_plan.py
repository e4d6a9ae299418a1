from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..yard import (
    MAX_SLOTS,
    YardError,
    overlapping,
    parse_code,
    parse_grid,
    parse_kind,
    parse_polygon,
    read_drawing,
    slots_of,
)
from .dms_yard_slot import CHECKED
from .dms_yard_text import yard_refusal

SHOWN_PROBLEMS = 20
FREE_THE_CODES = "UPDATE dms_yard_slot SET code = '~' || id WHERE id IN %s"


class DmsYardSite(models.Model):
    """The plan of a site: as the web client shows it, and as its editor saves it."""

    _name = "dms.yard.site"
    _inherit = ["dms.yard.site"]

    @api.model
    @api.readonly
    def plans(self):
        """Return the sites a user may look at, as {id, name, code, store}."""
        return [
            {
                "id": site.id,
                "name": site.name,
                "code": site.code,
                "store": site.company_id.name,
            }
            for site in self.search([])
        ]

    @api.readonly
    def plan(self):
        """Return size, picture and slots of the site, as the web client draws them."""
        self.ensure_one()
        self.check_access("read")
        return {
            "id": self.id,
            "name": self.name,
            "code": self.code,
            "width": self.width_m,
            "height": self.height_m,
            "image": self._plan_image_url(),
            "revision": self.revision,
            "may_edit": self.has_access("write"),
            "has_place": bool(self.latitude or self.longitude),
            "kinds": self.env["dms.yard.slot"]
            ._fields["kind"]
            ._description_selection(self.env),
            "slots": self.slot_ids._plan_rows(),
        }

    def _plan_image_url(self):
        has_image = self.with_context(bin_size=True).plan_image
        if not has_image:
            return ""
        stamp = fields.Datetime.to_string(self.write_date)
        return f"/web/image/dms.yard.site/{self.id}/plan_image?unique={stamp}"

    # The editor

    @api.model
    @api.readonly
    def read_shapes(self, text, site_id=False):
        """Read slots from a file or from pasted text; nothing is kept yet.

        :param str text: GeoJSON or lines of ``code;kind;x y,x y``
        :param site_id: whose corner degrees are counted from; metres without it
        :return: {"slots": [...], "refused": [{"row", "code", "reason"}]}
        """
        self.check_access("read")
        try:
            drawing = read_drawing(text, self.browse(site_id or ())._plan_corner())
        except YardError as error:
            raise UserError(yard_refusal(self.env, error)) from error
        return {
            "slots": [_shape_row(shape) for shape in drawing.shapes],
            "refused": [
                {
                    "row": refused.row,
                    "code": refused.code,
                    "reason": yard_refusal(self.env, refused.error),
                }
                for refused in drawing.refused
            ],
        }

    def _plan_corner(self):
        if not self:
            return None
        if not (self.latitude or self.longitude):
            raise UserError(
                self.env._(
                    "Enter latitude and longitude of the upper left corner on the site"
                    " first: degrees are counted from there."
                )
            )
        return self.latitude, self.longitude

    @api.model
    @api.readonly
    def make_grid(self, values):
        """Return the slots of a grid; nothing is kept yet.

        :param dict values: of a ``yard.Grid``
        """
        self.check_access("read")
        try:
            return [_shape_row(shape) for shape in slots_of(parse_grid(values))]
        except YardError as error:
            raise UserError(yard_refusal(self.env, error)) from error

    def save_plan(self, revision, slots):
        """Save all slots of the plan at once, or nothing.

        :param int revision: of the plan that was changed
        :param list slots: dicts of ``id`` (False for a new one), ``code``, ``kind``,
            ``polygon``; those that are missing go, or are archived if cars stood there
        :return: the plan as it is now
        :raise UserError: names each slot that is not possible, and why
        """
        self.ensure_one()
        self.check_access("write")
        self._next_revision(revision)
        rows = self._checked_rows(slots)
        checked = self.with_context(dms_yard_checked=CHECKED)
        checked._drop_slots({row["id"] for row in rows if row["id"]})
        checked._write_slots([row for row in rows if row["id"]])
        checked._create_slots([row for row in rows if not row["id"]])
        self.env.flush_all()
        news = {"site_id": self.id, "revision": self.revision}
        self._dms_tell("dms_yard_plan", news)
        return self.plan()

    def _next_revision(self, revision):
        if revision != self.revision:
            raise UserError(
                self.env._(
                    "%(user)s has saved this plan meanwhile. Open it again and repeat"
                    " your changes.",
                    user=self.write_uid.name,
                )
            )
        # of two at once, the second is retried by Odoo and then refused above;
        # nobody writes the number by hand
        self.sudo().revision = revision + 1

    def _checked_rows(self, slots):
        if not isinstance(slots, list) or len(slots) > MAX_SLOTS:
            error = YardError("too_many_slots", limit=MAX_SLOTS)
            raise UserError(yard_refusal(self.env, error))
        rows, problems = [], []
        for slot in slots:
            try:
                rows.append(self._checked_row(slot))
            except YardError as error:
                name = str(slot.get("code") or "?") if isinstance(slot, dict) else "?"
                problems.append(f"{name}: {yard_refusal(self.env, error)}")
        problems += self._problems_together(rows)
        if problems:
            raise UserError("\n".join(_first(problems)))
        return rows

    def _checked_row(self, slot):
        if not isinstance(slot, dict):
            raise YardError("no_points")
        return {
            "id": slot.get("id") or False,
            "code": parse_code(slot.get("code")),
            "kind": parse_kind(slot.get("kind")),
            "polygon": parse_polygon(slot.get("polygon")),
        }

    def _problems_together(self, rows):
        """Why rows that are good alone cannot be on one plan."""
        counts = Counter(row["code"] for row in rows)
        polygons = {row["code"]: row["polygon"] for row in rows}
        is_inside = self.env["dms.yard.slot"]._is_inside
        own = set(self.slot_ids.ids)
        twice = [code for code, count in counts.items() if count > 1]
        outside = [code for code in polygons if not is_inside(self, polygons[code])]
        strange = [row["code"] for row in rows if row["id"] and row["id"] not in own]
        return [
            *(self.env._("%s: the code is used twice.", code) for code in twice),
            *(self.env._("%s lies outside the plan.", code) for code in outside),
            *(self.env._("%s is no slot of this site.", code) for code in strange),
            *self._overlap_sentences(overlapping(polygons)),
        ]

    def _overlap_sentences(self, pairs):
        return [
            self.env._(
                "%(one)s and %(other)s lie on one another; move one of them.",
                one=one,
                other=other,
            )
            for one, other in pairs
        ]

    def _check_overlaps(self, changed):
        """Refuse slots that lie on others of their site."""
        for site in self:
            polygons = {slot: tuple(map(tuple, slot.polygon)) for slot in site.slot_ids}
            pairs = [
                (one.code, other.code)
                for one, other in overlapping(polygons)
                if one in changed or other in changed
            ]
            if pairs:
                sentences = site._overlap_sentences(pairs)
                raise ValidationError("\n".join(_first(sentences)))

    def _drop_slots(self, kept_ids):
        gone = self.slot_ids.filtered(lambda slot: slot.id not in kept_ids)
        gone._refuse_if_taken()
        seen = gone.filtered("seen_at")
        seen.active = False
        (gone - seen).unlink()

    def _write_slots(self, rows):
        slots = self.env["dms.yard.slot"].browse(row["id"] for row in rows)
        changes = [
            (slot, slot._changed(row)) for slot, row in zip(slots, rows, strict=True)
        ]
        renamed = slots.browse().concat(
            *(slot for slot, vals in changes if "code" in vals)
        )
        if renamed:
            # two slots may have changed names: no name is taken in between
            self.env.flush_all()
            self.env.cr.execute(SQL(FREE_THE_CODES, tuple(renamed.ids)))
            renamed.invalidate_recordset(["code"], flush=False)
        for slot, vals in changes:
            if vals:
                slot.write(vals)

    def _create_slots(self, rows):
        self.env["dms.yard.slot"].create(
            [
                {
                    "site_id": self.id,
                    "code": row["code"],
                    "kind": row["kind"],
                    "polygon": row["polygon"],
                }
                for row in rows
            ]
        )

    # Open screens

    def _dms_tell(self, kind, payload):
        """Send something to all who look at the plans of these sites."""
        for site in self:
            self.env["bus.bus"]._sendone(site, kind, payload)


class DmsYardSlot(models.Model):
    """A slot as plans show it."""

    _name = "dms.yard.slot"
    _inherit = ["dms.yard.slot"]

    def _plan_rows(self):
        now = {row["id"]: row for row in self._dms_now()}
        return [
            now[slot.id]
            | {"code": slot.code, "kind": slot.kind, "polygon": slot.polygon}
            for slot in self
        ]

    def _dms_now(self):
        """Return who stands in these slots, as plans show it.

        :return: list of {id, state, vehicle_id, vin, since, received}, dates as text
        """
        # of the store whose slots these are, by whoever may see the slots
        stays = self.env["dms.yard.stay"].sudo()
        found = stays.search_fetch(
            [("slot_id", "in", self.ids), ("until", "=", False)],
            ["slot_id", "vehicle_id", "since"],
        )
        found.vehicle_id.fetch(["vin", "received_date"])
        by_slot = {stay.slot_id.id: stay for stay in found}
        return [by_slot.get(slot.id, stays)._plan_row(slot) for slot in self]

    def _changed(self, row):
        """Return those values of a row that differ from the slot."""
        vals = {name: row[name] for name in ("code", "kind") if row[name] != self[name]}
        corners = list(map(list, row["polygon"]))
        if corners != [list(map(float, corner)) for corner in self.polygon]:
            vals["polygon"] = corners
        return vals


def _shape_row(shape):
    return {"code": shape.code, "kind": shape.kind, "polygon": shape.polygon}


def _first(sentences):
    more = len(sentences) - SHOWN_PROBLEMS
    return [*sentences[:SHOWN_PROBLEMS], *([f"… (+{more})"] if more > 0 else [])]
