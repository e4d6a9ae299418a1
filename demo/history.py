"""The months, from the opening of the stores to yesterday."""

from . import giveback, opening, pending, purchase, sale, transfer
from .clock import days
from .scope import CYCLE

# From stores with too many cars to stores with too few; of the same brands.
ROUTES = (
    ("SH01", "HZ01"),
    ("GZ01", "NJ01"),
    ("BJ01", "SZ01"),
    ("CD01", "CQ01"),
    ("NJ01", "WH01"),
    ("SH01", "CQ01"),
    ("WH01", "XA01"),
)
# store and in which month it gives a car back
RETURNS = (("BJ01", 7), ("NJ01", 10), ("SH01", 15))


def plan(world, shops) -> None:
    """Put on the agenda what comes back every month, on other days in each store."""
    for number, shop in enumerate(shops):
        world.agenda.plan(world.scope.start + days(1), _opening(world, shop))
        for month in range(world.scope.months if shop.data.pace else 0):
            first = world.scope.start + days(CYCLE * month)
            _plan_month(world, shop, first, number)
    _plan_transfers(world, {shop.code: shop for shop in shops})


def _opening(world, shop):
    return lambda: opening.take_over(world, shop)


def _plan_month(world, shop, first, number: int) -> None:
    if shop.data.kind != "used_car":
        ordering = first + days(2 + number * 2)
        world.agenda.plan(ordering, lambda: purchase.order_for_month(world, shop))
    for turn in range(sale.ROUNDS):
        day = first + days(turn * CYCLE // sale.ROUNDS + (number * 3 + turn) % 7)
        world.agenda.plan(day + days(2), lambda: sale.sell(world, shop))
