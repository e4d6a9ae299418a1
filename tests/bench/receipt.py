"""A receipt of a hundred cars against the same receipt of plain serial numbers.

    ./dms bench receipt [--cars 100] [--rounds 5]

Both products are tracked by serial number and valued one by one, the serial numbers
are announced on the receipt before; the only difference is that one is a car.
"""

import argparse
import statistics
import time

import fill
from inside import environment
from support import prepared, suite_database, table

LIMIT = 1.15


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_receipt") as database:
        with environment(bench, database) as env:
            plain, cars = _rounds(env, options)
    rows = [("plain Odoo", plain, 1.0), ("cars", cars, cars / plain)]
    print(table((f"receipt of {options.cars}", "median s", "ratio"), rows))
    return int(cars / plain > LIMIT)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench receipt")
    parser.add_argument("--cars", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args(argv)


def _rounds(env, options) -> tuple[float, float]:
    """:return: median seconds, plain and cars, measured in turns after a warm-up"""
    store = fill.store_with_books(env)
    env = env(context={"allowed_company_ids": store.ids, "tracking_disable": True})
    products = [_product(env, is_car) for is_car in (False, True)]
    seconds = ([], [])
    for number in range(options.rounds + 1):
        for product, taken in zip(products, seconds, strict=True):
            taken.append(_receive(env, product, options.cars, number))
    return tuple(statistics.median(taken[1:]) for taken in seconds)


def _product(env, is_car: bool):
    category = env.ref("dms_vehicle.product_category_vehicles")
    return (
        env["product.template"]
        .create(
            {
                "name": "Car" if is_car else "Plain",
                "default_code": "CAR" if is_car else "PLAIN",
                "categ_id": category.id,
                "dms_is_vehicle": is_car,
                **env["product.template"]._dms_vehicle_tracking(),
            }
        )
        .product_variant_id
    )


def _receive(env, product, count: int, number: int) -> float:
    order = _order(env, product, count)
    picking = order.picking_ids
    first = 5_000_000 + number * count
    serials = [fill.vin_of(first + n) for n in range(count)]
    if product.dms_is_vehicle:
        order.env["purchase.order"].dms_push_asn(
            order.name, [{"vin": serial} for serial in serials]
        )
    else:
        for line, serial in zip(picking.move_line_ids, serials, strict=True):
            line.lot_name = serial
    env.flush_all()
    env.invalidate_all()
    start = time.perf_counter()
    picking.button_validate()
    env.flush_all()
    return time.perf_counter() - start


def _order(env, product, count: int):
    vendor = env["res.partner"].create({"name": "OEM"})
    line = {"product_id": product.id, "product_qty": count, "price_unit": 100_000}
    order = env["purchase.order"].create(
        {"partner_id": vendor.id, "order_line": [(0, 0, line)]}
    )
    order.button_confirm()
    return order
