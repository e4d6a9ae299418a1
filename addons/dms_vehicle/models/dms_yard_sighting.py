from datetime import datetime, timezone

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from ..yard import Occupancy, Sighting

SOURCES = [("scan", "Scan"), ("move", "Stock Move"), ("device", "Device")]
EFFECTS = [
    ("applied", "Changed the Plan"),
    ("confirmed", "Confirmed"),
    ("outdated", "Older than Known"),
]
KEEP_DAYS = 90
FORGOTTEN = "dms_vehicle.yard_forgotten_until"
COLUMNS = (
    "company_id",
    "at",
    "slot_id",
    "vehicle_id",
    "occupied",
    "source",
    "effect",
    "device_id",
    "user_id",
    "key",
    "taken_at",
)
# what is read from stays and kept nowhere
PLACES = {
    "dms.vehicle": ["yard_slot_id", "yard_site_id", "yard_since"],
    "dms.battery.task": ["yard_slot_id", "yard_site_id"],
    "dms.yard.slot": ["state", "vehicle_id", "since", "seen_at"],
}
# Whoever works on the same slot waits; as it is written below, he is then retried.
CLAIM = """
    SELECT id, seen_at FROM dms_yard_slot WHERE id IN %s ORDER BY id FOR NO KEY UPDATE
"""
SEEN = """
    UPDATE dms_yard_slot SET seen_at = seen.at
    FROM (VALUES %s) AS seen (id, at) WHERE dms_yard_slot.id = seen.id
"""
CARS = """
    SELECT car, (
        SELECT at FROM dms_yard_sighting
        WHERE vehicle_id = car AND effect != 'outdated' ORDER BY at DESC LIMIT 1
    ) FROM unnest(%s) AS car
"""


class DmsYardSighting(models.Model):
    """Somebody or something saw a car in a slot, or that the slot is empty."""

    _name = "dms.yard.sighting"
    _description = "Sighting"
    _inherit = ["dms.retention.mixin", "dms.store.mixin"]
    _order = "at desc, id desc"
    _dms_happens = True
    _dms_dated_by = "taken_at"
    _dms_keep_days = ("dms_vehicle.yard_keep_days", KEEP_DAYS)

    at = fields.Datetime("Seen at", required=True)
    taken_at = fields.Datetime("Reported", required=True)
    slot_id = fields.Many2one("dms.yard.slot", ondelete="restrict", index=True)
    vehicle_id = fields.Many2one("dms.vehicle", "Car", ondelete="restrict", index=True)
    occupied = fields.Boolean()
    source = fields.Selection(SOURCES, required=True)
    effect = fields.Selection(
        EFFECTS,
        required=True,
        help="A sighting that is older than what is known of its slot or its car, or "
        "than what is kept at all, changes nothing.",
    )
    device_id = fields.Many2one("dms.yard.device", ondelete="restrict", index=True)
    user_id = fields.Many2one("res.users", "Scanned by", ondelete="restrict")
    key = fields.Char(help="What the device calls it; sent twice it counts once.")

    _device_key_uniq = models.UniqueIndex(
        "(device_id, key) WHERE device_id IS NOT NULL"
    )
    _user_key_uniq = models.UniqueIndex(
        "(user_id, key) WHERE device_id IS NULL AND key IS NOT NULL"
    )
    _car_idx = models.Index(
        "(vehicle_id, at DESC) WHERE vehicle_id IS NOT NULL AND effect != 'outdated'"
    )
    _slot_idx = models.Index("(slot_id, at DESC)")
    _slot_or_move = models.Constraint(
        "CHECK (slot_id IS NOT NULL OR source = 'move')",
        "A sighting is about a slot.",
    )

    @api.depends("slot_id", "vehicle_id")
    def _compute_display_name(self):
        for sighting in self:
            parts = (sighting.slot_id.display_name, sighting.vehicle_id.vin)
            sighting.display_name = " ".join(filter(None, parts)) or str(sighting.id)

    @api.model
    def _dms_moment(self):
        """Return the moment that it is, finer than a second: the order counts."""
        return datetime.now(timezone.utc).replace(tzinfo=None)

    @api.model
    def _dms_take(self, rows):
        """Take sightings that are checked, and change who stands where.

        :param rows: dicts of ``company_id``, ``source`` and optionally ``at`` (now),
            ``slot_id``, ``vehicle_id``, ``occupied`` (True), ``device_id``,
            ``user_id``, ``key``; ids, not records
        :return: the effect of each
        """
        if not rows:
            return []
        now = self._dms_moment()
        rows = [{"at": now, "occupied": True, "taken_at": now} | row for row in rows]
        occupancy = self._dms_occupancy(rows)
        before = dict(occupancy.seen_slots)
        effects = occupancy.take_all([_sighting(row) for row in rows])
        self._dms_keep(rows, effects)
        added, changed = occupancy.changes()
        touched = {stay.slot for stay in added + changed}
        self._dms_note_slots(before, occupancy.seen_slots, touched)
        # whoever may report does so through this method only
        self.env["dms.yard.stay"].sudo()._dms_change(added, changed)
        self._dms_forget_places()
        self._dms_tell_plans(touched)
        return effects

    @api.model
    def _dms_forget_places(self):
        for model, names in PLACES.items():
            self.env[model].invalidate_model(names, flush=False)

    @api.model
    def _dms_occupancy(self, rows):
        slots = {row["slot_id"] for row in rows if row.get("slot_id")}
        cars = {row["vehicle_id"] for row in rows if row.get("vehicle_id")}
        earliest = min(row["at"] for row in rows)
        # who stood where is decided by all stays, also of cars of other stores
        stays = self.env["dms.yard.stay"].sudo()._dms_around(slots, cars, earliest)
        slots |= {stay.slot for stay in stays if not stay.until}
        return Occupancy(
            stays,
            self._dms_claim_slots(slots),
            self._dms_seen_cars(cars),
            self._dms_forgotten(),
        )

    @api.model
    def _dms_forgotten(self):
        """:return: the moment before which nothing counts; None if all is known

        What was let go would not be recognised if it came once more. So the moment
        never goes back, even if sightings are to be kept for longer from now on.
        """
        # who reports reads no parameters
        noted = self.env["ir.config_parameter"].sudo().get_param(FORGOTTEN)
        moments = (fields.Datetime.to_datetime(noted), self._dms_horizon())
        return max(filter(None, moments), default=None)

    @api.model
    def _dms_before_forgetting(self, horizon):
        forgotten = fields.Datetime.to_string(self._dms_forgotten())
        self.env["ir.config_parameter"].set_param(FORGOTTEN, forgotten)

    @api.model
    def _dms_claim_slots(self, slots):
        if not slots:
            return {}
        self.env["dms.yard.slot"].flush_model(["seen_at"])
        found = self.env.execute_query(SQL(CLAIM, tuple(slots)))
        return {slot: at for slot, at in found if at}

    @api.model
    def _dms_seen_cars(self, cars):
        if not cars:
            return {}
        found = self.env.execute_query(SQL(CARS, list(cars)))
        return {car: at for car, at in found if at}

    @api.model
    def _dms_keep(self, rows, effects):
        values = [
            tuple((row | {"effect": effect}).get(name) for name in COLUMNS)
            for row, effect in zip(rows, effects, strict=True)
        ]
        try:
            self.sudo()._dms_insert(COLUMNS, values)
        except IntegrityError as error:  # the same message came twice at once
            raise ConcurrencyError(str(error)) from error

    @api.model
    def _dms_note_slots(self, before, after, touched):
        """Write when slots were seen; those that a car has left are written, too.

        A lock alone would leave whoever waits for it blind to what has changed.
        """
        newer = {slot for slot, at in after.items() if at != before.get(slot)}
        if slots := newer | touched:
            values = [SQL("(%s, %s::timestamp)", s, after.get(s)) for s in slots]
            self.env.cr.execute(SQL(SEEN, SQL(", ").join(values)))

    @api.model
    def _dms_tell_plans(self, slot_ids):
        """Tell open screens, after the commit, who stands in these slots now."""
        # screens are told as their users may read; the channel sees to that
        slots = self.env["dms.yard.slot"].sudo().browse(sorted(slot_ids))
        for site, here in slots.grouped("site_id").items():
            site._dms_tell("dms_yard_slots", {"slots": here._dms_now()})


def _sighting(row):
    return Sighting(
        row["at"], row.get("slot_id"), row.get("vehicle_id"), row["occupied"]
    )
