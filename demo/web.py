"""The web shop: every store sells online, and some customers have come that way."""

from . import cars, names
from .brands import COLOURS

# the so-manieth open hour from now, after the last day of the story
COMING = (21, 24, 30)
SOURCES = ("汽车之家", "抖音直播", "微信公众号", "搜索引擎")


def publish(world) -> None:
    """Show the models of this year, each colour with its picture."""
    # nobody waits at the counter for a letter: it is written later
    world.env["ir.config_parameter"].set_param("sale.async_emails", "True")
    world.env["dms.brand"].search([]).is_in_shop = True
    latest = max(world.scope.model_years)
    for offers in world.offers.values():
        for offer in offers:
            if offer.year == latest:
                _publish(world, offer)


def _publish(world, offer) -> None:
    product = world.env["product.product"].browse(offer.product_id)
    product.product_tmpl_id.is_published = True
    codes = [code for code in offer.code.split("-") if code in COLOURS]
    shape = cars.shape(offer.series.name_en, offer.trim.kind)
    drawn = cars.picture(codes[0] if codes else "WHT", shape)
    product.image_variant_1920 = drawn
    if not product.product_tmpl_id.image_1920:
        product.product_tmpl_id.image_1920 = drawn


def open_shop(world, shop) -> None:
    """The store sells online, by a provider that only pretends to take money."""
    shop.company.dms_shop = True
    demo = world.env.ref("payment.payment_provider_demo", raise_if_not_found=False)
    if demo and demo.code == "demo":
        demo.copy(
            {
                "company_id": shop.company_id,
                "state": "test",
                "is_published": True,
                "capture_manually": True,
            }
        )


def reserve(world, shop) -> None:
    """One pays, one does not and comes to the store instead, some book a visit."""
    chance = world.chance(f"web {shop.data.code}")
    for outcome in (_pay, _let_it_be):
        if reservation := _reserve(world, shop, chance):
            outcome(world, shop, reservation)
    _book_visit(world, shop, chance)


def _reserve(world, shop, chance):
    """:return: the reservation of somebody new, none if no car is free"""
    shop.env.flush_all()  # what is free is read from the database
    free = shop.env["dms.web.car"].search(
        [
            ("company_id", "=", shop.company_id),
            ("product_id.is_published", "=", True),
            ("is_coming", "=", False),
        ],
        limit=1,
    )
    if not free:
        return shop.env["dms.reservation"]
    source = world.env["utm.source"].search([("name", "=", chance.choice(SOURCES))])
    reservations = shop.env["dms.reservation"]
    return reservations.with_context(default_source_id=source[:1].id)._dms_reserve(
        shop.company, free.product_id, _person(chance)
    )


def _person(chance) -> dict:
    return {"name": names.person(chance), "phone": names.phone(chance), "email": ""}


def _pay(world, shop, reservation) -> None:
    """Pay the deposit: the car is ordered, and no longer in the story's stock."""
    provider = world.env["payment.provider"].search(
        [("company_id", "=", shop.company_id), ("code", "=", "demo")], limit=1
    )
    if not provider:
        return
    order = reservation.order_id
    payment = world.env["payment.transaction"].create(
        {
            "provider_id": provider.id,
            "payment_method_id": provider.payment_method_ids[:1].id,
            "amount": order._get_prepayment_required_amount(),
            "currency_id": order.currency_id.id,
            "partner_id": order.partner_id.id,
            "reference": order.name,
            "operation": "online_direct",
            "sale_order_ids": [(6, 0, order.ids)],
        }
    )
    payment._process("demo", {"reference": order.name, "simulated_state": "done"})
    payment._post_process()  # decides over the car
    payment._post_process()  # takes the money
    (payment | payment.child_transaction_ids)._post_process()
    order.pending_email_template_id = False  # nobody reads the letters of the story
    taken = reservation.vehicle_id.id
    shop.stock[:] = [car for car in shop.stock if car.vehicle_id != taken]


def _let_it_be(world, shop, reservation) -> None:
    """Time is over; the customer looks at the car in the store first."""
    reservation._dms_expire()
    person = reservation.partner_id
    shop.env["dms.showroom.visit"]._dms_check_in(
        shop.company, person.phone, person.name
    )


def _book_visit(world, shop, chance) -> None:
    bookings = shop.env["dms.visit.booking"]
    slots = bookings._dms_visit_slots(shop.company)
    for number in COMING:
        if len(slots) > number:
            bookings._dms_book_visit(shop.company, slots[number], _person(chance))


def name_sources(world) -> None:
    """Where visitors of the website come from."""
    world.env["utm.source"].create([{"name": name} for name in SOURCES])
