"""Cars between stores: the seller's side and the buyer's, both by the product."""

from odoo.fields import Command

from . import books
from .clock import days

AGED = 60


def transfer(world, source, target) -> None:
    """Sell one or two cars that stand too long to a store that may do better."""
    aged = [car for car in source.stock if (world.today - car.since).days >= AGED]
    cars = aged[: source.rng.randint(1, 2)]
    if not cars:
        return
    for car in cars:
        source.stock.remove(car)
    sale_id = _agree(source, target, cars)
    world.tally["transferred"] += len(cars)
    later = days(source.rng.randint(1, 2))
    world.after(later, lambda: _send(world, source, target, sale_id, cars))


def _agree(source, target, cars) -> int:
    """:return: the seller's order, which the product mirrors at the buyer"""
    ids = [car.vehicle_id for car in cars]
    buyer = target.company.partner_id
    wizard = source.env["dms.vehicle.transfer"].create(
        {"vehicle_ids": [Command.set(ids)], "to_store_id": buyer.id}
    )
    return wizard.action_transfer()["res_id"]


def _send(world, source, target, sale_id: int, cars) -> None:
    source.env["sale.order"].browse(sale_id).picking_ids.button_validate()
    later = days(source.rng.randint(1, 4))
    world.after(later, lambda: _arrive(world, source, target, sale_id, cars))


def _arrive(world, source, target, sale_id: int, cars) -> None:
    purchase = _purchase(source, target, sale_id)
    purchase.picking_ids.button_validate()
    for car in cars:
        car.since, car.slow = world.today, False
        if target.data.kind == "used_car":
            car.asking *= 0.88
        target.stock.append(car)
    later = days(source.rng.randint(1, 3))
    world.after(later, lambda: _settle(world, source, target, sale_id))


def _purchase(source, target, sale_id: int):
    sale = source.env["sale.order"].browse(sale_id)
    return sale.dms_counterpart_purchase_id.with_env(target.env)


def _settle(world, source, target, sale_id: int) -> None:
    """The invoice drafts the bill of the other store; both are posted and paid."""
    invoice = source.env["sale.order"].browse(sale_id)._create_invoices()
    invoice.action_post()
    bill = _purchase(source, target, sale_id).invoice_ids
    bill.action_post()
    books.pay(target, bill.ids)
    books.pay(source, invoice.ids)
