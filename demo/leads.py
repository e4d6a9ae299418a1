"""People who may buy: by the door, from the website and from a lead site."""

from datetime import timedelta

from odoo import fields

from . import names
from .clock import days

# Leads are told of the last weeks only; older sales begin with the order.
WEEKS = 6
EVERY = 3  # days
CAPTURED = 0.7
ANSWERED = 0.94
OFFERED = 0.2
LOST = 0.3
ADF = """<?xml version="1.0" encoding="UTF-8"?><?adf version="1.0"?>
<adf><prospect status="new"><id source="autosite">{number}</id>
<vehicle interest="buy" status="new"><model>{model}</model></vehicle>
<customer><contact><name part="full">{name}</name><phone>{phone}</phone></contact>
<comments>{comments}</comments></customer>
<provider><name>Autosite</name></provider></prospect></adf>"""
COMMENTS = (
    "想了解落地价和置换补贴",
    "周末能试驾吗？",
    "续航实际能跑多少？",
    "首付三成，月供多少？",
    "最近有什么优惠？",
)


def plan(world, shop, number: int) -> None:
    """Put the last weeks on the agenda, on other days in each store."""
    first = world.scope.today - days(7 * WEEKS) + days(number % EVERY)
    rng = world.chance(f"leads:{shop.data.code}")
    for turn in range(7 * WEEKS // EVERY):
        day = first + days(turn * EVERY)
        if day > world.scope.start + days(1):
            world.agenda.plan(day, lambda: _receive(world, shop, rng))
    world.agenda.plan(world.scope.today - days(1), lambda: _plan_rota(world, shop))


def _receive(world, shop, rng) -> None:
    """Some come in by the door, some write."""
    came = [_walk_in(shop, rng) for _n in range(rng.randint(1, 2))]
    came += [_from_web(shop, rng), _from_site(world, shop, rng)]
    leads = shop.env["crm.lead"].browse([lead_id for lead_id in came if lead_id])
    _follow_up(world, shop, rng, leads)
    world.tally["leads"] += len(leads)


def _walk_in(shop, rng):
    visits = shop.env["dms.showroom.visit"]
    people = rng.randint(1, 3)
    if rng.random() > CAPTURED:
        return visits.register(people=people)["lead_id"]
    return visits.register(
        phone=names.phone(rng),
        name=names.person(rng),
        model_ids=_model(shop, rng).ids,
        people=people,
    )["lead_id"]


def _from_web(shop, rng):
    lead, _known = shop.env["crm.lead"]._dms_take(
        {
            "company_id": shop.company_id,
            "dms_channel": rng.choice(("web", "web", "phone", "oem", "referral")),
            "contact_name": names.person(rng),
            "phone": names.phone(rng),
            "dms_model_ids": [(4, model.id) for model in _model(shop, rng)],
            "dms_payment": rng.choice(("cash", "loan", "loan")),
            "dms_has_trade_in": rng.random() < 0.3,
        },
        rng.choice(COMMENTS),
    )
    return lead.id


def _from_site(world, shop, rng):
    xml = ADF.format(
        number=f"{shop.data.code}-{world.today:%m%d}",
        model=_model(shop, rng).name or "",
        name=names.person(rng),
        phone=names.phone(rng),
        comments=rng.choice(COMMENTS),
    )
    [taken] = shop.env["crm.lead"]._dms_take_adf(xml, shop.company)
    return taken["lead"]


def _model(shop, rng):
    """:return: a model that the store has, none if its yard is empty"""
    products = shop.env["product.product"]
    if shop.stock:
        products = products.browse(rng.choice(shop.stock).offer.product_id)
    return products.product_tmpl_id


def _follow_up(world, shop, rng, leads) -> None:
    """Most are answered in time; some get an offer, some are lost."""
    now = fields.Datetime.now()
    for lead in leads:
        lead.dms_intent = rng.choice("habbcc")
        if rng.random() < ANSWERED or (world.scope.today - world.today).days > 4:
            lead._dms_answered(now + timedelta(minutes=rng.randint(2, 45)))
            _decide(world, rng, lead)


def _decide(world, rng, lead) -> None:
    chance = rng.random()
    if chance < OFFERED and lead.dms_model_ids:
        lead.action_dms_make_offer()
    elif chance < OFFERED + LOST and (world.scope.today - world.today).days > 7:
        reason = rng.choice(lead.env["crm.lost.reason"].search([], order="id"))
        lead.action_set_lost(lost_reason_id=reason.id)


def _plan_rota(world, shop) -> None:
    """Two consultants a day receive, in turn."""
    sellers = shop.seller_ids
    for day in range(7):
        for turn in range(min(2, len(sellers))):
            shop.env["dms.showroom.duty"].create(
                {
                    "company_id": shop.company_id,
                    "date": world.today + days(day),
                    "user_id": sellers[(day + turn) % len(sellers)],
                }
            )
