"""Ten thousand cars from a file into stock, as the import job does it.

    ./dms bench cars_import [--cars 10000]

Prints cars per second of the whole import (reading, checking, lots, moves, books'
values, vehicles), of customers' cars, and of plain Odoo creating as many serial
numbers with a stock quant each through an inventory count.
"""

import argparse
import base64
import time

import fill
from inside import environment
from support import prepared, suite_database, table

LIMIT = 300
CUSTOMER_START = 8_000_000


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_import") as database:
        with environment(bench, database) as env:
            rows = _compare(env, options.cars)
    print(table(("10,000 cars", "cars/s", "ratio to plain Odoo"), rows))
    return int(rows[1][1] < LIMIT)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench cars_import")
    parser.add_argument("--cars", type=int, default=10_000)
    return parser.parse_args(argv)


def _compare(env, count: int) -> list[tuple]:
    store = fill.store_with_books(env)
    env = env(context={"allowed_company_ids": store.ids})
    fill.models(env)
    plain = _plain_odoo(env, store, min(count, 1000))
    stock = _import(env, "stock", 0, count)
    customers = _import(env, "customer", CUSTOMER_START, count)
    return [
        ("inventory count in plain Odoo (1,000)", plain, 1.0),
        ("import, opening stock", stock, stock / plain),
        ("import, customers' cars", customers, customers / plain),
    ]


def _plain_odoo(env, store, count: int) -> float:
    template = env["product.template"].create(
        {"name": "Plain", **env["product.template"]._dms_vehicle_tracking()}
    )
    product = template.product_variant_id
    warehouse = env["stock.warehouse"].search([("company_id", "=", store.id)], limit=1)
    start = time.perf_counter()
    lots = env["stock.lot"].create(
        [{"name": fill.vin_of(n), "product_id": product.id} for n in range(count)]
    )
    quants = env["stock.quant"].with_context(inventory_mode=True)
    counted = quants.create(
        [
            {
                "product_id": product.id,
                "lot_id": lot.id,
                "location_id": warehouse.lot_stock_id.id,
                "inventory_quantity": 1,
            }
            for lot in lots
        ]
    )
    counted.action_apply_inventory()
    env.flush_all()
    return count / (time.perf_counter() - start)


def _import(env, kind: str, first: int, count: int) -> float:
    record = env["dms.vehicle.import"].create(
        {"name": "cars.csv", "kind": kind, "file": _file(kind, first, count)}
    )
    env.flush_all()
    start = time.perf_counter()
    record.action_start()
    rows = record._rows()
    while record.state == "running":
        record._work_batch(rows=rows)
        env.flush_all()
        env.invalidate_all()
    seconds = time.perf_counter() - start
    assert record.accepted == count, record.problems[:3]
    return count / seconds


def _file(kind: str, first: int, count: int) -> bytes:
    lines = ["车架号,车型编码,发动机号,进价,车主,电话"]
    for number in range(first, first + count):
        owner = f",,,客户{number % 3000},139{number % 3000:08d}"
        money = f",E{number},{90_000 + number % 500}" if kind == "stock" else owner
        lines.append(f"{fill.vin_of(number)},M{number % fill.MODELS:03d}{money}")
    return base64.b64encode("\n".join(lines).encode())
