"""Confirming a sales order with and without the audit.

    ./dms bench audit [--orders 60] [--lines 3]

Each confirmation ends with what the commit does before it commits: the flush and the
entries of the audit. With and without take turns.
"""

import argparse
import statistics
import time
from contextlib import contextmanager
from unittest.mock import patch

import fill
from inside import environment
from support import prepared, suite_database, table

LIMIT = 1.10


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_audit") as database:
        with environment(bench, database) as env:
            plain, audited, entries = _measure(env, options)
    ratio = audited / plain
    print(
        table(("confirmation", "median ms"), [("plain", plain), ("audited", audited)])
    )
    print(f"ratio {ratio:.3f}, {entries:.1f} entries each")
    return int(ratio > LIMIT)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench audit")
    parser.add_argument("--orders", type=int, default=60)
    parser.add_argument("--lines", type=int, default=3)
    return parser.parse_args(argv)


def _measure(env, options):
    """:return: median milliseconds without and with audit, entries per order"""
    store = fill.store_with_books(env)
    env = env(context={"allowed_company_ids": store.ids})
    orders = _orders(env, options.orders, options.lines)
    seconds = {False: [], True: []}
    start = _entries(env)
    for number, order in enumerate(orders):
        audited = bool(number % 2)
        with _audit(env, audited):
            seconds[audited].append(_confirm(order))
    entries = (_entries(env) - start) / len(seconds[True])
    plain, with_audit = (
        statistics.median(seconds[audited][3:]) * 1000 for audited in (False, True)
    )
    return plain, with_audit, entries


def _orders(env, count, lines):
    product = env["product.product"].create({"name": "Part", "is_storable": True})
    partners = env["res.partner"].create([{"name": f"C{n}"} for n in range(count)])
    line = (0, 0, {"product_id": product.id, "product_uom_qty": 2, "price_unit": 9})
    orders = env["sale.order"].create(
        [{"partner_id": p.id, "order_line": [line] * lines} for p in partners]
    )
    env.cr.flush()
    return orders


@contextmanager
def _audit(env, on):
    if on:
        yield
        return
    registry = env.registry["dms.audit.entry"]
    with patch.object(registry, "_audited_models", return_value=frozenset()):
        yield


def _confirm(order):
    order.env.invalidate_all()
    start = time.perf_counter()
    order.action_confirm()
    order.env.cr.flush()
    return time.perf_counter() - start


def _entries(env):
    env.cr.execute("SELECT count(*) FROM dms_audit_entry")
    return env.cr.fetchone()[0]
