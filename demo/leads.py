"""People who ask for a car, through the doors of the product, and what became of them.

What happens here draws from chances of its own: the rest of the story stays as it is.
"""

from datetime import timedelta

from odoo.addons.dms_base import delivery
from odoo.addons.dms_sales import adf

from . import asking, names
from .brands import BRANDS
from .clock import days
from .scope import model_year

BEGIN = 150  # days before the end
PER_CAR = 2.2  # leads for each car that a store sells
PORTALS = ("车酷网", "驾到")
IN_TIME, LATE = 0.74, 0.92  # parts answered at once, and at all
WAITS = 25  # days until somebody who wants to buy has bought elsewhere
LONGER = 20
HELPS = 0.6
# a platform that the demo never calls
WECHAT = "https://api.weixin.qq.com"


def prepare(world) -> None:
    """What all stores share; they live side by side, so it is made before."""
    env = world.env
    env["crm.lost.reason"].create([{"name": name} for name, _note in asking.LOST])
    env["utm.source"].create([{"name": name} for name in PORTALS])
    # one of the group, or each store would begin with one of its own
    env["crm.lead"]._dms_score_version(world.companies[0])


def plan(world, shop) -> None:
    """Put on the agenda who comes on which day."""
    first = max(world.scope.start + days(3), world.scope.today - days(BEGIN))
    rng = world.chance(f"leads:{shop.data.code}")
    per_day = shop.data.pace * world.scope.size * PER_CAR / 30
    world.agenda.plan(first, lambda: _begin(shop))
    for number in range(1, (world.scope.today - first).days):
        for _lead in range(_count(rng, per_day)):
            world.agenda.plan(first + days(number), lambda: _come(world, shop, rng))


def _count(rng, average: float) -> int:
    return int(average) + (rng.random() < average % 1)


def _begin(shop) -> None:
    """A team, whose outcomes are the store's own, and its WeChat account."""
    shop.env["crm.team"].create(
        {
            "name": f"{shop.company.name} 销售组",
            "company_id": shop.company_id,
            "user_id": shop.manager_id,
            "member_ids": [(6, 0, shop.seller_ids)],
        }
    )
    shop.env["dms.connector"].create(
        {
            "name": "微信服务号",
            "code": "wechat",
            "provider": "wechat",
            "endpoint": WECHAT,
            "account": f"wxdemo{shop.data.code.lower()}",
            "auth_kind": "none",
            "may_repeat": False,
            "company_id": shop.company_id,
            "state": "paused",
        }
    )


# Who comes


def _come(world, shop, rng) -> None:
    offer = _wish(world, shop, rng)
    rival = rng.choice([b.name for b in BRANDS if b.code not in shop.data.brands])
    price = offer.price * 1.13
    asked = asking.ask(rng, offer.series.name, rival, price)
    door = asking.channel(rng)
    lead_id = _DOORS[door](world, shop, rng, offer, asked)
    _tell_fields(shop, rng, lead_id, asked, price)
    _plan_answer(world, shop, rng, lead_id, offer)
    for number, words in enumerate(asked.more, 1):
        _later(world, number, lambda words=words: _say_more(shop, lead_id, words))
    if asked.meets:
        _later(world, 2, lambda: _meet(world, shop, lead_id))
    _later(world, 5, lambda: shop.env["crm.lead"].browse(lead_id)._dms_score())
    _plan_end(world, shop, rng, lead_id, asked)


def _later(world, number: int, act) -> None:
    world.after(days(number), act)


def _wish(world, shop, rng):
    year = model_year(world.today)
    brand = rng.choice(shop.data.brands)
    offers = world.offers[brand, year] or world.offers[brand, year - 1]
    return rng.choices(offers, [offer.trim.demand for offer in offers])[0]


def _template(shop, offer):
    return shop.env["product.product"].browse(offer.product_id).product_tmpl_id


def _seller(shop, rng) -> int:
    return rng.choice(shop.seller_ids or [shop.manager_id])


def _walk_in(world, shop, rng, offer, asked) -> int:
    visits = shop.env["dms.showroom.visit"]
    visits.register(people=rng.randint(1, 3))  # who leaves no number
    visits.register(
        names.phone(rng),
        names.person(rng),
        _template(shop, offer).ids,
        _seller(shop, rng),
        rng.randint(1, 4),
    )
    here = [("company_id", "=", shop.company_id), ("lead_id", "!=", False)]
    lead = visits.search(here, limit=1).lead_id
    lead.description = asked.says
    return lead.id


def _call(world, shop, rng, offer, asked) -> int:
    return _take(shop, rng, offer, asked, "phone")


def _fill_in(world, shop, rng, offer, asked) -> int:
    return _take(shop, rng, offer, asked, "web")


def _take(shop, rng, offer, asked, channel: str) -> int:
    vals = {
        "company_id": shop.company_id,
        "dms_channel": channel,
        "contact_name": names.person(rng),
        "phone": names.phone(rng),
        "description": asked.says,
        "dms_model_ids": [(4, _template(shop, offer).id)],
    }
    lead, _known = shop.env["crm.lead"]._dms_take(vals)
    return lead.id


def _mail(world, shop, rng, offer, asked) -> int:
    """A lead site sends a mail with ADF."""
    contact = adf.Contact(
        names=(adf.Name(value=names.person(rng), part="full"),),
        phones=(adf.Phone(value=names.phone(rng)),),
    )
    portal = rng.choice(PORTALS)
    prospect = adf.Prospect(
        status="new",
        ids=(adf.Id(value=str(rng.randrange(10**9)), source=portal),),
        requestdate=f"{world.clock.now.isoformat()}+00:00",
        vehicles=(_wanted(offer),),
        customer=adf.Customer(contact=contact, comments=asked.says),
        vendor=adf.Vendor(vendorname=shop.data.code),
        provider=adf.Provider(name=adf.Name(value=portal)),
    )
    xml = adf.write(adf.Adf(prospects=(prospect,)))
    sender = "leads@portal.example"
    message = {
        "subject": "新线索",
        "from": sender,
        "email_from": sender,
        "body": "",
        "attachments": [("lead.xml", xml, {})],
    }
    leads = shop.env["crm.lead"]
    return leads.message_new(message, {"company_id": shop.company_id}).id


def _wanted(offer):
    return adf.Vehicle(
        interest="buy",
        status="new",
        year=str(offer.year),
        make=offer.brand.name,
        model=offer.series.name,
    )


def _write(world, shop, rng, offer, asked) -> int:
    """A message to the store's WeChat account, as it lies in the inbox."""
    open_id = f"o{rng.getrandbits(128):032x}"[:28]
    return _wechat(shop, open_id, f"{names.person(rng)}：{asked.says}", rng)


def _wechat(shop, open_id: str, words: str, rng=None) -> int:
    account = shop.env["dms.connector"]._dms_find("wechat", shop.company)
    said = {"sender": open_id, "kind": "text", "text": words, "media": ""}
    inbox = shop.env["dms.inbox.message"]
    count = inbox.search_count([("connector_id", "=", account.id)])
    incoming = delivery.Incoming("wechat.message", said, f"{account.id}-{count}")
    message, _known = inbox._take(account, incoming, None, words.encode())
    return message.result["lead"]


_DOORS = {
    "walk_in": _walk_in,
    "phone": _call,
    "web": _fill_in,
    "adf": _mail,
    "wechat": _write,
}


def _tell_fields(shop, rng, lead_id: int, asked, price: float) -> None:
    """What the first talk brings, in fields; a number, where there was none."""
    lead = shop.env["crm.lead"].browse(lead_id)
    vals = {
        "dms_payment": "loan"
        if "贷款" in asked.says or "月供" in asked.says
        else False,
        "dms_has_trade_in": "置换" in asked.says,
        "dms_intent": {"hot": "h", "warm": "b", "cold": "c"}[asked.temper],
    }
    if not lead.phone:
        vals |= {"phone": names.phone(rng), "contact_name": names.person(rng)}
        vals["name"] = vals["contact_name"]
    if rng.random() < 0.4:
        vals["dms_budget_to"] = round(price, -4)
    lead.write(vals)


# What the store does


def _plan_answer(world, shop, rng, lead_id: int, offer) -> None:
    chance, minutes = rng.random(), rng.randint(4, 26)
    words = rng.choice(asking.ANSWERS).format(series=offer.series.name)
    if chance < IN_TIME:
        world.clock.wait(minutes / 60, shop.env.cr)
        _answer(shop, lead_id, words)
    elif chance < LATE:
        _later(world, 1, lambda: _answer(shop, lead_id, words, late=True))


def _answer(shop, lead_id: int, words: str, late: bool = False) -> None:
    lead = shop.env["crm.lead"].browse(lead_id).exists()
    if not lead or lead.dms_answered_at or lead.won_status != "pending":
        return
    if late:
        lead._dms_escalate()
    _move(lead, 1)
    _as_consultant(shop, lead).message_post(
        body=words, message_type="comment", subtype_xmlid="mail.mt_comment"
    )


def _as_consultant(shop, lead):
    user = lead.user_id or shop.env.user
    context = dict(shop.env.context, allowed_company_ids=[shop.company_id])
    return lead.with_user(user).with_context(**context)


def _say_more(shop, lead_id: int, words: str) -> None:
    """Who writes on WeChat writes again there, others answer by mail."""
    lead = shop.env["crm.lead"].browse(lead_id)
    if lead.won_status != "pending":
        return
    if lead.dms_wechat_open_id:
        _wechat(shop, lead.dms_wechat_open_id, words)
        return
    lead.message_post(
        body=words,
        message_type="email",
        author_id=False,
        email_from="customer@mail.example",
        subtype_xmlid="mail.mt_note",
    )


def _meet(world, shop, lead_id: int) -> None:
    """The customer comes to the store."""
    lead = shop.env["crm.lead"].browse(lead_id)
    if lead.won_status != "pending":
        return
    start = world.clock.now
    shop.env["calendar.event"].create(
        {
            "name": f"到店 {lead.name}",
            "start": start,
            "stop": start + timedelta(hours=1),
            "opportunity_id": lead.id,
            "user_id": lead.user_id.id or shop.manager_id,
            "partner_ids": [(6, 0, lead.user_id.partner_id.ids)],
        }
    )
    shop.env["dms.showroom.visit"].register(lead.phone)
    _move(lead, 2)


def _move(lead, number: int) -> None:
    """Bring a lead to a stage, unless it is further already."""
    stages = lead.env["crm.stage"].search([("is_won", "=", False)])
    stage = stages[min(number, len(stages) - 1)]
    if lead.stage_id.sequence < stage.sequence:
        lead.stage_id = stage


# How it ends


def _plan_end(world, shop, rng, lead_id: int, asked) -> None:
    after = rng.randint(7, 24)
    lost = rng.choice(asking.LOST)
    if asked.buys:
        _later(world, after, lambda: shop.hopes.append(lead_id))
        _later(world, after + WAITS, lambda: _lose(shop, lead_id, asking.LOST[1]))
    else:
        # some are worked on longer
        days_more = 0 if rng.random() < 0.85 else LONGER
        _later(world, after + days_more, lambda: _lose(shop, lead_id, lost))


def _lose(shop, lead_id: int, reason: tuple[str, str]) -> None:
    lead = shop.env["crm.lead"].browse(lead_id)
    if lead.won_status != "pending":
        return
    if lead_id in shop.hopes:
        shop.hopes.remove(lead_id)
    name, note = reason
    found = shop.env["crm.lost.reason"].search([("name", "=", name)], limit=1)
    lead.message_post(body=note, subtype_xmlid="mail.mt_note")
    lead.action_set_lost(lost_reason_id=found.id)


def win(shop, orders) -> None:
    """Let people who wanted to buy be those who order."""
    for order in orders:
        is_person = not order.partner_id.is_company
        if is_person and shop.hopes and len(order.order_line._dms_cars()) == 1:
            _win(shop, shop.env["crm.lead"].browse(shop.hopes.pop(0)), order)


def _win(shop, lead, order) -> None:
    buyer = order.partner_id
    buyer.phone = lead.phone
    names_ = {"name": buyer.name, "contact_name": buyer.name}
    lead.write(names_ | {"partner_id": buyer.id})
    order.opportunity_id = lead
    if lead.user_id.id in shop.seller_ids:
        order.user_id = lead.user_id


# The last day, when all stores have lived


def finish(world) -> None:
    """Learn from what became of them, and score who is open; note what helped."""
    world.clock.go(world.scope.today - days(1), world.env.cr)
    world.clock.wait(8, world.env.cr)
    _learn(world)
    for shop in world.shops:
        shop.env = world.at(shop)
        leads = shop.env["crm.lead"].search(
            [("company_id", "=", shop.company_id), ("won_status", "=", "pending")]
        )
        leads._dms_score()
        _talk(world, shop, leads)
    # nobody has these addresses
    waiting = [("state", "in", ("outgoing", "exception"))]
    world.env["mail.mail"].search(waiting).unlink()


def _learn(world) -> None:
    learner = world.env.ref("dms_sales.dms_learner_intent")
    training = world.env["dms.learner.training"].create(
        {"learner_id": learner.id, "company_id": world.companies[0].id}
    )
    training._train_safely()


def _talk(world, shop, leads) -> None:
    rng = world.chance(f"talk:{shop.data.code}")
    for lead in leads.filtered("dms_answered_at").sorted("id")[:6]:
        for script in lead.dms_script_ids[:2]:
            lead.dms_note_script(script.id, rng.random() < HELPS)
