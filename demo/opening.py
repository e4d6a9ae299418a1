"""What the stores had when they started: files, as the old system exported them."""

import base64
import csv
import io

from . import books, names
from .clock import days
from .products import VAT
from .purchase import choose_offers, name_cars
from .scope import model_year
from .world import Car

STOCK_COLUMNS = ("车架号", "车型编码", "发动机号", "进价", "入库日期", "里程")
CUSTOMER_COLUMNS = ("车架号", "车型编码", "车牌号", "里程", "车主", "手机")
USED_PRICE = 0.72


def take_over(world, shop) -> None:
    _take_over_stock(world, shop)
    _take_over_customers(world, shop)
    books.value_inventory(shop.env, shop.company, books.STOCK_DIFFERENCES)


def _take_over_stock(world, shop) -> None:
    number = world.scope.scaled(shop.data.opening)
    cars = _opening_cars(world, shop, number) if number else {}
    if not cars:
        return
    used = shop.data.kind == "used_car"
    rows = [_stock_row(world, shop, vin, car, used) for vin, car in cars.items()]
    _import(shop, "stock", "期初库存.csv", STOCK_COLUMNS, rows)
    for vehicle in shop.env["dms.vehicle"].search([("vin", "in", list(cars))]):
        cars[vehicle.vin].vehicle_id = vehicle.id
    shop.stock.extend(cars.values())


def _opening_cars(world, shop, number: int) -> dict:
    """:return: the car of each VIN"""
    used = shop.data.kind == "used_car"
    year = model_year(world.scope.start) - used
    named = {}
    for brand in shop.data.brands:
        share = -(-number // len(shop.data.brands))
        offers = choose_offers(world, shop.rng, brand, year, share)
        named |= name_cars(world, offers)
    return {
        vin: Car(
            0,
            offer,
            world.today - days(shop.rng.randint(5, 150)),
            offer.price * VAT * (USED_PRICE if used else 1),
        )
        for vin, offer in named.items()
    }


def _stock_row(world, shop, vin: str, car, used: bool):
    cost = round(car.asking / VAT * (0.9 if used else car.offer.brand.cost), 2)
    odometer = shop.rng.randint(8000, 60000) if used else shop.rng.randint(5, 60)
    engine = vin[3:6] + vin[-8:]
    return vin, car.offer.code, engine, cost, car.since.isoformat(), odometer


def _take_over_customers(world, shop) -> None:
    number = world.scope.scaled(shop.data.external)
    rows = [_customer_row(world, shop) for _ in range(number)]
    if rows:
        _import(shop, "customer", "客户车辆.csv", CUSTOMER_COLUMNS, rows)


def _customer_row(world, shop):
    rng = shop.rng
    year = model_year(world.scope.start) - rng.randint(0, 1)
    offers = choose_offers(world, rng, rng.choice(shop.data.brands), year, 1)
    [(vin, offer)] = name_cars(world, offers).items()
    electric = offer.trim.kind in ("bev", "phev")
    plate = names.plate(rng, shop.data.plate, electric)
    kilometres = rng.randint(1500, 90000)
    return vin, offer.code, plate, kilometres, names.person(rng), names.phone(rng)


def _import(shop, kind: str, name: str, columns, rows) -> None:
    job = shop.env["dms.vehicle.import"].create(
        {"name": name, "kind": kind, "file": _csv(columns, rows)}
    )
    job.action_start()
    while job.state == "running":  # a large file otherwise waits for the scheduler
        job._work_batch(job._rows())
    if job.state != "done" or job.rejected:
        raise RuntimeError(f"import of {name}: {job.state}, {job.problems}")


def _csv(columns, rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return base64.b64encode(text.getvalue().encode())
