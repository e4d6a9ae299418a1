"""What a maker says of the orders that wait, and what he has promised."""

from datetime import datetime, time

from .clock import days
from .world import World

CUSTOMER_ORDER_ONE_IN = 4
PROMISED = 3


def classify(shop, order) -> None:
    """Most cars are ordered for the yard, some for a customer who waits."""
    kind = "customer" if order.id % CUSTOMER_ORDER_ONE_IN == 0 else "stock"
    order.dms_order_type_id = shop.env.ref(f"dms_vehicle.order_type_{kind}")


def acknowledge(world: World, shop, order, vins) -> None:
    """The maker has taken the order, planned it, and built some of its cars."""
    at = datetime.combine(world.today, time(9))
    rows = [_of_line(world, order, line, at) for line in order.order_line]
    rows += [_of_car(world, order, vin, at) for vin in vins[::2]]
    result = shop.env["dms.oem.report"].dms_push_reports(rows)
    if result["rejected"]:
        raise RuntimeError(f"reports on {order.name}: {result['rejected'][0]}")


def _of_line(world, order, line, at) -> dict:
    return {
        "order": order.name,
        "product_code": line.product_id.default_code,
        "status": "scheduled",
        "at": at.isoformat(),
        "eta": (world.today + days(24)).isoformat(),
    }


def _of_car(world, order, vin: str, at) -> dict:
    return {
        "order": order.name,
        "vin": vin,
        "status": "built",
        "at": at.replace(hour=17).isoformat(),
        "eta": (world.today + days(18)).isoformat(),
        "consignment_date": (world.today + days(1)).isoformat(),
    }


def promise(world, shop) -> None:
    """What the maker lets the store have of the models it sells most."""
    products = list(dict.fromkeys(car.offer.product_id for car in shop.stock))
    until = world.today + days(30)
    shop.env["dms.allocation"].create(
        [
            {
                "reference": f"PE{until:%y%m}-{shop.data.code}-{number:02d}",
                "product_id": product_id,
                "period": until,
                "valid_until": until if number else world.today - days(2),
            }
            for number, product_id in enumerate(products[:PROMISED])
        ]
    )
