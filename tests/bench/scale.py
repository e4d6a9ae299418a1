"""Front-desk queries on a million cars and 200,000 customers, over XML-RPC.

    ./dms bench scale [--cars 1000000] [--partners 200000] [--repeat 50]

Filled twice, with a tenth and with the whole, so that growth shows; every query is
made by a sales manager of one store among twelve, against the same question in SQL.
"""

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import fill
from inside import environment, queries
from support import (
    odoo,
    percentile,
    prepared,
    ratio,
    suite_database,
    table,
    timings,
)

LIMIT_S = 0.2
LOGIN = "bench-manager"
OPEN = ("ordered", "in_transit", "in_stock", "allocated", "sold")
LIST = {
    "vin": {},
    "product_id": {"fields": {"display_name": {}}},
    "plate": {},
    "location_id": {"fields": {"display_name": {}}},
    "days_in_stock": {},
    "list_price": {},
    "state": {},
}


@dataclass(frozen=True)
class World:
    """What was filled in, and the customers' ids."""

    cars: int
    first: int
    last: int
    store: int


@dataclass(frozen=True)
class Question:
    """One front-desk question: as the client asks it, and as SQL would."""

    name: str
    method: str
    arguments: Callable[[random.Random, World], dict]
    sql: str
    values: Callable[[random.Random, World], tuple]


def _any_car(rng: random.Random, world: World) -> int:
    return rng.randrange(world.cars)


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
        lambda rng, w: {"text": fill.vin_of(_any_car(rng, w))},
        "SELECT id FROM dms_vehicle WHERE vin = %s",
        lambda rng, w: (fill.vin_of(_any_car(rng, w)),),
    ),
    Question(
        "last 6 of the VIN",
        "find",
        lambda rng, w: {"text": fill.vin_of(_any_car(rng, w))[-6:]},
        "SELECT id FROM dms_vehicle WHERE vin_reversed LIKE %s",
        lambda rng, w: (fill.vin_of(_any_car(rng, w))[-6:][::-1] + "%",),
    ),
    Question(
        "plate",
        "find",
        lambda rng, w: {"text": fill.plate_of(_any_car(rng, w))},
        "SELECT id FROM dms_vehicle WHERE plate = %s",
        lambda rng, w: (fill.plate_of(_any_car(rng, w)),),
    ),
    Question(
        "owner's name",
        "find",
        lambda rng, w: {"text": f"李伟一{rng.randrange(max(1, w.cars // 20000))}"},
        "SELECT v.id FROM dms_vehicle v JOIN res_partner p ON p.id = v.owner_id"
        " WHERE p.name ILIKE %s LIMIT 8",
        lambda rng, w: (f"%李伟一{rng.randrange(max(1, w.cars // 20000))}%",),
    ),
    Question(
        "owner's cars",
        "web_search_read",
        lambda rng, w: _search([("owner_id", "=", rng.randint(w.first, w.last))]),
        "SELECT * FROM dms_vehicle WHERE owner_id = %s",
        lambda rng, w: (rng.randint(w.first, w.last),),
    ),
    Question(
        "stock list of a store",
        "web_search_read",
        lambda rng, w: _search([("state", "in", OPEN)]),
        "SELECT * FROM dms_vehicle WHERE company_id = %s AND state IN"
        " ('in_transit', 'in_stock', 'allocated', 'sold') ORDER BY id DESC LIMIT 80",
        lambda rng, w: (w.store,),
    ),
    Question(
        "over 60 days, NEV",
        "web_search_read",
        lambda rng, w: _search(
            [
                ("state", "in", ["in_stock", "allocated", "sold"]),
                ("days_in_stock", ">", 60),
                ("kind", "in", ["bev", "phev"]),
            ]
        ),
        "SELECT * FROM dms_vehicle WHERE company_id = %s AND state IN ('in_stock',"
        " 'allocated', 'sold') AND received_date < now() - interval '60 days'"
        " AND kind IN ('bev', 'phev') ORDER BY id DESC LIMIT 80",
        lambda rng, w: (w.store,),
    ),
    Question(
        "kanban, first page",
        "web_read_group",
        lambda rng, w: {
            "domain": [("state", "in", OPEN)],
            "groupby": ["state"],
            "aggregates": ["__count"],
            "auto_unfold": True,
            "unfold_read_specification": LIST,
            "unfold_read_default_limit": 80,
        },
        "SELECT state, count(*) FROM dms_vehicle WHERE company_id = %s AND state IN"
        " ('in_transit', 'in_stock', 'allocated', 'sold') GROUP BY state",
        lambda rng, w: (w.store,),
    ),
)


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_scale") as database:
        small, small_queries = _grow(bench, database, options, 0.1)
        _world, big_queries = _grow(bench, database, options, 1.0, small)
        rows = _measure(bench, database, _world, options.repeat)
    print(table(("question", "p50 s", "p95 s", "SQL p50 s", "share of SQL"), rows))
    grown = [n for n in small_queries if small_queries[n] != big_queries[n]]
    counts = ", ".join(f"{name} {count}" for name, count in big_queries.items())
    print(f"SQL queries per call at 1x: {counts}; changed since 0.1x: {grown or 'none'}")
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
    """Fill up to a share of the cars; :return: the world, queries per question."""
    start = time.perf_counter()
    with environment(bench, database) as env:
        user = env["res.users"].search([("login", "=", LOGIN)]) or _user(env)
        companies = user.company_id.dms_group_id.company_ids
        products = env["product.product"].search([("default_code", "=like", "M%")])
        owners = (before.first, before.last) if before else (
            fill.partners(env, options.partners)
        )
        wanted = int(options.cars * share) - (before.cars if before else 0)
        fill.cars(env, wanted, companies, products, owners)
        env.cr.commit()
        world = World(int(options.cars * share), *owners, user.company_id.id)
        print(f"{world.cars:,} cars filled in {time.perf_counter() - start:.0f} s")
        return world, _query_counts(env(user=user), world)


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


def _query_counts(env, world: World) -> dict[str, int]:
    cars = env["dms.vehicle"]
    return {
        question.name: queries(
            env, lambda q=question: _ask(cars, q, random.Random(7), world)
        )
        for question in QUESTIONS
    }


def _ask(cars, question: Question, rng: random.Random, world: World):
    return getattr(cars, question.method)(**question.arguments(rng, world))


def _measure(bench, database, world: World, repeat: int) -> list[tuple]:
    with odoo(bench, database, workers=2) as server:
        client = server.client(LOGIN, LOGIN)
        asked = {q.name: _over_rpc(client, q, world, repeat) for q in QUESTIONS}
    with environment(bench, database) as env:
        plain = {q.name: _in_sql(env.cr, q, world, repeat) for q in QUESTIONS}
    return [_row(q.name, asked[q.name], plain[q.name]) for q in QUESTIONS]


def _row(name: str, asked: list[float], plain: list[float]) -> tuple:
    p50, sql = percentile(asked, 50), percentile(plain, 50)
    return name, p50, percentile(asked, 95), sql, ratio(p50, sql)


def _over_rpc(client, question: Question, world: World, repeat: int) -> list[float]:
    rng = random.Random(11)

    def ask():
        return client.call(
            "dms.vehicle", question.method, **question.arguments(rng, world)
        )

    return timings(ask, repeat)


def _in_sql(cr, question: Question, world: World, repeat: int) -> list[float]:
    rng = random.Random(11)

    def ask():
        cr.execute(question.sql, question.values(rng, world))
        return cr.fetchall()

    return timings(ask, repeat)
