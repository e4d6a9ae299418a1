"""Many cars and customers straight into the tables, as years of trade leave them.

Rows are made by the database server or copied in, so a million cars take a minute;
the values follow what the product's own documents would have written.
"""

import io
import random

from odoo.addons.dms_vehicle.vin import with_check_digit

STORES = 12
MODELS = 60
YEAR_CODES = "NPRSTV"
KINDS = ("ice", "hev", "phev", "bev", "commercial")
# shares of a dealer group's records: most cars are with their customers
STATES = (
    ("delivered", 0.62),
    ("external", 0.33),
    ("in_stock", 0.03),
    ("in_transit", 0.01),
    ("allocated", 0.006),
    ("sold", 0.004),
)
IN_STOCK = ("in_stock", "allocated", "sold")
COLUMNS = (
    "vin",
    "vin_reversed",
    "plate",
    "plate_reversed",
    "company_id",
    "product_id",
    "brand_id",
    "series_id",
    "kind",
    "model_year",
    "owner_id",
    "location_id",
    "state",
    "received_date",
    "delivered_date",
    "active",
    "create_uid",
    "write_uid",
    "create_date",
    "write_date",
)


def stores(env):
    """Twelve stores with a warehouse each; charts of accounts play no part here."""
    group = env["dms.group"].create({"name": "Bench Group", "code": "BENCH"})
    companies = env["res.company"].create(
        [
            {
                "name": f"Store {number:02d}",
                "dms_group_id": group.id,
                "dms_store_code": f"S{number:02d}",
                "dms_store_kind": "4s",
                "dms_pdi_required": False,
            }
            for number in range(1, STORES + 1)
        ]
    )
    env["stock.warehouse"].create(
        [
            {"name": company.name, "code": f"W{number:02d}", "company_id": company.id}
            for number, company in enumerate(companies, start=1)
        ]
    )
    return companies


def store_with_books(env):
    """One store opened as the product opens stores, with a Chinese chart."""
    group = env["dms.group"].create({"name": "Bench Group", "code": "BENCH"})
    wizard = env["dms.store.open"].create(
        {
            "dms_group_id": group.id,
            "name": "Bench Store",
            "dms_store_code": "B01",
            "dms_store_kind": "4s",
            "warehouse_code": "B01",
            "country_id": env.ref("base.cn").id,
            "currency_id": env.ref("base.CNY").id,
            "chart_template": "cn",
            "dms_pdi_required": False,
        }
    )
    wizard.action_open()
    return wizard.company_id


def models(env):
    """Sixty models of three brands in twelve series."""
    vehicles = env.ref("dms_vehicle.product_category_vehicles")
    brands = env["dms.brand"].create(
        [{"name": f"Brand {code}", "code": code} for code in "ABC"]
    )
    series = env["product.category"].create(
        [{"name": f"Series {n}", "parent_id": vehicles.id} for n in range(12)]
    )
    templates = env["product.template"].create(
        [
            {
                "name": f"Series {number % 12} {2020 + number % 6} trim {number}",
                "categ_id": series[number % 12].id,
                "dms_is_vehicle": True,
                "dms_brand_id": brands[number % 3].id,
                "dms_kind": KINDS[number % 5],
                "dms_model_year": 2020 + number % 6,
                "default_code": f"M{number:03d}",
                "list_price": 80000 + 3000 * number,
            }
            for number in range(MODELS)
        ]
    )
    return templates.product_variant_ids


NAME = """substr('王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗', 1 + i % 20, 1)
    || substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平', 1 + i / 20 % 20, 1)
    || substr('一国华建文志海天家子', 1 + i / 400 % 10, 1) || i / 4000"""


def partners(env, count):
    """:return: the first and last id of ``count`` new customers"""
    pattern = env["res.partner"].create({"name": "Pattern", "lang": "zh_CN"})
    env["res.partner"].flush_model()
    made = {
        "name": NAME,
        "complete_name": NAME,
        "phone": "'139' || lpad((i::bigint * 37 % 100000000)::text, 8, '0')",
        "commercial_partner_id": "NULL",
    }
    columns = _columns(env, "res_partner")
    values = ", ".join(made.get(column, column) for column in columns)
    env.cr.execute(
        f"INSERT INTO res_partner ({', '.join(columns)}) SELECT {values}"
        f" FROM res_partner, generate_series(1, {count}) AS i"
        f" WHERE id = {pattern.id} RETURNING id"
    )
    ids = [row[0] for row in env.cr.fetchall()]
    # else the check of the foreign key reads the whole table for each row
    env.cr.execute("ANALYZE res_partner")
    env.cr.execute(
        "UPDATE res_partner SET commercial_partner_id = id"
        " WHERE commercial_partner_id IS NULL"
    )
    return min(ids), max(ids)


def _columns(env, table):
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND column_name != 'id'",
        [table],
    )
    return [row[0] for row in env.cr.fetchall()]


def cars(env, count, companies, products, owners, seed=1):
    """Copy ``count`` cars in and let the planner know them."""
    locations = {
        warehouse.company_id.id: warehouse.lot_stock_id.id
        for warehouse in env["stock.warehouse"].search([])
    }
    rng = random.Random(seed)
    store_ids = companies.ids
    catalogue = [_model(product) for product in products]
    env["dms.vehicle"].flush_model()
    start = _count(env)
    rows = (
        _row(rng, start + n, store_ids, catalogue, locations, owners)
        for n in range(count)
    )
    _copy(env.cr, rows)
    env.cr.execute("ANALYZE dms_vehicle; ANALYZE res_partner")


def _count(env):
    env.cr.execute("SELECT count(*) FROM dms_vehicle")
    return env.cr.fetchone()[0]


def _model(product):
    return (
        str(product.id),
        str(product.dms_brand_id.id),
        str(product.categ_id.id),
        product.dms_kind,
        str(product.dms_model_year),
    )


def vin_of(number):
    """A valid VIN for the ``number``-th car."""
    year = YEAR_CODES[number % len(YEAR_CODES)]
    serial = f"{number:07d}"
    return with_check_digit(f"LZZAB{number % 9}C{number % 7}0{year}{serial}")


def plate_of(number):
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    city = letters[number % 24]
    return f"苏{city}{letters[number // 24 % 24]}{number // 576 % 100000:05d}"


def _row(rng, number, store_ids, catalogue, locations, owners):
    vin = vin_of(number)
    state = rng.choices([s for s, _p in STATES], [p for _s, p in STATES])[0]
    store = store_ids[rng.randrange(len(store_ids))]
    with_customer = state in ("delivered", "external")
    plate = plate_of(number) if with_customer else None
    received = f"{2021 + rng.randrange(5)}-{1 + rng.randrange(12):02d}-15"
    return (
        vin,
        vin[::-1],
        plate,
        plate and plate[::-1],
        str(store),
        *catalogue[rng.randrange(len(catalogue))],
        str(rng.randint(*owners)) if with_customer else None,
        str(locations[store]) if state in IN_STOCK else None,
        state,
        received if state != "external" else None,
        received if state == "delivered" else None,
        "t",
        "1",
        "1",
        "2026-01-01",
        "2026-01-01",
    )


def _copy(cr, rows, chunk=50_000):
    lines = []
    for row in rows:
        lines.append("\t".join("\\N" if value is None else value for value in row))
        if len(lines) == chunk:
            _send(cr, lines)
            lines.clear()
    _send(cr, lines)


def _send(cr, lines):
    if lines:
        text = io.StringIO("\n".join(lines) + "\n")
        cr._obj.copy_from(text, "dms_vehicle", columns=COLUMNS)
