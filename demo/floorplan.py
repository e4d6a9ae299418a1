"""Lenders pay for the cars of some stores, and are paid back when these are sold."""

from odoo.fields import Command

from .brands import BRANDS
from .clock import days
from .custody import BANK

# makers finance a part of the yard only: the other certificates are free for a bank
LIMITS = {"loan": 2_500_000, "bill": 8_000_000}
DAYS_AFTER_SALE = 5
# store -> who lends to it: the makers' finance companies per car, or a bank by bills
LENDERS = {"SH01": "loan", "BJ01": "loan", "GZ01": "bill", "CD01": "bill"}
TERMS = {
    "loan": {
        "free_days": 30,
        "rate_ids": [
            Command.create({"from_day": 0, "percent": 4.8}),
            Command.create({"from_day": 90, "percent": 6.5}),
        ],
        "curtailment_ids": [
            Command.create({"day": day, "percent": 10}) for day in (90, 120)
        ],
    },
    "bill": {
        "deposit_percent": 20,
        "deposit_interest_percent": 1.3,
        "fee_percent": 0.05,
        "late_percent": 0.05,
    },
}


def agree(world, shop) -> None:
    """Agree on a line for each brand of a store that somebody lends to."""
    kind = LENDERS.get(shop.data.code)
    brands = [brand for brand in BRANDS if brand.code in shop.data.brands]
    for brand in brands if kind else []:
        lender = _lender(world, kind, brand)
        line = shop.env["dms.floorplan.line"].create(
            {
                "name": f"{lender.name} · {brand.name}",
                "lender_id": lender.id,
                "kind": kind,
                "limit_amount": LIMITS[kind],
                "days_after_sale": DAYS_AFTER_SALE,
                **TERMS[kind],
            }
        )
        shop.line_ids[brand.code] = line.id


def _lender(world, kind: str, brand):
    name = f"{brand.name}汽车金融有限公司" if kind == "loan" else BANK
    partners = world.env["res.partner"]
    vals = {"name": name, "is_company": True}
    return partners.search([("name", "=", name)], limit=1) or partners.create(vals)


def finance(shop, order, brand: str) -> None:
    """Have the lender pay for an order, as long as his line is enough."""
    line = _lines(shop).browse(shop.line_ids.get(brand))
    if line and order.amount_total <= line.available:
        order.dms_floorplan_line_id = line


def sold(world, shop, vehicle_ids) -> None:
    """A sold car is paid back within the days agreed upon."""
    if shop.line_ids:
        later = days(DAYS_AFTER_SALE - 1)
        world.after(later, lambda: _pay_sold(world, shop, vehicle_ids))


def _pay_sold(world, shop, vehicle_ids) -> None:
    cars = [("vehicle_id", "in", vehicle_ids), ("state", "=", "open")]
    _pay(world, _contracts(shop, cars), "all")


def end_month(world, shop) -> None:
    """Book the interest of the month that has ended, pay what is due, settle bills."""
    _lines(shop)._accrue(world.today.replace(day=1))
    for mode in ("due", "bill"):
        due = [("next_due_date", "<=", world.today)]
        _pay(world, _contracts(shop, due), mode)


def _contracts(shop, domain):
    mine = [("company_id", "=", shop.company_id)]
    return shop.env["dms.floorplan.contract"].search(mine + domain)


def _lines(shop):
    return shop.env["dms.floorplan.line"].browse(shop.line_ids.values())


def _pay(world, contracts, mode: str) -> None:
    wizard = contracts.env["dms.floorplan.pay"].create(
        {"contract_ids": contracts.ids, "date": world.today, "mode": mode}
    )
    if wizard._payments():
        wizard._propose().sudo().action_post()  # in the manager's name
