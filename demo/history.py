"""The months, from the opening of the stores to yesterday."""

from . import purchase, sale
from .clock import days
from .scope import CYCLE


def plan(world) -> None:
    """Put on the agenda what comes back every month, on other days in each store."""
    for number, shop in enumerate(_selling(world)):
        for month in range(world.scope.months):
            first = world.scope.start + days(CYCLE * month)
            _plan_month(world, shop, first, number)


def _selling(world) -> list:
    return [shop for shop in world.shops if shop.data.pace]


def _plan_month(world, shop, first, number: int) -> None:
    ordering = first + days(1 + number % 4)
    world.plan(ordering, lambda: purchase.order_for_month(world, shop))
    for turn in range(world.rounds):
        day = first + days(turn * CYCLE // world.rounds + (number * 3 + turn) % 7)
        world.plan(day, lambda: sale.sell(world, shop))


def run(world, say, commit) -> None:
    """Live day after day; report and commit each calendar month."""
    while day := world.next_day():
        while (following := world.next_day()) and _same_month(following, day):
            world.live()
        tally = world.tally
        say(
            f"{day:%Y-%m}: {tally['ordered']} cars ordered, "
            f"{tally['received']} received, {tally['delivered']} delivered"
        )
        tally.clear()
        commit()


def _same_month(one, other) -> bool:
    return (one.year, one.month) == (other.year, other.month)
