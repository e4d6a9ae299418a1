"""In the last days of the story cars go by the checklist, with all their papers."""

from odoo import fields
from odoo.fields import Command

from odoo.addons.dms_sales.motor_invoice.uscc import check_character

from . import names, pictures

INSURER = "星槎财产保险公司"
ODOMETER = (8, 45)
PREMIUM = 950


def begin(shop) -> None:
    """From now on the store delivers by the checklist, and pays by a plan."""
    shop.company.dms_delivery_checklist = True
    shop.company.partner_id.vat = credit_code(shop.company_id)
    if shop.seller_ids:
        _agree_on_commission(shop)


def credit_code(number: int) -> str:
    """:return: a unified social credit code of no company"""
    body = f"91999999MA{number:07d}"
    return body + check_character(body)


def _agree_on_commission(shop) -> None:
    rules = [
        {"name": "单车提成", "kind": "per_unit", "amount": 300},
        {"name": "毛利提成", "kind": "gross_share", "percent": 5, "part": "front"},
    ]
    shop.env["dms.commission.plan"].create(
        {
            "name": "销售顾问提成方案",
            "company_id": shop.company_id,
            "date_from": "2020-01-01",
            "rule_ids": [Command.create(rule) for rule in rules],
        }
    )


def hand_over(world, shop, orders) -> int:
    """Make the papers of sold cars, and hand over those that nothing keeps.

    :return: how many cars went
    """
    deals = orders.dms_deal_id | orders.order_line.dms_deal_id
    ready = deals.filtered(lambda deal: deal.state == "ordered").sorted("id")
    for deal in ready:
        _make_papers(shop, deal)
    gone = [_sign(shop, deal) for deal in ready if not deal._dms_blockers()]
    return len(gone)


def _make_papers(shop, deal) -> None:
    _issue(deal)
    _insure(shop, deal)
    _declare(deal)
    _register(shop, deal)
    _fit(deal)


def _issue(deal) -> None:
    action = deal.action_dms_motor_invoice()
    invoice = deal.env["dms.motor.invoice"].browse(action["res_id"])
    buyer = invoice.partner_id
    if buyer.is_company and not buyer.vat:
        buyer.vat = credit_code(buyer.id)
    invoice.write(
        {
            "number": f"2699{deal.id:016d}",
            "engine": invoice.engine or f"TZ{deal.id:07d}",
            "certificate": invoice.certificate or f"WXC{deal.id:012d}",
            "seats": invoice.seats or 5,
            "tonnage": invoice.tonnage
            or (1.5 if deal.vehicle_id.kind == "commercial" else 0),
        }
    )
    invoice.action_enter_number()


def _insure(shop, deal) -> None:
    partners = shop.env["res.partner"]
    found = partners.search([("name", "=", INSURER)], limit=1)
    insurer = found or partners.create({"name": INSURER, "is_company": True})
    deal.policy_ids.create(
        {
            "deal_id": deal.id,
            "company_id": shop.company_id,
            "insurer_id": insurer.id,
            "number": f"PDAA{deal.id:012d}",
            "premium": PREMIUM,
        }
    )


def _declare(deal) -> None:
    """The purchase tax, where the store sees to it."""
    blocks = deal.order_id.order_line.mapped("dms_block")
    if "purchase_tax" not in blocks:
        return
    today = fields.Date.today()
    tax = deal.purchase_tax_ids.create({"deal_id": deal.id})
    tax.write(
        {"declared_on": today, "paid_on": today, "receipt": f"3102{deal.id:014d}"}
    )


def _fit(deal) -> None:
    """What was sold with the car is on it."""
    items = deal._dms_delivery().item_ids
    items.filtered(
        lambda one: (
            one.kind == "manual" and one.phase == "before" and one.state == "open"
        )
    ).action_tick()


def _register(shop, deal) -> None:
    action = deal.action_dms_registration()
    registration = deal.env["dms.registration"].browse(action["res_id"])
    electric = deal.vehicle_id.kind in ("bev", "phev")
    registration.plate = names.plate(shop.rng, shop.data.plate, electric)
    registration.line_ids.action_done()
    registration.action_register()


def _sign(shop, deal):
    delivery = deal._dms_delivery()
    delivery.item_ids.filtered(lambda one: one.phase == "handover").action_tick()
    name = deal.partner_id.name
    photo = {"name": "photo.jpg", "datas": pictures.photo(deal.id)}
    delivery.write(
        {
            "planned_at": fields.Datetime.now(),
            "photo_ids": [Command.create(photo)],
            "signature": pictures.signature(name),
            "signed_name": name,
            "odometer_km": max(
                deal.vehicle_id.odometer_km, shop.rng.randint(*ODOMETER)
            ),
        }
    )
    delivery.action_hand_over()
    return delivery
