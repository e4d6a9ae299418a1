from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from ..yard import Stay

AROUND = """
    SELECT id, slot_id, vehicle_id, since, until FROM dms_yard_stay
    WHERE (slot_id IN %(slots)s OR vehicle_id IN %(cars)s)
      AND (until IS NULL OR until > %(earliest)s)
"""
EARLIEST = """
    SELECT LEAST(%(earliest)s, MIN(since)) FROM dms_yard_stay
    WHERE slot_id IN %(slots)s AND until IS NULL AND vehicle_id IS NULL
"""
END = """
    UPDATE dms_yard_stay SET until = ended.until
    FROM (VALUES %s) AS ended (id, until) WHERE dms_yard_stay.id = ended.id
"""
NAME = """
    UPDATE dms_yard_stay SET vehicle_id = named.car
    FROM (VALUES %s) AS named (id, car) WHERE dms_yard_stay.id = named.id
"""
ADD = """
    INSERT INTO dms_yard_stay (company_id, site_id, slot_id, vehicle_id, since, until)
    SELECT slot.company_id, slot.site_id, slot.id, added.car, added.since, added.until
    FROM (VALUES %s) AS added (slot, car, since, until)
    JOIN dms_yard_slot slot ON slot.id = added.slot
"""


class DmsYardStay(models.Model):
    """Who stood in which slot from when to when; sightings make it, nobody types it."""

    _name = "dms.yard.stay"
    _description = "Stay in a Slot"
    _inherit = ["dms.store.mixin"]
    _order = "since desc, id desc"
    _log_access = False
    _dms_audit = False  # the sightings say who saw what and when

    site_id = fields.Many2one(
        "dms.yard.site", readonly=True, required=True, index=True, ondelete="restrict"
    )
    slot_id = fields.Many2one(
        "dms.yard.slot", readonly=True, required=True, ondelete="restrict", index=True
    )
    vehicle_id = fields.Many2one(
        "dms.vehicle",
        "Car",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Empty while nobody could tell which car stands there.",
    )
    since = fields.Datetime(readonly=True, required=True)
    until = fields.Datetime(readonly=True, help="Empty while it stands there.")
    hours = fields.Float(
        "Duration (hours)",
        compute="_compute_hours",
        help="Until now if it still stands there.",
    )

    _one_car_per_slot = models.UniqueIndex(
        "(slot_id) WHERE until IS NULL", "Another car stands in this slot."
    )
    _one_slot_per_car = models.UniqueIndex(
        "(vehicle_id) WHERE until IS NULL AND vehicle_id IS NOT NULL",
        "This car stands in another slot.",
    )
    # A range of one number may be compared in GiST without any extension.
    _no_two_cars_at_once = models.Constraint(
        "EXCLUDE USING gist (int4range(slot_id, slot_id, '[]') WITH &&,"
        " tsrange(since, until) WITH &&)",
        "Another car stood in this slot at that time.",
    )
    _no_two_slots_at_once = models.Constraint(
        "EXCLUDE USING gist (int4range(vehicle_id, vehicle_id, '[]') WITH &&,"
        " tsrange(since, until) WITH &&) WHERE (vehicle_id IS NOT NULL)",
        "This car stood in another slot at that time.",
    )

    @api.depends("slot_id", "vehicle_id")
    def _compute_display_name(self):
        for stay in self:
            car = stay.vehicle_id.vin or self.env._("unknown car")
            stay.display_name = f"{stay.slot_id.display_name}: {car}"

    @api.depends("since", "until")
    def _compute_hours(self):
        now = fields.Datetime.now()
        for stay in self:
            passed = (stay.until or now) - (stay.since or now)
            stay.hours = passed.total_seconds() / 3600

    def _slot_state(self):
        """Return the state of a slot in which this stay, or none, is open."""
        if not self:
            return "free"
        return "occupied" if self.vehicle_id else "unknown"

    def _plan_row(self, slot):
        car = self.vehicle_id
        return {
            "id": slot.id,
            "state": self._slot_state(),
            "vehicle_id": car.id,
            "vin": car.vin or "",
            "since": fields.Datetime.to_string(self.since) or "",
            "received": fields.Date.to_string(car.received_date) or "",
        }

    # What sightings change

    @api.model
    def _dms_around(self, slots, cars, earliest):
        """Return the stays that sightings of these slots and cars may touch.

        :param earliest: moment of the oldest of the sightings
        """
        self.flush_model()
        names = {"slots": tuple(slots) or (0,), "cars": tuple(cars) or (0,)}
        query = SQL(EARLIEST, **names, earliest=earliest)
        ((earliest,),) = self.env.execute_query(query)
        rows = self.env.execute_query(SQL(AROUND, **names, earliest=earliest))
        return [
            Stay(slot, car, since, until, id=id_)
            for id_, slot, car, since, until in rows
        ]

    @api.model
    def _dms_change(self, added, changed):
        """Write what sightings have changed.

        Whoever has filled the slot, or moved the car, at the same moment wins; then
        this transaction is retried and sees it.
        """
        try:
            # first what ends, so that there is room for what begins
            if changed:
                self.env.cr.execute(SQL(END, _ends(changed)))
            if named := [stay for stay in changed if stay.car]:
                self.env.cr.execute(SQL(NAME, _names(named)))
            if added:
                self.env.cr.execute(SQL(ADD, _rows(added)))
        except IntegrityError as error:
            raise ConcurrencyError(str(error)) from error
        self.invalidate_model(flush=False)


def _ends(stays):
    rows = [SQL("(%s, %s::timestamp)", stay.id, stay.until) for stay in stays]
    return SQL(", ").join(rows)


def _names(stays):
    return SQL(", ").join(SQL("(%s, %s)", stay.id, stay.car) for stay in stays)


def _rows(stays):
    return SQL(", ").join(
        SQL(
            "(%s, %s::integer, %s::timestamp, %s::timestamp)",
            stay.slot,
            stay.car,
            stay.since,
            stay.until,
        )
        for stay in stays
    )
