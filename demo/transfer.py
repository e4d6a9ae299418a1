"""Cars between stores: one asks, the other gives, each side by its own steps."""

from odoo.fields import Command

from . import books
from .clock import days
from .landed import carrier

AGED = 60
COST_PER_KM = 1.8


def agree_on_prices(shop) -> None:
    """Stores give at cost and a fee; those that sell much want a margin."""
    rules = shop.env["dms.transfer.rule"]
    if shop.data.pace > 5:
        rules.create({"name": "内部毛利 1%", "kind": "margin", "percent": 1})
    else:
        rules.create({"name": "成本加 500 元", "kind": "cost_fee", "fee": 500})


def transfer(world, source, target) -> None:
    """Ask for one or two cars that stand too long where they are."""
    cars = _take_aged(world, source)
    if not cars:
        return
    request = _ask(source, target, cars)
    _approve(source, request)
    request.with_env(source.env).action_order()
    world.tally["transferred"] += len(cars)
    request_id = request.id
    later = days(source.rng.randint(1, 2))
    world.after(later, lambda: _send(world, source, target, request_id, cars))


def _take_aged(world, source) -> list:
    aged = [car for car in source.stock if (world.today - car.since).days >= AGED]
    cars = aged[: source.rng.randint(1, 2)]
    for car in cars:
        source.stock.remove(car)
    return cars


def _ask(source, target, cars):
    vins = [source.vehicle(car).vin for car in cars]
    request = target.env["dms.transfer.request"].create(
        {
            "giving_store_id": source.company.partner_id.id,
            "line_ids": [Command.create({"vin": vin}) for vin in vins],
            "note": "客户指定车型，本店无现车",
        }
    )
    request.action_request()
    return request


def _approve(source, request) -> None:
    request.with_env(source.env).approve()


def _request(shop, request_id: int):
    return shop.env["dms.transfer.request"].browse(request_id)


def _send(world, source, target, request_id: int, cars) -> None:
    transport_id = _load(world, source, target, request_id)
    _request(source, request_id).action_ship()
    later = days(source.rng.randint(1, 4))
    world.after(
        later, lambda: _arrive(world, source, target, request_id, transport_id, cars)
    )


def _load(world, source, target, request_id: int) -> int:
    """:return: the order of the carrier whose truck has left"""
    request = _request(target, request_id)
    order = target.env["dms.transport.order"].browse(
        request.action_transport()["res_id"]
    )
    order.write(
        {
            "carrier_id": carrier(target).id,
            "driver_name": "刘师傅",
            "truck_plate": f"{source.data.plate}8D{source.rng.randint(100, 999)}挂",
            "cost": round(order.distance_km * COST_PER_KM, -1),
        }
    )
    order.action_all_fine()
    order.action_load()
    order.action_depart()
    return order.id


def _arrive(world, source, target, request_id: int, transport_id: int, cars) -> None:
    order = target.env["dms.transport.order"].browse(transport_id)
    order.action_all_fine()
    order.action_arrive()
    _pay_carrier(world, target, order)
    _request(target, request_id).action_receive()
    for car in cars:
        car.since, car.slow = world.today, False
        if target.data.kind == "used_car":
            car.asking *= 0.88
        target.stock.append(car)
    later = days(source.rng.randint(1, 3))
    world.after(later, lambda: _settle(world, source, target, request_id))


def _pay_carrier(world, target, order) -> None:
    bill = order.bill_id
    if bill:
        bill.write({"invoice_date": world.today, "ref": order.name})
        bill.action_post()
        bill_ids = bill.ids
        world.after(days(20), lambda: books.pay(target, bill_ids))


def _settle(world, source, target, request_id: int) -> None:
    """The invoice drafts the bill of the other store; both are posted and paid."""
    given, asked = _request(source, request_id), _request(target, request_id)
    given.action_invoice()
    asked.action_bill()
    books.pay(target, asked.purchase_id.invoice_ids.ids)
    books.pay(source, given.sale_id.invoice_ids.ids)


def ask_lately(world, source, target, steps: int) -> None:
    """A request of these days, as far as it has come: asked, approved or ordered."""
    cars = _take_aged(world, source)[:1]
    if not cars:
        return
    request = _ask(source, target, cars)
    if steps > 0:
        _approve(source, request)
    if steps > 1:
        request.with_env(source.env).action_order()
