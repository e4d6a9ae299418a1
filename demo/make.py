"""Make the whole demo, one calendar month after the other."""

from . import founding, history, products
from .clock import frozen
from .world import World


def make(env, scope, say=print, commit=lambda: None) -> World:
    with frozen(env.cr, scope.start) as clock:
        world = World(env, scope, clock)
        products.list_products(world)
        founding.found(world)
        commit()
        say('stores and catalogue')
        history.plan(world)
        history.run(world, say, commit)
    return world
