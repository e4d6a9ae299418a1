"""Cars from the makers: order, shipping notice, receipt, bill, payment."""

from collections import Counter

from odoo.fields import Command

from . import books, season
from .clock import days
from .scope import model_year
from .world import Car

# How many months of sales a store wants to have on the yard and on the way.
COVER = 2.2
SLOW_SHARE = 0.07


def order_for_month(world, shop) -> None:
    """One order per brand, sized to what is missing and to the season ahead."""
    today = world.clock.today
    pace = shop.data.pace * world.scope.pace
    wanted = pace * COVER * season.of(today + days(30))
    missing = round(wanted - len(shop.stock) - shop.coming)
    share = Counter(shop.rng.choices(shop.data.brands, _weights(shop), k=missing))
    for brand, number in sorted(share.items()) if missing > 0 else ():
        _order(world, shop, brand, number)


def _weights(shop) -> list[float]:
    """The first brand of a store is its main one."""
    return [1.0, 0.6, 0.3][: len(shop.data.brands)]


def _order(world, shop, brand: str, number: int) -> None:
    """Order cars of one brand; ship and receive them when the time comes."""
    offers = world.offers[brand, model_year(world.clock.today)]
    weights = [offer.trim.demand for offer in offers]
    chosen = sorted(Counter(shop.rng.choices(range(len(offers)), weights, k=number)).items())
    lines = [(offers[index], quantity) for index, quantity in chosen]
    order = shop.env["purchase.order"].create(
        {
            "partner_id": world.makers[brand].id,
            "order_line": [
                Command.create({"product_id": offer.product.id, "product_qty": quantity})
                for offer, quantity in lines
            ],
        }
    )
    order.button_confirm()
    shop.coming += number
    world.tally["ordered"] += number
    cars = [offer for offer, quantity in lines for _ in range(quantity)]
    ships = world.clock.today + days(shop.rng.randint(8, 13))
    world.plan(ships, lambda: _ship(world, shop, order, cars))


def _ship(world, shop, order, offers) -> None:
    """The maker announces the cars that left the works, by VIN."""
    arrives = world.clock.today + days(shop.rng.randint(4, 9))
    named = [
        (world.works.next_vin(offer.brand, offer.series, offer.trim, offer.year), offer)
        for offer in offers
    ]
    rows = [
        {
            "vin": vin,
            "product_code": offer.product.default_code,
            "engine_number": vin[3:6] + vin[-8:],
            "shipped_date": world.clock.today.isoformat(),
            "expected_date": arrives.isoformat(),
        }
        for vin, offer in named
    ]
    result = shop.env["purchase.order"].dms_push_asn(order.name, rows)
    assert not result["rejected"], result
    world.plan(arrives, lambda: _receive(world, shop, order, dict(named)))


def _receive(world, shop, order, offer_by_vin) -> None:
    order.picking_ids.button_validate()
    _put_in_stock(world, shop, offer_by_vin)
    shop.coming -= len(offer_by_vin)
    world.tally["received"] += len(offer_by_vin)
    later = world.clock.today + days(shop.rng.randint(1, 4))
    world.plan(later, lambda: _bill(world, shop, order))


def _put_in_stock(world, shop, offer_by_vin) -> None:
    vehicles = shop.env["dms.vehicle"].search([("vin", "in", list(offer_by_vin))])
    for vehicle in vehicles.sorted("vin"):
        slow = shop.rng.random() < SLOW_SHARE
        offer = offer_by_vin[vehicle.vin]
        shop.stock.append(Car(vehicle, offer, world.clock.today, slow))


def _bill(world, shop, order) -> None:
    order.action_create_invoice()
    bill = order.invoice_ids.filtered(lambda move: move.state == "draft")
    bill.write({"invoice_date": world.clock.today, "ref": f"{order.name}-OEM"})
    bill.action_post()
    later = world.clock.today + days(shop.rng.randint(25, 35))
    world.plan(later, lambda: books.pay(shop, bill))
