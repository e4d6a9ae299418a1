"""What a device sends: rows are checked one by one, good ones are taken together."""

from datetime import timedelta

from odoo.fields import Domain

from ..vin import normalise
from ..yard import YardError, key_of, label, parse_row
from .dms_yard_text import yard_refusal

CLOCK_AHEAD = timedelta(minutes=5)


class Reception:
    """One message of one device.

    :ivar device: ``dms.yard.device`` as sudo
    """

    def __init__(self, device):
        self.env = device.env
        self.device = device
        self.sightings = self.env["dms.yard.sighting"]
        self.now = self.sightings._dms_moment()
        self.answers = {}

    def take(self, values):
        """:param list values: rows as they were sent
        :return: list of {key, status, error, detail}, one per row
        """
        rows = self._parsed(values)
        slots, cars = self._slots(rows), self._cars(rows)
        good = {}
        for number, row in rows.items():
            try:
                good[number] = self._sighting(row, slots, cars)
            except YardError as error:
                self._refuse(number, row.key, error)
        self._take_new(self._without_known(good))
        return [self.answers[number] for number in range(len(values))]

    def _parsed(self, values):
        rows = {}
        for number, value in enumerate(values):
            try:
                rows[number] = parse_row(value)
            except YardError as error:
                self._refuse(number, key_of(value), error)
        return rows

    def _refuse(self, number, key, error):
        detail = yard_refusal(self.env, error)
        self._answer(number, key, "rejected", error.code, detail)

    def _answer(self, number, key, status, error=None, detail=None):
        answer = {"key": key, "status": status}
        if error:
            answer |= {"error": error, "detail": detail}
        self.answers[number] = answer

    # What the rows name

    def _slots(self, rows):
        """Return ids of slots by (code of site or empty, code of slot)."""
        domain = Domain("company_id", "=", self.device.company_id.id)
        if self.device.site_id:
            domain &= Domain("site_id", "=", self.device.site_id.id)
        domain &= Domain("code", "in", list({row.slot for row in rows.values()}))
        domain &= Domain("site_id.active", "=", True)
        slots = self.env["dms.yard.slot"].with_context(active_test=True)
        found = {}
        for slot in slots.search_fetch(domain, ["code", "site_id"]):
            for site in (slot.site_id.code, ""):
                found.setdefault((site, slot.code), []).append(slot.id)
        return found

    def _cars(self, rows):
        """Return (id, id of the store) of cars by VIN."""
        vins = {normalise(row.vin) for row in rows.values() if row.vin}
        if not vins:
            return {}
        cars = self.env["dms.vehicle"].with_context(active_test=False)
        found = cars.search_fetch([("vin", "in", list(vins))], ["vin", "company_id"])
        return {car.vin: (car.id, car.company_id.id) for car in found}

    def _sighting(self, row, slots, cars):
        if row.at > self.now + CLOCK_AHEAD:
            raise YardError("future", at=row.at.isoformat(" ", "seconds"))
        return {
            "company_id": self.device.company_id.id,
            "source": "device",
            "device_id": self.device.id,
            "key": row.key,
            # a clock that is a little fast must not outrank what people do next
            "at": min(row.at, self.now),
            "slot_id": self._slot(row, slots),
            "vehicle_id": self._car(row, cars) if row.vin else None,
            "occupied": row.occupied,
        }

    def _slot(self, row, slots):
        found = slots.get((row.site, row.slot), [])
        name = label(row.site, row.slot) if row.site else row.slot
        if not found:
            raise YardError("unknown_slot", slot=name)
        if len(found) > 1:
            raise YardError("two_slots", slot=name)
        return found[0]

    def _car(self, row, cars):
        vin = normalise(row.vin)
        car, store = cars.get(vin, (None, None))
        if not car:
            raise YardError("unknown_vin", vin=vin[:40])
        if store != self.device.company_id.id:
            raise YardError("other_store", vin=vin)
        return car

    # Messages that come again

    def _without_known(self, good):
        """Answer what was sent before; return the rest."""
        known, fresh = self._known(good), {}
        for number, row in good.items():
            first = known.setdefault(row["key"], row)
            if first is row:
                fresh[number] = row
            elif _content(first) == _content(row):
                self._answer(number, row["key"], "duplicate")
            else:
                error = YardError("key_reused", key=row["key"])
                self._refuse(number, row["key"], error)
        return fresh

    def _known(self, good):
        keys = [row["key"] for row in good.values()]
        domain = [("device_id", "=", self.device.id), ("key", "in", keys)]
        names = ["key", "slot_id", "vehicle_id", "occupied"]
        return {
            known.key: {
                "slot_id": known.slot_id.id,
                "vehicle_id": known.vehicle_id.id or None,
                "occupied": known.occupied,
            }
            for known in self.sightings.search_fetch(domain, names)
        }

    def _take_new(self, fresh):
        effects = self.sightings._dms_take(list(fresh.values()))
        for (number, row), effect in zip(fresh.items(), effects, strict=True):
            self._answer(number, row["key"], effect)


def _content(row):
    return row["slot_id"], row["vehicle_id"], row["occupied"]
