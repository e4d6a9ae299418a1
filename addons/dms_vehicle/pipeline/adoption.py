"""A consigned car belongs to its maker until the dealer adopts it, that is pays it."""

from datetime import date, timedelta


def adoption_date(consigned: date | None, days: int) -> date | None:
    """:param days: from consignment to payment, by the type of the order
    :return: the day by which the car has to be paid, None if it is not consigned yet
    """
    return consigned + timedelta(days=max(0, days)) if consigned else None
