"""What it costs to bring cars from the works to the yard, on each car's own cost."""

from odoo.fields import Command

from . import books
from .brands import BRANDS
from .clock import days

# each half of the story has its own: what both wrote on would make one wait
CARRIERS = ("华运汽车物流有限公司", "远通汽车物流有限公司")
STORES = ("SH01", "GZ01")
PER_CAR = (600, 1200)


def found_carriers(world) -> None:
    """Two carriers drive for the stores of the group."""
    world.env["res.partner"].create(
        [{"name": name, "is_company": True} for name in CARRIERS]
    )


def bill_transport(world, shop, order) -> None:
    """The carrier bills the receipt of an order; its cars bear the cost."""
    if shop.data.code not in STORES:
        return
    cars = sum(order.order_line.mapped("qty_received"))
    bill = _bill(world, shop, order, shop.rng.randint(*PER_CAR) * cars)
    _spread(shop, bill, order.picking_ids)
    bill_ids = bill.ids
    world.after(days(25), lambda: books.pay(shop, bill_ids))


def _bill(world, shop, order, amount: float):
    bill = shop.env["account.move"].create(
        {
            "move_type": "in_invoice",
            "partner_id": carrier(shop).id,
            "invoice_date": world.today,
            "ref": f"{order.name}-YD",
            "invoice_line_ids": [Command.create(_bill_line(shop, amount))],
        }
    )
    bill.action_post()
    return bill


def _bill_line(shop, amount: float) -> dict:
    transport = shop.env.ref("dms_vehicle.product_transport")
    return {
        "product_id": transport.id,
        "price_unit": amount,
        "is_landed_costs_line": True,
    }


def carrier(shop):
    """:return: who drives for this store"""
    name = CARRIERS[shop.data.brands[0] == BRANDS[0].code]
    return shop.env["res.partner"].search([("name", "=", name)], limit=1)


def _spread(shop, bill, receipts) -> None:
    action = bill.button_create_landed_costs()
    cost = shop.env["stock.landed.cost"].browse(action["res_id"])
    cost.write({"target_model": "picking", "picking_ids": [Command.set(receipts.ids)]})
    cost.button_validate()
