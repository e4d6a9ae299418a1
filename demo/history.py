"""The months, from the opening of the stores to yesterday."""

from . import (
    awaited,
    custody,
    damage,
    desk,
    drives,
    floorplan,
    gate,
    giveback,
    handover,
    inspection,
    leads,
    opening,
    passports,
    pending,
    pipeline,
    portal,
    purchase,
    sale,
    tradein,
    transfer,
    web,
    yard,
)
from .clock import days
from .scope import CYCLE

# From stores with too many cars to stores with too few; of the same brands.
ROUTES = (
    ("SH01", "HZ01"),
    ("GZ01", "NJ01"),
    ("BJ01", "SZ01"),
    ("CD01", "CQ01"),
    ("NJ01", "WH01"),
    ("BJ01", "CQ01"),
    ("WH01", "XA01"),
)
# how many days before the end the guards are posted
GUARDED = 12
# store and in which month it gives a car back
RETURNS = (("BJ01", 7), ("NJ01", 10), ("SH01", 15))


def plan(world, shops) -> None:
    """Put on the agenda what comes back every month, on other days in each store."""
    for number, shop in enumerate(shops):
        world.agenda.plan(world.scope.start + days(1), _opening(world, shop))
        if shop.data.pace:
            _plan_business(world, shop, number)
    by_code = {shop.data.code: shop for shop in shops}
    _plan_transfers(world, by_code)
    _plan_returns(world, by_code)
    for chapter in (awaited, damage):
        if chapter.STORE in by_code:
            chapter.plan(world, by_code[chapter.STORE])


def _opening(world, shop):
    return lambda: opening.take_over(world, shop)


def _plan_business(world, shop, number: int) -> None:
    for month in range(world.scope.months):
        first = world.scope.start + days(CYCLE * month)
        _plan_month(world, shop, first, number)
    last = world.scope.today - days(3 + number * 2 % 11)
    world.agenda.plan(last, lambda: pending.quote(world, shop))
    world.agenda.plan(last, lambda: desk.lay_out(world, shop))
    drives.plan(world, shop)
    leads.plan(world, shop)
    online = world.scope.today - days(2)
    world.agenda.plan(online, lambda: web.reserve(world, shop))
    tradein.plan(world, shop)
    guarded = world.scope.today - days(GUARDED)
    world.agenda.plan(guarded, lambda: gate.post_guard(shop))
    world.agenda.plan(guarded, lambda: handover.begin(shop))
    world.agenda.plan(world.scope.today - days(1), lambda: _show_last(world, shop))


def _show_last(world, shop) -> None:
    """Let all that was planned for this day happen first."""
    world.after(days(0), lambda: _show(world, shop))


def _show(world, shop) -> None:
    """The day before the story ends: what stands on the yard, and in which papers."""
    passports.put_on_show(world, shop)
    yard.park(world, shop)
    gate.drive(shop)
    inspection.inspect(world, shop)
    if shop.data.kind != "used_car":
        custody.hand_in(world, shop)
        pipeline.promise(world, shop)
    portal.gather(world, shop)


def _plan_month(world, shop, first, number: int) -> None:
    if shop.data.kind != "used_car":
        ordering = first + days(3 + number * 5)
        world.agenda.plan(ordering, lambda: purchase.order_for_month(world, shop))
    if shop.line_ids:
        ending = first + days(CYCLE - 1)
        world.agenda.plan(ending, lambda: floorplan.end_month(world, shop))
    for turn in range(sale.ROUNDS):
        day = first + days(turn * CYCLE // sale.ROUNDS + (number * 3 + turn) % 7)
        world.agenda.plan(day + days(2), lambda: sale.sell(world, shop))


def _plan_transfers(world, shops) -> None:
    """One route a month, so that every pair has its turn."""
    routes = [(shops[a], shops[b]) for a, b in ROUTES if a in shops and b in shops]
    for month in range(1, world.scope.months if routes else 0):
        source, target = routes[month % len(routes)]
        day = world.scope.start + days(CYCLE * month + 11)
        world.agenda.plan(day, _transferring(world, source, target))

    for steps, (source, target) in enumerate(routes):
        asking = world.scope.today - days(2)
        world.agenda.plan(asking, _asking(world, source, target, steps % 3))


def _asking(world, source, target, steps: int):
    return lambda: transfer.ask_lately(world, source, target, steps)


def _transferring(world, source, target):
    return lambda: transfer.transfer(world, source, target)


def _plan_returns(world, shops) -> None:
    for code, month in RETURNS:
        if code in shops:
            day = world.scope.start + days(CYCLE * month + 17)
            world.agenda.plan(day, _giving_back(world, shops[code]))


def _giving_back(world, shop):
    return lambda: giveback.give_back(world, shop)


def next_month(world):
    """:return: the first day of the month that comes next, None at the end"""
    day = world.agenda.next_day
    return day and day.replace(day=1)


def live_month(world) -> None:
    month = next_month(world)
    while next_month(world) == month:
        world.live()
