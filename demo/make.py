"""Make the demo: the stores first, then their history, brand by brand."""

from collections import Counter
from collections.abc import Callable

from . import desk, founding, history, leads, products, tradein, web
from .brands import BRANDS
from .world import World


def begin(env, scope, clock) -> World:
    """Create catalogue and stores, before their first day."""
    world = World(env, scope, clock)
    products.list_products(world)
    desk.list_accessories(world)
    web.publish(world)
    web.name_sources(world)
    tradein.list_models(world)
    founding.found(world)
    leads.prepare(world)
    return world


def parts(world) -> list[list]:
    """Split the stores so that no car of one part can come into the other.

    What the parts do then touches no common record, and they may be made at the
    same time.
    """
    first = BRANDS[0].code
    return [
        [shop for shop in world.shops if (shop.data.brands[0] == first) == is_first]
        for is_first in (True, False)
    ]


def tell_history(world, shops, transaction, tell: Callable) -> None:
    """Live month after month, each in a transaction of its own.

    Odoo gets slower the longer it remembers what it has read.

    :param transaction: makes a context manager that yields a new environment
    :param tell: called after each month with its first day and what was done
    """
    history.plan(world, shops)
    while month := history.next_month(world):
        with transaction() as env:
            world.enter(env)
            history.live_month(world)
        tell(month, dict(world.tally))
        world.tally.clear()


def finish(world, env) -> None:
    """Do on the last day what needs the history of all stores."""
    world.enter(env)
    leads.finish(world)


def sentence(month, done: dict) -> str:
    """:return: the progress line of a month"""
    done = Counter(done)
    return (
        f"{month:%Y-%m}: {done['ordered']} cars ordered, {done['received']} received,"
        f" {done['delivered']} delivered, {done['transferred']} transferred"
    )
