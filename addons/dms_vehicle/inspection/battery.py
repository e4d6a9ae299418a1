"""When the drive battery of a stored car wants to be checked or charged."""

from datetime import date, timedelta
from typing import NamedTuple


class Battery(NamedTuple):
    """What is known of a battery.

    :ivar since: the day on which the car came into stock
    :ivar read_on: the day of the last reading or charge, None for none
    :ivar soc: its state of charge in per cent
    :ivar charged: that reading was taken after charging
    """

    since: date | None = None
    read_on: date | None = None
    soc: float = 0
    charged: bool = False


def battery_due(
    battery: Battery, today: date, every_days: int, minimum: float
) -> tuple[str, date] | None:
    """Say what a battery needs today, and since when.

    :param every_days: days that may pass between two readings; 0 for no checks
    :param minimum: state of charge below which it has to be charged; 0 for none
    :return: ``("charge", day)``, ``("check", day)``, or None if nothing is due
    """
    if battery.read_on and not battery.charged and battery.soc < minimum:
        return "charge", battery.read_on
    start = battery.read_on or battery.since
    if not every_days or not start:
        return None
    day = start + timedelta(days=every_days)
    return ("check", day) if day <= today else None
