"""Who stands where, from sightings that come in any order.

The rule: a sighting counts unless something newer is known about its slot or about its
car, or it is older than what anybody remembers. What counts is true from its own moment
on; what it contradicts ended then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

APPLIED: Final = "applied"
CONFIRMED: Final = "confirmed"
OUTDATED: Final = "outdated"


@dataclass(frozen=True)
class Sighting:
    """:ivar slot: which slot; None for a car that has left
    :ivar car: which car; None if nobody could tell
    """

    at: datetime
    slot: int | None
    car: int | None = None
    occupied: bool = True


@dataclass(eq=False)
class Stay:
    """A car, or one nobody knows, in a slot; ``until`` is None while it stands there.

    :ivar id: of the stay that is kept already
    """

    slot: int
    car: int | None
    since: datetime
    until: datetime | None = None
    id: int | None = None
    changed: bool = False


@dataclass
class Occupancy:
    """What is known of the slots and cars that some sightings are about.

    :ivar seen_slots: moment of the newest sighting of each slot, if there is any
    :ivar seen_cars: the same for each car
    :ivar forgotten: nothing from before this moment counts: newer sightings of it may
        be forgotten
    """

    stays: list[Stay] = field(default_factory=list)
    seen_slots: Mapping[int, datetime] = field(default_factory=dict)
    seen_cars: Mapping[int, datetime] = field(default_factory=dict)
    forgotten: datetime | None = None

    def __post_init__(self):
        self.seen_slots, self.seen_cars = dict(self.seen_slots), dict(self.seen_cars)
        self._remember_cars()
        open_stays = [stay for stay in self.stays if not stay.until]
        self._by_slot = {stay.slot: stay for stay in open_stays}
        self._by_car = {stay.car: stay for stay in open_stays if stay.car}

    def _remember_cars(self):
        """A car was seen where its stay began, even if that sighting is forgotten."""
        for stay in self.stays:
            if stay.car:
                known = self.seen_cars.get(stay.car, stay.since)
                self.seen_cars[stay.car] = max(known, stay.since)

    def take_all(self, sightings: Iterable[Sighting]) -> list[str]:
        """Take sightings that came together, the oldest first.

        :return: the effect of each, in the order in which they were given
        """
        numbered = sorted(enumerate(sightings), key=lambda pair: pair[1].at)
        effects = {number: self.take(sighting) for number, sighting in numbered}
        return [effects[number] for number in sorted(effects)]

    def take(self, sighting: Sighting) -> str:
        """:return: ``applied``, ``confirmed`` (nothing changes) or ``outdated``"""
        if self._is_outdated(sighting):
            return OUTDATED
        before = self.seen_cars.get(sighting.car)
        if sighting.slot:
            self.seen_slots[sighting.slot] = sighting.at
        if sighting.car:
            self.seen_cars[sighting.car] = sighting.at
        is_new = (
            self._fill(sighting, before)
            if sighting.occupied
            else (self._empty(sighting))
        )
        return APPLIED if is_new else CONFIRMED

    def changes(self) -> tuple[list[Stay], list[Stay]]:
        """:return: the stays to add, and those kept already that have changed"""
        added = [stay for stay in self.stays if stay.id is None]
        return added, [stay for stay in self.stays if stay.id and stay.changed]

    def _is_outdated(self, sighting: Sighting) -> bool:
        known = (
            self.seen_slots.get(sighting.slot),
            self.seen_cars.get(sighting.car) if sighting.car else None,
            self.forgotten,
        )
        return any(moment and moment > sighting.at for moment in known)

    def _empty(self, sighting: Sighting) -> bool:
        """The slot is free; if a car was named, only that one has left it."""
        stay = self._by_slot.get(sighting.slot)
        if not sighting.slot:
            stay = self._by_car.get(sighting.car)
        if not stay or (sighting.car and stay.car not in (None, sighting.car)):
            return False
        self._end(stay, sighting.at)
        return True

    def _fill(self, sighting: Sighting, before: datetime | None) -> bool:
        there = self._by_slot.get(sighting.slot)
        if there and (not sighting.car or there.car == sighting.car):
            return False
        since = sighting.at
        if there and not there.car and not (before and before > there.since):
            since = there.since  # now we know who has stood there all the time
        self._make_room(sighting, since, there)
        if since != sighting.at:
            return self._name(there, sighting.car)
        stay = Stay(sighting.slot, sighting.car, since)
        self.stays.append(stay)
        self._by_slot[stay.slot] = stay
        if stay.car:
            self._by_car[stay.car] = stay
        return True

    def _make_room(self, sighting: Sighting, since: datetime, there: Stay | None):
        """Let whatever stood in the slot, and wherever the car stood, end."""
        if there and since == sighting.at:
            self._end(there, since)
        elsewhere = self._by_car.get(sighting.car)
        if elsewhere:
            self._end(elsewhere, since)
        for stay in self.stays:
            is_same = stay.slot == sighting.slot or (
                sighting.car and stay.car == sighting.car
            )
            if is_same and stay is not there and stay.until and stay.until > since:
                self._cut(stay, since)

    def _name(self, stay: Stay, car: int) -> bool:
        stay.car, stay.changed = car, True
        self._by_car[car] = stay
        return True

    def _end(self, stay: Stay, moment: datetime):
        self._cut(stay, moment)
        self._by_slot.pop(stay.slot, None)
        self._by_car.pop(stay.car, None)

    def _cut(self, stay: Stay, moment: datetime):
        stay.until, stay.changed = max(stay.since, moment), True
