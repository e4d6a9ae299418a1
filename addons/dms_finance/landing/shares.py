"""How much of a carrier's bill each car of a transport is still to bear."""

from collections import defaultdict
from decimal import Decimal

from odoo.addons.dms_base.money import CENT


def shares(amount: Decimal, count: int) -> list[Decimal]:
    """Return equal parts of an amount, to the cent, which add up to it.

    >>> [str(share) for share in shares(Decimal("1000"), 3)]
    ['333.34', '333.33', '333.33']
    """
    cents, sign = int(abs(amount) / CENT), -1 if amount < 0 else 1
    each, rest = divmod(cents, count)
    return [sign * CENT * (each + (n < rest)) for n in range(count)]


def to_land(billed, cars, bearing, landed):
    """Return what is to be added or taken back, alike cars together.

    :param dict billed: account to ``Decimal``
    :param list cars: all cars of the transport, which share what is billed
    :param bearing: those of them that bear their share now
    :param dict landed: (car, account) to what is on the car already
    :return: list of (cars, dict of account to ``Decimal``), nothing where all is done
    """
    missing = defaultdict(Decimal)
    for account, amount in billed.items():
        for car, share in zip(cars, shares(amount, len(cars)), strict=True):
            missing[car, account] += share if car in bearing else 0
    for key, amount in landed.items():
        missing[key] -= amount
    return _alike(cars, missing)


def _alike(cars, missing):
    by_car = defaultdict(dict)
    for (car, account), amount in missing.items():
        if amount:
            by_car[car][account] = amount
    groups = defaultdict(list)
    for car in cars:
        if car in by_car:
            groups[frozenset(by_car[car].items())].append(car)
    return [(alike, dict(amounts)) for amounts, alike in groups.items()]
