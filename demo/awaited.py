"""Orders of the first store that its maker has not delivered yet, and what he says."""

import base64
from collections import Counter
from datetime import datetime, time
from functools import partial

from odoo.fields import Command

from . import pipeline
from .clock import days
from .purchase import announce, choose_offers, name_cars
from .scope import model_year

STORE = "SH01"
# how many days before the end they were ordered, how many cars, and what came of it
TAKEN, BUILT, ON_THE_WAY = (5, 2), (16, 3), (24, 2)
HEADERS = "订单号,车架号,车型编码,状态,时间,预计到货"


def plan(world, shop) -> None:
    """Put orders and reports on the agenda, each on its day before the story ends."""
    for (before, number), tell in (
        (TAKEN, _acknowledge),
        (BUILT, _build),
        (ON_THE_WAY, _ship),
    ):
        ordering = partial(_order, world, shop, number, tell)
        world.agenda.plan(world.scope.today - days(before), ordering)


def _order(world, shop, number: int, tell) -> None:
    brand = shop.data.brands[0]
    rng = world.chance(f"awaited:{world.today}")
    offers = choose_offers(world, rng, brand, model_year(world.today), number)
    order = shop.env["purchase.order"].create(
        {
            "partner_id": world.maker_ids[brand],
            "order_line": [
                Command.create({"product_id": product_id, "product_qty": quantity})
                for product_id, quantity in Counter(
                    offer.product_id for offer in offers
                ).items()
            ],
        }
    )
    pipeline.classify(shop, order)
    order.button_confirm()
    order_id = order.id
    world.after(days(2), lambda: tell(world, shop, order_id, offers))


def _acknowledge(world, shop, order_id: int, offers) -> None:
    """The maker has only taken the order."""
    for line in _order_of(shop, order_id).order_line:
        _report(world, shop, line, "acknowledged", eta=31)


def _build(world, shop, order_id: int, offers) -> None:
    """One car is built, the others are being made; a file of the maker says so."""
    lines = _order_of(shop, order_id).order_line
    for line in lines:
        _report(world, shop, line, "scheduled", eta=26)
    named = name_cars(world, offers[:1])
    world.after(days(9), lambda: _read_file(world, shop, order_id, named))


def _ship(world, shop, order_id: int, offers) -> None:
    """The cars have left the works and arrive some days after the story ends."""
    order = _order_of(shop, order_id)
    for line in order.order_line:
        _report(world, shop, line, "built", eta=24)
    arrival = world.scope.today + days(4)
    named = name_cars(world, offers)
    world.after(days(16), lambda: _announce(world, shop, order_id, named, arrival))


def _announce(world, shop, order_id: int, named, arrival) -> None:
    announce(world, _order_of(shop, order_id), named, arrival)


def _order_of(shop, order_id: int):
    return shop.env["purchase.order"].browse(order_id)


def _report(world, shop, line, status: str, eta: int) -> None:
    line._dms_number_lines()
    row = {
        "order": line.order_id.name,
        "line": line.dms_line_number,
        "status": status,
        "at": datetime.combine(world.today, time(9)).isoformat(),
        "eta": (world.today + days(eta)).isoformat(),
    }
    result = shop.env["dms.oem.report"].dms_push_reports([row])
    if result["rejected"]:
        raise RuntimeError(f"{line.order_id.name}: {result['rejected'][0]}")


def _read_file(world, shop, order_id: int, named) -> None:
    """A file of the maker; one row names an order that this store never made."""
    order = _order_of(shop, order_id)
    at, eta = f"{world.today} 17:00", world.today + days(12)
    rows = [
        f"{order.name},{vin},{offer.code},已下线,{at},{eta}"
        for vin, offer in named.items()
    ]
    rows += [f"{order.name}9,,,生产中,{at},{eta}"]
    content = "\n".join([HEADERS, *rows]).encode("utf-8-sig")
    record = shop.env["dms.vehicle.import"].create(
        {
            "name": f"{world.today:%Y%m%d}-订单状态.csv",
            "kind": "oem",
            "file": base64.b64encode(content),
        }
    )
    record.action_start()
    if (record.accepted, record.rejected) != (1, 1):
        raise RuntimeError(f"reports on {order.name}: {record.problems}")
