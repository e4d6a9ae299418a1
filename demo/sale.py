"""Cars to customers: order with VIN, invoice, payment, hand-over."""

from odoo.fields import Command

from . import books, customers, desk, floorplan, gate, handover, leads, names, season
from .clock import days
from .products import VAT

ROUNDS = 3  # a month's sales are closed on so many days
UNPAID_SHARE = 0.03
FLEET_SHARE = 0.5
SLOW_APPEAL = 0.03
CLEARANCE_APPEAL = 5
GIVES_IN = 210  # days in stock


def sell(world, shop) -> None:
    """What the store sells in about ten days."""
    pace = shop.data.pace * world.scope.size * season.of(world.today)
    number = min(_whole(shop.rng, pace / ROUNDS), len(shop.stock))
    deals = _deals(shop, [_choose(world, shop) for _ in range(number)])
    if not deals:
        return
    orders = _order(world, shop, deals)
    desk.dress(world, shop, orders)
    leads.win(shop, orders)
    orders.action_confirm()
    order_ids = orders.ids
    later = days(shop.rng.randint(2, 6))
    world.after(later, lambda: _invoice(world, shop, order_ids))


def _whole(rng, number: float) -> int:
    """Round up or down so that the average is right."""
    return int(number) + (rng.random() < number % 1)


def _choose(world, shop):
    """Take a car off the yard."""
    weights = [_appeal(world, car) for car in shop.stock]
    car = shop.rng.choices(shop.stock, weights)[0]
    shop.stock.remove(car)
    return car


def _appeal(world, car) -> float:
    """Slow cars wait until the store gives in and wants them gone."""
    if (world.today - car.since).days >= GIVES_IN:
        return CLEARANCE_APPEAL
    return SLOW_APPEAL if car.slow else car.offer.trim.demand


def _deals(shop, cars) -> list[list]:
    """Whoever runs a fleet takes several trucks or vans at once."""
    deals: list[list] = []
    for car in cars:
        fleet = deals and _is_commercial(car) and _is_commercial(deals[-1][0])
        if fleet and shop.rng.random() < FLEET_SHARE:
            deals[-1].append(car)
        else:
            deals.append([car])
    return deals


def _is_commercial(car) -> bool:
    return car.offer.trim.kind == "commercial"


def _order(world, shop, deals):
    buyers = customers.create(shop, [deal[0].offer.brand.code for deal in deals])
    return shop.env["sale.order"].create(
        [
            {
                "partner_id": buyer.id,
                "user_id": seller(shop),
                "order_line": [
                    Command.create(_prepare_line(world, shop, car)) for car in deal
                ],
            }
            for buyer, deal in zip(buyers, deals, strict=True)
        ]
    )


def seller(shop) -> int:
    return shop.rng.choice(shop.seller_ids or [shop.manager_id])


def _prepare_line(world, shop, car) -> dict:
    return {
        "product_id": car.offer.product_id,
        "product_uom_qty": 1,
        "price_unit": _price(world, shop, car),
        "dms_vehicle_id": car.vehicle_id,
    }


def _price(world, shop, car) -> float:
    """The longer a car has stood, the more the store gives in; in whole hundreds."""
    age = (world.today - car.since).days
    discount = shop.rng.uniform(0, 0.035) + min(age, 240) / 240 * 0.05
    return round(round(car.asking * (1 - discount), -2) / VAT, 2)


def _invoice(world, shop, order_ids) -> None:
    orders = shop.env["sale.order"].browse(order_ids)
    invoices = orders._create_invoices()
    invoices.action_post()
    paid = invoices.filtered(lambda _move: shop.rng.random() > UNPAID_SHARE)
    if paid:
        books.pay(shop, paid.ids)
    floorplan.sold(world, shop, orders.order_line.dms_vehicle_id.ids)
    later = days(shop.rng.randint(1, 7))
    world.after(later, lambda: _deliver(world, shop, order_ids))


def _deliver(world, shop, order_ids) -> None:
    """Hand the cars over and write down the plates they got."""
    orders = shop.env["sale.order"].browse(order_ids)
    if shop.company.dms_delivery_checklist:
        world.tally["delivered"] += handover.hand_over(world, shop, orders)
        gate.let_out(orders.picking_ids)
        return
    orders.picking_ids.button_validate()
    gate.let_out(orders.picking_ids)
    vehicles = orders.order_line.dms_vehicle_id
    for vehicle in vehicles.sorted("vin"):
        electric = vehicle.kind in ("bev", "phev")
        vehicle.plate = names.plate(shop.rng, shop.data.plate, electric)
    world.tally["delivered"] += len(vehicles)
