"""What is open on the last day: offers to customers, cars the works have named."""

from odoo.fields import Command

from . import customers
from .purchase import name_cars
from .sale import seller

NAMED_SHARE = 0.5


def quote(world, shop) -> None:
    """Offers of the last fortnight that no customer has taken yet; one was refused."""
    if not shop.stock:
        return
    offers = [shop.rng.choice(shop.stock).offer for _ in range(3)]
    buyers = customers.create(shop, [offer.brand.code for offer in offers])
    quotes = shop.env["sale.order"].create(
        [
            {
                "partner_id": buyer.id,
                "user_id": seller(shop),
                "order_line": [Command.create({"product_id": offer.product_id})],
            }
            for buyer, offer in zip(buyers, offers, strict=True)
        ]
    )
    quotes[0].action_quotation_sent()
    quotes[-1]._action_cancel()
