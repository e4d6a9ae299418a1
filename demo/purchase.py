"""Cars from the makers: order, shipping notice, receipt, bill, payment."""

from collections import Counter

from odoo.fields import Command

from . import books, floorplan, landed, pipeline, season
from .clock import days
from .products import VAT
from .scope import model_year
from .world import Car

# How many months of sales a store wants to have on the yard and on the way.
COVER = 3.2
SLOW_SHARE = 0.12


def order_for_month(world, shop) -> None:
    """One order per brand, sized to what is missing and to the season ahead."""
    wanted = shop.data.pace * COVER * season.of(world.today + days(30))
    missing = world.scope.scaled(wanted) - len(shop.stock) - shop.coming
    if missing > 0:
        brands = shop.rng.choices(shop.data.brands, _weights(shop), k=missing)
        for brand, number in sorted(Counter(brands).items()):
            _order(world, shop, brand, number)


def _weights(shop) -> list[float]:
    """The first brand of a store is its main one."""
    return [1.0, 0.5, 0.3][: len(shop.data.brands)]


def choose_offers(world, rng, brand: str, year: int, number: int) -> list:
    offers = world.offers[brand, year]
    weights = [offer.trim.demand for offer in offers]
    return sorted(rng.choices(offers, weights, k=number), key=lambda o: o.code)


def _order(world, shop, brand: str, number: int) -> None:
    """Order cars of one brand; ship and receive them when the time comes."""
    year = model_year(world.today)
    offers = choose_offers(world, shop.rng, brand, year, number)
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
    floorplan.finance(shop, order, brand)
    order.button_confirm()
    shop.coming += number
    world.tally["ordered"] += number
    order_id = order.id
    later = days(shop.rng.randint(9, 15))
    if world.today + later < world.scope.today:
        world.after(later, lambda: _ship(world, shop, order_id, offers))
    else:
        _name_ahead(world, shop, order, offers[::2])


def name_cars(world, offers) -> dict:
    """:return: the offer of each VIN"""
    return {world.works.next_vin(offer): offer for offer in offers}


def _ship(world, shop, order_id: int, offers) -> None:
    """The maker announces the cars that left the works, by VIN."""
    travel = days(shop.rng.randint(6, 14))
    named = name_cars(world, offers)
    order = shop.env["purchase.order"].browse(order_id)
    announce(world, order, named, world.today + travel)
    world.after(travel, lambda: _receive(world, shop, order_id, named))


def _name_ahead(world, shop, order, offers) -> None:
    """The works have numbered some cars of an order that they have not shipped."""
    named = name_cars(world, offers)
    lines = {line.product_id.id: line.id for line in order.order_line}
    shop.env["dms.vehicle"].create(
        [
            {
                "vin": vin,
                "product_id": offer.product_id,
                "purchase_line_id": lines[offer.product_id],
            }
            for vin, offer in named.items()
        ]
    )
    pipeline.acknowledge(world, shop, order, list(named))


def announce(world, order, named, arrival) -> None:
    """The maker says which cars have left, and when they arrive."""
    rows = [
        {
            "vin": vin,
            "product_code": offer.code,
            "engine_number": vin[3:6] + vin[-8:],
            "shipped_date": world.today.isoformat(),
            "expected_date": arrival.isoformat(),
        }
        for vin, offer in named.items()
    ]
    result = order.dms_push_asn(order.name, rows)
    if result["rejected"]:
        raise RuntimeError(f"shipping notice of {order.name}: {result['rejected'][0]}")


def _receive(world, shop, order_id: int, named) -> None:
    order = shop.env["purchase.order"].browse(order_id)
    order.picking_ids.button_validate()
    landed.bill_transport(world, shop, order)
    _put_in_stock(world, shop, named)
    shop.coming -= len(named)
    world.tally["received"] += len(named)
    later = days(shop.rng.randint(1, 4))
    world.after(later, lambda: _bill(world, shop, order_id))


def _put_in_stock(world, shop, named) -> None:
    vehicles = shop.env["dms.vehicle"].search([("vin", "in", list(named))])
    for vehicle in vehicles.sorted("vin"):
        offer = named[vehicle.vin]
        slow = shop.rng.random() < SLOW_SHARE
        price = offer.price * VAT
        shop.stock.append(Car(vehicle.id, offer, world.today, price, slow))


def _bill(world, shop, order_id: int) -> None:
    order = shop.env["purchase.order"].browse(order_id)
    order.action_create_invoice()
    bill = order.invoice_ids.filtered(lambda move: move.state == "draft")
    bill.write({"invoice_date": world.today, "ref": f"{order.name}-OEM"})
    bill.action_post()
    later = days(shop.rng.randint(25, 35))
    if bill.amount_residual:  # else a lender has paid
        bill_ids = bill.ids
        world.after(later, lambda: books.pay(shop, bill_ids))
