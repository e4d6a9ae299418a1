"""Lives of cars, short to write: places, and events in the order of recording."""

from datetime import datetime, timedelta

from odoo.addons.dms_vehicle.fraud import Event, Place

EAST, NORTH = 10, 20
SHANGHAI = Place(1, (EAST, 11), (31.23, 121.47))
SUZHOU = Place(2, (EAST, 12), (31.30, 120.58))
BEIJING = Place(3, (NORTH, 21), (39.90, 116.40))
PUDONG = Place(4, (EAST, 11), (31.22, 121.54))
NOWHERE = Place(5)
START = datetime(2026, 3, 1, 9, 0)


class Life:
    """Events a day apart, unless said otherwise."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(self, code: str, place=SHANGHAI, at=None, **values) -> Event:
        number = len(self.events) + 1
        at = START + timedelta(days=number) if at is None else at
        event = Event(number, f"vehicle.{code}", at, place, **values)
        self.events.append(event)
        return event

    def judged_by(self, rule):
        """:return: what the rule says about the last event"""
        *before, event = self.events
        return rule.judge(event, sorted(before, key=lambda one: one.order))
