"""Brands, makers, series, trims and their variants with prices."""

from typing import NamedTuple

from odoo.fields import Command

from .brands import BRANDS, COLOURS, INTERIORS
from .names import phone
from .series import SERIES

VAT = 1.13
TECHNICAL = {
    "dms_kind": "kind",
    "dms_energy": "energy",
    "dms_power_kw": "power",
    "dms_battery_kwh": "battery",
    "dms_range_km": "range_km",
    "dms_displacement_l": "litres",
    "dms_seats": "seats",
    "dms_axles": "axles",
    "dms_payload_kg": "payload",
    "dms_gross_weight_kg": "gross",
}


class Offer(NamedTuple):
    """A variant a dealer can order; ``price`` is the retail price without VAT."""

    product_id: int
    code: str
    brand: object
    series: object
    trim: object
    year: int
    price: float


def net(price: float) -> float:
    """A retail price, which the trade quotes with VAT, as Odoo keeps it."""
    return round(price / VAT, 2)


def list_products(world) -> None:
    """Fill ``world.offers``: what each brand sells in each model year."""
    brands = {each.code: each for each in BRANDS}
    records = {code: _create_brand(world, each) for code, each in brands.items()}
    colours = _create_attribute(world, "Exterior Colour", "车身颜色", COLOURS)
    interiors = _create_attribute(world, "Interior", "内饰", INTERIORS)
    for series in SERIES:
        brand = brands[series.brand]
        shared = {
            "categ_id": _create_series(world, series).id,
            "dms_brand_id": records[brand.code].id,
        }
        for trim, year in _trims(world, series):
            vals = shared | _prepare_trim(series, trim, year)
            choices = [(colours, brand.colours), (interiors, trim.interiors)]
            vals["attribute_line_ids"] = [
                _prepare_choice(values, codes) for values, codes in choices if codes
            ]
            template = _create_trim(world, series, trim, year, vals)
            _offer(world, template, brand, series, trim, year)


def _trims(world, series):
    return [(trim, year) for year in world.scope.model_years for trim in series.trims]


def _create_brand(world, brand):
    maker = world.env["res.partner"].create(
        {
            "name": brand.maker,
            "is_company": True,
            "city": brand.maker_city,
            "country_id": world.env.ref("base.cn").id,
            "phone": phone(world.chance(brand.code)),
            "supplier_rank": 1,
        }
    )
    world.maker_ids[brand.code] = maker.id
    vals = {"name": brand.name_en, "code": brand.code}
    return world.create_bilingual("dms.brand", vals, name=brand.name)


def _create_attribute(world, name_en, name, choices) -> dict:
    """:return: the ``product.attribute.value`` of each code of ``choices``"""
    vals = {"name": name_en, "create_variant": "always"}
    attribute = world.create_bilingual("product.attribute", vals, name=name)
    values = {}
    for code, (chinese, english, extra) in choices.items():
        vals = {"name": english, "attribute_id": attribute.id}
        vals["default_extra_price"] = net(extra)
        values[code] = world.create_bilingual(
            "product.attribute.value", vals, name=chinese
        )
    return values


def _create_series(world, series):
    parent = world.env.ref("dms_vehicle.product_category_vehicles")
    name = f"{series.name} {series.name_en}"
    return world.env["product.category"].create({"name": name, "parent_id": parent.id})


def _prepare_choice(values, codes):
    """A template's choice of colour or interior, as values of ``attribute_line_ids``"""
    chosen = [values[code] for code in codes]
    return Command.create(
        {
            "attribute_id": chosen[0].attribute_id.id,
            "value_ids": [Command.set([value.id for value in chosen])],
        }
    )


def _prepare_trim(series, trim, year: int) -> dict:
    return {
        "name": f"{series.name_en} {year} {trim.name_en}",
        "dms_is_vehicle": True,
        "dms_model_year": year,
        "dms_trim": trim.name_en,
        "dms_model_code": f"{series.vds}{trim.power:03d}{trim.code}",
        "list_price": net(trim.price),
        **{name: getattr(trim, own) for name, own in TECHNICAL.items()},
    }


def _create_trim(world, series, trim, year: int, vals):
    name = f"{series.name} {year}款 {trim.name}"
    return world.create_bilingual(
        "product.template", vals, name=name, dms_trim=trim.name
    )


def _offer(world, template, brand, series, trim, year: int) -> None:
    """Give each variant its model code and the dealer's price."""
    stem = f"{brand.code}-{series.code}{trim.code}-{year % 100}"
    for product in template.product_variant_ids:
        product.default_code = "-".join([stem, *_choice_codes(product)])
        world.offers[brand.code, year].append(
            Offer(
                product.id,
                product.default_code,
                brand,
                series,
                trim,
                year,
                product.lst_price,
            )
        )
    world.env["product.supplierinfo"].create(
        [
            {
                "company_id": False,
                "partner_id": world.maker_ids[brand.code],
                "product_tmpl_id": template.id,
                "product_id": product.id,
                "product_code": product.default_code,
                "price": round(product.lst_price * brand.cost, 2),
                "currency_id": world.env.ref("base.CNY").id,
                "delay": 20,
            }
            for product in template.product_variant_ids
        ]
    )


def _choice_codes(product) -> list[str]:
    known = COLOURS | INTERIORS
    names = product.product_template_attribute_value_ids.with_context(
        lang="en_US"
    ).mapped("name")
    return [code for code, (_zh, english, _extra) in known.items() if english in names]
