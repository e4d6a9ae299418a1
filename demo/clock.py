"""Documents get the dates they would have had."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

from freezegun import freeze_time

MORNING = 2  # hours UTC: ten o'clock in China


class Clock:
    """The frozen time, moved on from day to day."""

    def __init__(self, freezer, cr):
        self._freezer = freezer
        self._cr = cr

    @property
    def today(self) -> date:
        return date.today()

    def go(self, day: date) -> None:
        moment = datetime(day.year, day.month, day.day, MORNING)
        self._freezer.move_to(moment)
        # Odoo stamps records with the time of the transaction, as PostgreSQL says.
        self._cr._now = moment


@contextmanager
def frozen(cr, day: date):
    """Freeze the time once: looking for what to patch in all of Odoo takes a second."""
    with freeze_time(datetime(day.year, day.month, day.day, MORNING)) as freezer:
        clock = Clock(freezer, cr)
        clock.go(day)
        yield clock
    cr._now = None


def days(number: int) -> timedelta:
    return timedelta(days=number)
