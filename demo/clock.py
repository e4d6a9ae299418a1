"""Documents get the dates they would have had."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

from freezegun import freeze_time

MORNING = 2  # hours UTC: ten o'clock in China


class Clock:
    """The frozen time, moved on from day to day."""

    def __init__(self, freezer):
        self._freezer = freezer

    @property
    def today(self) -> date:
        return date.today()

    @property
    def now(self) -> datetime:
        """This moment, UTC."""
        return datetime.now().replace(microsecond=0)

    def go(self, day: date, cr) -> None:
        moment = _morning(day)
        self._freezer.move_to(moment)
        # Odoo stamps records with the time of the transaction, as PostgreSQL says.
        cr._now = moment

    def wait(self, hours: float, cr) -> None:
        """Let some hours of this day go by."""
        moment = datetime.now() + timedelta(hours=hours)
        self._freezer.move_to(moment)
        cr._now = moment


@contextmanager
def frozen(day: date):
    """Freeze the time once: looking for what to patch in all of Odoo takes a second."""
    with freeze_time(_morning(day)) as freezer:
        yield Clock(freezer)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, MORNING)
