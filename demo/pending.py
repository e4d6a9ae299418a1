"""What is open on the last day."""

from odoo.fields import Command

from . import customers
from .sale import seller


def quote(world, shop) -> None:
    """Offers no customer has taken: one drafted, one sent, one refused."""
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
    quotes[1].action_quotation_sent()
    quotes[2].action_cancel()
