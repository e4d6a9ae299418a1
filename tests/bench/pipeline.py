"""The board of cars and the search in the group's stock among a million cars.

    ./dms bench pipeline [--cars 1000000] [--partners 20000] [--repeat 40]

Nineteen cars of twenty are with their customers, in twelve stores. Filled twice, with a
tenth and with the whole; each screen is asked for over XML-RPC as the web client asks
the server, and its bare SQL in the same run.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import fill
from inside import environment, queries
from support import odoo, percentile, prepared, suite_database, table, timings

LIMIT_S = 0.2
WARM_UP = 3
SELLER, DIRECTOR = "bench-seller", "bench-director"
OPEN = ("ordered", "produced", "in_transit", "in_stock", "allocated", "sold")
NAME = {"fields": {"display_name": {}}}
CARD = {
    "currency_id": NAME,
    "received_date": {},
    "expected_date": {},
    "age_band": {},
    "product_id": NAME,
    "vin": {},
    "location_id": NAME,
    "days_in_stock": {},
    "msrp": {},
    "state": {},
}
ROW = {
    "product_id": NAME,
    "vin_end": {},
    "state": {},
    "age_band": {},
    "days_in_stock": {},
    "received_date": {},
    "store": {},
    "city": {},
    "phone": {},
    "currency_id": NAME,
    "msrp": {},
}
LATELY = [
    "|",
    ("state", "in", list(OPEN)),
    "&",
    ("state", "=", "delivered"),
    ("delivered_date", ">=", "today -30d"),
]
SQL_OPEN = f"state IN {OPEN}"
SQL_CARD = "id, vin, product_id, location_id, received_date, expected_date, state"
SQL_GROUP = (
    "SELECT c.id, right(c.vin, 6), c.product_id, c.state, c.received_date, s.name"
    " FROM dms_vehicle c JOIN res_company s ON s.id = c.company_id"
    " WHERE c.active AND s.dms_group_id = %(group)s AND c.state IN"
    " ('ordered', 'produced', 'in_transit', 'in_stock', 'allocated')"
)
SQL_COLUMNS = (
    "SELECT state, count(*) FROM dms_vehicle WHERE active AND company_id IN %(stores)s"
    " AND {0} GROUP BY state;"
    + "".join(
        f"SELECT {SQL_CARD} FROM dms_vehicle WHERE active AND company_id IN %(stores)s"
        f" AND state = '{state}' ORDER BY id DESC LIMIT 40;"
        for state in OPEN
    )
)


@dataclass(frozen=True)
class Screen:
    """One screen: as the client asks for it, and what SQL needs for the same."""

    name: str
    login: str
    model: str
    method: str
    arguments: Callable[["World"], dict]
    sql: str


@dataclass
class World:
    """What was filled in."""

    stores: tuple[int, ...]
    group: int
    product: int
    series: int
    owners: tuple[int, int]
    vin_end: str = ""
    cars: int = 0
    users: dict[str, int] = field(default_factory=dict)

    def values(self, login: str) -> dict:
        """:return: the parameters of the SQL"""
        mine = self.stores if login == DIRECTOR else self.stores[:1]
        return {
            "stores": mine,
            "group": self.group,
            "product": self.product,
            "series": self.series,
            "vin_end": self.vin_end,
        }


def _board(domain: list) -> dict:
    return {
        "domain": domain,
        "groupby": ["state"],
        "aggregates": ["__count"],
        "auto_unfold": True,
        "unfold_read_specification": CARD,
        "unfold_read_default_limit": 40,
    }


def _list(domain: list, specification: dict = ROW, limit: int = 80) -> dict:
    return {
        "domain": domain,
        "specification": specification,
        "limit": limit,
        "count_limit": 10001,
    }


IS_OPEN = [("state", "in", list(OPEN))]
SCREENS = (
    Screen(
        "board of a store",
        SELLER,
        "dms.vehicle",
        "web_read_group",
        lambda w: _board([*LATELY, *IS_OPEN]),
        SQL_COLUMNS.format(SQL_OPEN),
    ),
    Screen(
        "board of twelve stores",
        DIRECTOR,
        "dms.vehicle",
        "web_read_group",
        lambda w: _board([*LATELY, *IS_OPEN]),
        SQL_COLUMNS.format(SQL_OPEN),
    ),
    Screen(
        "the same, and delivered lately",
        DIRECTOR,
        "dms.vehicle",
        "web_read_group",
        lambda w: _board(LATELY),
        SQL_COLUMNS.format(
            f"({SQL_OPEN} OR state = 'delivered'"
            " AND delivered_date >= current_date - 30)"
        )
        + f"SELECT {SQL_CARD} FROM dms_vehicle WHERE active AND state = 'delivered'"
        " AND company_id IN %(stores)s AND delivered_date >= current_date - 30"
        " ORDER BY id DESC LIMIT 40",
    ),
    Screen(
        "board of old cars",
        DIRECTOR,
        "dms.vehicle",
        "web_read_group",
        lambda w: _board([*LATELY, ("age_band", "=", "old")]),
        SQL_COLUMNS.format(
            "state IN ('in_stock', 'allocated', 'sold')"
            " AND received_date < current_date - 90"
        ),
    ),
    Screen(
        "more of one column",
        DIRECTOR,
        "dms.vehicle",
        "web_search_read",
        lambda w: _list([("state", "=", "in_stock")], CARD) | {"offset": 40},
        f"SELECT {SQL_CARD} FROM dms_vehicle WHERE active AND state = 'in_stock'"
        " AND company_id IN %(stores)s ORDER BY id DESC LIMIT 80 OFFSET 40;"
        "SELECT count(*) FROM dms_vehicle WHERE active AND state = 'in_stock'"
        " AND company_id IN %(stores)s",
    ),
    Screen(
        "group: free cars",
        SELLER,
        "dms.group.car",
        "web_search_read",
        lambda w: _list([("state", "=", "in_stock")]),
        f"{SQL_GROUP} AND c.state = 'in_stock' ORDER BY c.id DESC LIMIT 80",
    ),
    Screen(
        "group: all that comes or stands",
        SELLER,
        "dms.group.car",
        "web_search_read",
        lambda w: _list([]),
        f"{SQL_GROUP} ORDER BY c.id DESC LIMIT 80",
    ),
    Screen(
        "group: free cars of a model",
        SELLER,
        "dms.group.car",
        "web_search_read",
        lambda w: _list([("state", "=", "in_stock"), ("product_id", "=", w.product)]),
        f"{SQL_GROUP} AND c.state = 'in_stock' AND c.product_id = %(product)s"
        " ORDER BY c.id DESC LIMIT 80",
    ),
    Screen(
        "group: old cars of a series",
        SELLER,
        "dms.group.car",
        "web_search_read",
        lambda w: _list(
            [("age_band", "=", "old"), ("series_id", "child_of", w.series)]
        ),
        f"{SQL_GROUP} AND c.series_id = %(series)s AND c.state IN ('in_stock',"
        " 'allocated') AND c.received_date < current_date - 90"
        " ORDER BY c.id DESC LIMIT 80",
    ),
    Screen(
        "group: last six of a VIN",
        SELLER,
        "dms.group.car",
        "web_search_read",
        lambda w: _list([("vin_typed", "ilike", w.vin_end)]),
        f"{SQL_GROUP} AND right(c.vin, 6) = %(vin_end)s ORDER BY c.id DESC LIMIT 80",
    ),
    Screen(
        "group: free cars by store",
        SELLER,
        "dms.group.car",
        "web_read_group",
        lambda w: {
            "domain": [("state", "=", "in_stock")],
            "groupby": ["store"],
            "aggregates": ["__count"],
        },
        "SELECT s.name, count(*) FROM dms_vehicle c JOIN res_company s"
        " ON s.id = c.company_id WHERE c.active AND c.state = 'in_stock'"
        " AND s.dms_group_id = %(group)s GROUP BY s.name",
    ),
)


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    shares = {}
    with suite_database(bench, "bench_pipeline") as database:
        world = None
        for share in (0.1, 1.0):
            world, counts = _grow(bench, database, options, share, world)
            asked = _measure(bench, database, world, options.repeat)
            shares[share] = {name: (*row, counts[name]) for name, row in asked.items()}
    return _judge(shares[0.1], shares[1.0])


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench pipeline")
    parser.add_argument("--cars", type=int, default=1_000_000)
    parser.add_argument("--partners", type=int, default=20_000)
    parser.add_argument("--repeat", type=int, default=40)
    return parser.parse_args(argv)


def _judge(small: dict, whole: dict) -> int:
    headers = (
        "screen",
        "p50 s",
        "p95 s",
        "SQL p95 s",
        "to SQL",
        "p95 at 0.1x",
        "queries",
    )
    rows = [
        (name, p50, p95, sql, f"{p95 / sql:.1f}", small[name][1], count)
        for name, (p50, p95, sql, count) in whole.items()
    ]
    print(table(headers, rows))
    slow = [row[0] for row in rows if row[2] >= LIMIT_S]
    grown = [name for name in whole if small[name][3] < whole[name][3]]
    print(f"p95 at or over {LIMIT_S} s: {', '.join(slow) or 'none'}")
    print(f"queries that grew from 0.1x to 1x: {', '.join(grown) or 'none'}")
    return int(bool(slow or grown))


def _grow(bench, database, options, share, world):
    """Fill up to a share of the cars; :return: the world, queries per screen"""
    start = time.perf_counter()
    wanted = int(options.cars * share)
    with environment(bench, database) as env:
        world = world or _world(env, options)
        stores = env["res.company"].browse(world.stores)
        products = env["product.product"].search([("default_code", "=like", "M%")])
        fill.cars(env, wanted - world.cars, stores, products, world.owners)
        _spread(env.cr)
        world.cars = wanted
        world.vin_end = _some_vin(env.cr, world.stores[1])[-6:]
        env.cr.commit()
        env.cr._cnx.autocommit = True
        env.cr.execute("VACUUM ANALYZE dms_vehicle")
        env.cr._cnx.autocommit = False
        print(f"{wanted:,} cars filled in {time.perf_counter() - start:.0f} s")
        return world, {s.name: _count(env, world, s) for s in SCREENS}


def _world(env, options) -> World:
    stores = fill.stores(env)
    products = fill.models(env)
    world = World(
        tuple(stores.ids),
        stores.dms_group_id.id,
        products[0].id,
        products[0].categ_id.id,
        fill.partners(env, options.partners),
    )
    manager = env.ref("dms_base.group_dms_sales_manager")
    for login, mine in ((SELLER, stores[0]), (DIRECTOR, stores)):
        world.users[login] = _user(env, login, mine, manager).id
    return world


def _user(env, login, stores, role):
    return env["res.users"].create(
        {
            "name": login,
            "login": login,
            "password": login,
            "company_id": stores[0].id,
            "company_ids": [(6, 0, stores.ids)],
            "group_ids": [(6, 0, role.ids)],
        }
    )


def _spread(cr) -> None:
    """Some cars are still to be built, some were delivered this month."""
    cr.execute(
        "UPDATE dms_vehicle SET state = CASE id % 3 WHEN 0 THEN 'ordered'"
        " ELSE 'produced' END WHERE state = 'in_transit' AND id % 3 < 2"
        " AND expected_date IS NULL"
    )
    cr.execute(
        "UPDATE dms_vehicle SET expected_date = current_date + (id % 60)::int"
        " WHERE state IN ('ordered', 'produced', 'in_transit')"
    )
    cr.execute(
        "UPDATE dms_vehicle SET delivered_date = current_date - (id % 25)::int"
        " WHERE state = 'delivered' AND id % 300 = 0"
    )
    cr.execute(
        "UPDATE dms_vehicle SET received_date = current_date - (id % 150)::int"
        " WHERE state IN ('in_stock', 'allocated', 'sold')"
    )


def _some_vin(cr, store: int) -> str:
    """:return: the VIN of a car of one store: what is read of it depends on that"""
    cr.execute(
        "SELECT max(vin) FROM dms_vehicle WHERE state = 'in_stock' AND company_id = %s",
        [store],
    )
    return cr.fetchone()[0]


def _count(env, world: World, screen: Screen) -> int:
    # a list asks how many there are once its page is full: it is to ask in both sizes
    context = {
        "allowed_company_ids": list(world.values(screen.login)["stores"]),
        "force_search_count": True,
    }
    cars = env(user=world.users[screen.login], context=context)[screen.model]
    arguments = screen.arguments(world)
    return queries(env, lambda: getattr(cars, screen.method)(**arguments))


def _measure(bench, database, world: World, repeat: int) -> dict[str, tuple]:
    """:return: p50, p95 and the p95 of the SQL, in seconds, by screen"""
    with odoo(bench, database, workers=2) as server:
        clients = {login: server.client(login, login) for login in (SELLER, DIRECTOR)}
        asked = {s.name: _ask(clients[s.login], s, world, repeat) for s in SCREENS}
    with environment(bench, database) as env:
        plain = {s.name: _in_sql(env.cr, s, world, repeat) for s in SCREENS}
    return {
        name: (
            percentile(times, 50),
            percentile(times, 95),
            percentile(plain[name], 95),
        )
        for name, times in asked.items()
    }


def _ask(client, screen: Screen, world: World, repeat: int) -> list[float]:
    arguments = screen.arguments(world)
    stores = list(world.values(screen.login)["stores"])
    arguments["context"] = {"lang": "en_US", "allowed_company_ids": stores}

    def ask():
        return client.call(screen.model, screen.method, **arguments)

    return timings(ask, repeat, WARM_UP)


def _in_sql(cr, screen: Screen, world: World, repeat: int) -> list[float]:
    values = world.values(screen.login)

    def ask():
        for statement in filter(None, map(str.strip, screen.sql.split(";"))):
            cr.execute(statement, values)
            cr.fetchall()

    return timings(ask, repeat, WARM_UP)
