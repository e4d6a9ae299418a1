"""Buyers, made in batches."""

from odoo.fields import Command

from . import names, secret_numbers

FIRM_SHARE = {"TS": 0.7, "YH": 0.06, "QJ": 0.04}


def create(shop, brands):
    """:return: one new customer per brand code of ``brands``, in that order"""
    vals_list = [_prepare(shop, brand) for brand in brands]
    return shop.env["res.partner"].create(vals_list)


def _prepare(shop, brand: str) -> dict:
    rng, data = shop.rng, shop.data
    is_firm = rng.random() < FIRM_SHARE[brand]
    return {
        "name": names.firm(rng, data.city) if is_firm else names.person(rng),
        "is_company": is_firm,
        "phone": names.phone(rng),
        "city": data.city,
        "state_id": shop.company.state_id.id,
        "country_id": shop.company.country_id.id,
        "company_id": shop.company_id,
        "lang": "zh_CN",
        "customer_rank": 1,
        **(_prepare_account(rng) if is_firm else _prepare_card(rng)),
    }


def _prepare_card(rng) -> dict:
    return {
        "dms_id_number": secret_numbers.resident_number(rng, rng.randint(1960, 2004))
    }


def _prepare_account(rng) -> dict:
    return {
        "bank_ids": [Command.create({"acc_number": secret_numbers.bank_account(rng)})]
    }
