"""Cars to customers: order with VIN, invoice, payment, hand-over."""

from odoo.fields import Command

from . import books, customers, season
from .clock import days
from .products import VAT

UNPAID_SHARE = 0.03


def sell(world, shop) -> None:
    """What the store sells in about a week; see ``ROUND`` for how long that is."""
    pace = shop.data.pace * world.scope.pace * season.of(world.clock.today)
    number = min(_whole(shop.rng, pace / world.rounds), len(shop.stock))
    cars = [_choose(shop) for _ in range(number)]
    if not cars:
        return
    orders = _order(world, shop, cars)
    orders.action_confirm()
    invoiced = world.clock.today + days(shop.rng.randint(1, 4))
    world.plan(invoiced, lambda: _invoice(world, shop, orders))


def _whole(rng, number: float) -> int:
    """Round up or down so that the average is right."""
    return int(number) + (rng.random() < number % 1)


def _choose(shop):
    """Take a car off the yard; slow ones wait for months."""
    weights = [0.04 if car.slow else car.offer.trim.demand for car in shop.stock]
    car = shop.rng.choices(shop.stock, weights)[0]
    shop.stock.remove(car)
    return car


def _order(world, shop, cars):
    buyers = customers.create(world, shop, [car.offer.brand.code for car in cars])
    return shop.env["sale.order"].create(
        [
            {
                "partner_id": buyer.id,
                "user_id": _seller(shop),
                "order_line": [Command.create(_prepare_line(world, shop, car))],
            }
            for buyer, car in zip(buyers, cars, strict=True)
        ]
    )


def _seller(shop) -> int:
    return shop.rng.choice(shop.sellers).id if shop.sellers else shop.env.uid


def _prepare_line(world, shop, car) -> dict:
    return {
        "product_id": car.offer.product.id,
        "product_uom_qty": 1,
        "price_unit": _price(world, shop, car),
        "dms_vehicle_id": car.vehicle.id,
    }


def _price(world, shop, car) -> float:
    """The longer a car has stood, the more the store gives in; in whole hundreds."""
    age = (world.clock.today - car.since).days
    discount = shop.rng.uniform(0, 0.035) + min(age, 240) / 240 * 0.05
    gross = round(car.offer.price * VAT * (1 - discount), -2)
    return round(gross / VAT, 2)


def _invoice(world, shop, orders) -> None:
    invoices = orders._create_invoices()
    invoices.action_post()
    paid = invoices.filtered(lambda _move: shop.rng.random() > UNPAID_SHARE)
    if paid:
        books.pay(shop, paid)
    handed_over = world.clock.today + days(shop.rng.randint(1, 5))
    world.plan(handed_over, lambda: _deliver(world, shop, orders))


def _deliver(world, shop, orders) -> None:
    orders.picking_ids.button_validate()
    world.tally["delivered"] += len(orders)
