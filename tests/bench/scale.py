"""Front-desk queries on a million cars and 200,000 customers, over XML-RPC.

    ./dms bench scale [--cars 1000000] [--partners 200000] [--repeat 50]

Filled twice, with a tenth and with the whole, so that growth shows; every query is
made by a sales manager of one store among twelve, against the same question in SQL.
"""

import argparse
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import fill
from inside import environment, queries
from support import (
    odoo,
    percentile,
    prepared,
    suite_database,
    table,
    timings,
)

LIMIT_S = 0.2
WARM_UP = 3
LOGIN = "bench-manager"
OPEN = ("ordered", "in_transit", "in_stock", "allocated", "sold")
LIST = {
    "vin": {},
    "product_id": {"fields": {"display_name": {}}},
    "plate": {},
    "location_id": {"fields": {"display_name": {}}},
    "company_id": {"fields": {"display_name": {}}},
    "days_in_stock": {},
    "currency_id": {},
    "msrp": {},
    "state": {},
}


@dataclass(frozen=True)
class Car:
    """What somebody at the front desk knows of a car he looks for."""

    vin: str
    plate: str
    owner: int
    name: str


@dataclass(frozen=True)
class World:
    """What was filled in, and some customers' cars of the store that asks."""

    cars: int
    owners: tuple[int, int]
    store: int
    sample: tuple[Car, ...]


@dataclass(frozen=True)
class Question:
    """One front-desk question: as the client asks it, and as SQL would."""

    name: str
    method: str
    arguments: Callable[[Car], dict]
    sql: str
    values: Callable[[Car, int], tuple]


def _search(domain: list) -> dict:
    return {
        "domain": domain,
        "specification": LIST,
        "limit": 80,
        "count_limit": 10001,
    }


QUESTIONS = (
    Question(
        "exact VIN",
        "find",
        lambda car: {"text": car.vin},
        "SELECT id FROM dms_vehicle WHERE vin = %s",
        lambda car, store: (car.vin,),
    ),
    Question(
        "last 6 of the VIN",
        "find",
        lambda car: {"text": car.vin[-6:]},
        "SELECT id FROM dms_vehicle WHERE vin_reversed LIKE %s",
        lambda car, store: (car.vin[-6:][::-1] + "%",),
    ),
    Question(
        "plate",
        "find",
        lambda car: {"text": car.plate},
        "SELECT id FROM dms_vehicle WHERE plate = %s",
        lambda car, store: (car.plate,),
    ),
    Question(
        "owner's name",
        "find",
        lambda car: {"text": car.name},
        "SELECT v.id FROM dms_vehicle v JOIN res_partner p ON p.id = v.owner_id"
        " WHERE p.name ILIKE %s LIMIT 8",
        lambda car, store: (f"%{car.name}%",),
    ),
    Question(
        "owner's cars",
        "web_search_read",
        lambda car: _search([("owner_id", "=", car.owner)]),
        "SELECT * FROM dms_vehicle WHERE owner_id = %s",
        lambda car, store: (car.owner,),
    ),
    Question(
        "stock list of a store",
        "web_search_read",
        lambda car: _search([("state", "in", OPEN)]),
        "SELECT * FROM dms_vehicle WHERE company_id = %s AND state IN"
        " ('in_transit', 'in_stock', 'allocated', 'sold') ORDER BY id DESC LIMIT 80",
        lambda car, store: (store,),
    ),
    Question(
        "over 60 days, NEV",
        "web_search_read",
        lambda car: _search(
            [
                ("state", "in", ["in_stock", "allocated", "sold"]),
                ("days_in_stock", ">", 60),
                ("kind", "in", ["bev", "phev"]),
            ]
        ),
        "SELECT * FROM dms_vehicle WHERE company_id = %s AND state IN ('in_stock',"
        " 'allocated', 'sold') AND received_date < now() - interval '60 days'"
        " AND kind IN ('bev', 'phev') ORDER BY id DESC LIMIT 80",
        lambda car, store: (store,),
    ),
    Question(
        "kanban, first page",
        "web_read_group",
        lambda car: {
            "domain": [("state", "in", OPEN)],
            "groupby": ["state"],
            "aggregates": ["__count"],
            "auto_unfold": True,
            "unfold_read_specification": LIST,
            "unfold_read_default_limit": 80,
        },
        "SELECT state, count(*) FROM dms_vehicle WHERE company_id = %s AND state IN"
        " ('in_transit', 'in_stock', 'allocated', 'sold') GROUP BY state",
        lambda car, store: (store,),
    ),
)


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_scale") as database:
        small, few = _grow(bench, database, options, 0.1)
        world, many = _grow(bench, database, options, 1.0, small)
        rows = _measure(bench, database, world, options.repeat)
    headers = ("question", "p50 s", "p95 s", "to floor", "to SQL", "queries")
    print(table(headers, [(*row, many.get(row[0], "-")) for row in rows]))
    grown = [f"{name} ({few[name]})" for name in few if few[name] < many[name]]
    print(f"queries that grew from 0.1x to 1x: {', '.join(grown) or 'none'}")
    slow = [row[0] for row in rows if row[2] >= LIMIT_S]
    print(f"p95 at or over {LIMIT_S} s: {', '.join(slow) or 'none'}")
    return int(bool(slow or grown))


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench scale")
    parser.add_argument("--cars", type=int, default=1_000_000)
    parser.add_argument("--partners", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=50)
    return parser.parse_args(argv)


def _grow(bench, database, options, share, before=None):
    """Fill up to a share of the cars; :return: the world, queries per question"""
    start = time.perf_counter()
    wanted = int(options.cars * share)
    with environment(bench, database) as env:
        user = env["res.users"].search([("login", "=", LOGIN)]) or _user(env)
        owners = before.owners if before else fill.partners(env, options.partners)
        companies = user.company_id.dms_group_id.company_ids
        products = env["product.product"].search([("default_code", "=like", "M%")])
        more = wanted - (before.cars if before else 0)
        fill.cars(env, more, companies, products, owners)
        env.cr.commit()
        print(f"{wanted:,} cars filled in {time.perf_counter() - start:.0f} s")
        sample = _sample(env.cr, user.company_id.id, options.repeat + WARM_UP)
        world = World(wanted, owners, user.company_id.id, sample)
        return world, _query_counts(env(user=user), sample[0])


def _user(env):
    companies = fill.stores(env)
    fill.models(env)
    return env["res.users"].create(
        {
            "name": "Sales manager",
            "login": LOGIN,
            "password": LOGIN,
            "company_id": companies[0].id,
            "company_ids": [(6, 0, companies[0].ids)],
            "group_ids": [(4, env.ref("dms_base.group_dms_sales_manager").id)],
        }
    )


def _sample(cr, store: int, count: int) -> tuple[Car, ...]:
    cr.execute(
        "SELECT v.vin, v.plate, v.owner_id, p.name FROM dms_vehicle v"
        " JOIN res_partner p ON p.id = v.owner_id"
        " WHERE v.company_id = %s AND v.plate IS NOT NULL"
        " ORDER BY md5(v.vin) LIMIT %s",
        [store, count],
    )
    return tuple(Car(*row) for row in cr.fetchall())


def _query_counts(env, car: Car) -> dict[str, int]:
    cars = env["dms.vehicle"]

    def ask(question):
        getattr(cars, question.method)(**question.arguments(car))

    return {q.name: queries(env, lambda q=q: ask(q)) for q in QUESTIONS}


def _measure(bench, database, world: World, repeat: int) -> list[tuple]:
    with odoo(bench, database, workers=2) as server:
        client = server.client(LOGIN, LOGIN)
        floor = _floor(client, world, repeat)
        asked = {q.name: _over_rpc(client, q, world, repeat) for q in QUESTIONS}
    with environment(bench, database) as env:
        plain = {q.name: _in_sql(env.cr, q, world, repeat) for q in QUESTIONS}
    first = ("floor: a partner by id", *_quantiles(floor), "1.0", "-")
    rows = [_row(q.name, asked[q.name], plain[q.name], floor) for q in QUESTIONS]
    return [first, *rows]


def _quantiles(seconds: list[float]) -> tuple[float, float]:
    return percentile(seconds, 50), percentile(seconds, 95)


def _row(name: str, asked: list[float], plain: list[float], floor: list[float]):
    p50, p95 = _quantiles(asked)
    to_floor = f"{p50 / percentile(floor, 50):.1f}"
    return name, p50, p95, to_floor, f"{p50 / percentile(plain, 50):.0f}"


def _floor(client, world: World, repeat: int) -> list[float]:
    """What any question costs over RPC, in plain Odoo: one record by its id."""
    ids = itertools.cycle(car.owner for car in world.sample)
    ask = partial(client.call, "res.partner", "read")
    return timings(lambda: ask([next(ids)], fields=["name"]), repeat, WARM_UP)


def _over_rpc(client, question: Question, world: World, repeat: int) -> list[float]:
    cars = itertools.cycle(world.sample)

    def ask():
        arguments = question.arguments(next(cars))
        return client.call("dms.vehicle", question.method, **arguments)

    return timings(ask, repeat, WARM_UP)


def _in_sql(cr, question: Question, world: World, repeat: int) -> list[float]:
    cars = itertools.cycle(world.sample)

    def ask():
        cr.execute(question.sql, question.values(next(cars), world.store))
        return cr.fetchall()

    return timings(ask, repeat, WARM_UP)
