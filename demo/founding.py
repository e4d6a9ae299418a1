"""The group, its regions, stores and people, through the product's own wizards."""

from odoo.fields import Command

from . import books, custody, desk, floorplan, landed, look, staff, transfer, web
from .stores import GROUP, HOLDING, PASSWORD, REGIONS


def found(world) -> None:
    _make_holding(world)
    group = _create_group(world)
    regions = _create_regions(world, group)
    founder = world.env.ref("base.user_admin")
    custody.found_bank(world)
    landed.found_carriers(world)
    for data in world.scope.stores:
        company = _open_store(world, group, regions[data.region], data, founder)
        books.prepare(world, company)
        shop = world.add_shop(data, company, *_sellers(world, company))
        floorplan.agree(world, shop)
        transfer.agree_on_prices(shop)
        desk.agree(world, shop)
        web.open_shop(world, shop)
        founder = world.user(staff.GROUP_ADMIN.login)
    _hire_group_staff(world, founder)
    _settle_admin(world)
    look.dress(world)


def _make_holding(world) -> None:
    """Every database has a company from the start: here it is the holding."""
    currency = world.env.ref("base.CNY")
    currency.active = True
    country = world.env.ref("base.cn")
    world.env.ref("base.main_company").write(
        {"name": HOLDING, "country_id": country.id, "currency_id": currency.id}
    )


def _create_group(world):
    name, code = GROUP
    currency = world.env.ref("base.CNY")
    vals = {"name": name, "code": code, "currency_id": currency.id}
    return world.env["dms.group"].create(vals)


def _create_regions(world, group) -> dict:
    regions = {}
    for code, (name, name_en) in REGIONS.items():
        vals = {"name": name_en, "code": code, "dms_group_id": group.id}
        regions[code] = world.create_bilingual("dms.region", vals, name=name)
    return regions


def _open_store(world, group, region, data, founder):
    env = world.env(user=founder.id, su=False)
    vals = _prepare_store(world, data)
    vals |= {"dms_group_id": group.id, "dms_region_id": region.id}
    wizard = env["dms.store.open"].create(vals)
    wizard.action_open()
    return wizard.company_id.sudo()


def _prepare_store(world, data) -> dict:
    env = world.env
    country = env.ref("base.cn")
    province = env["res.country.state"].search(
        [("country_id", "=", country.id), ("name", "=", data.province)]
    )
    brands = env["dms.brand"].search([("code", "in", data.brands)])
    people = staff.of_store(data, not world.shops, world.chance(f"staff {data.code}"))
    return {
        "name": data.name,
        "dms_store_code": data.code,
        "dms_store_kind": data.kind,
        "dms_brand_ids": [Command.set(brands.ids)],
        "dms_latitude": data.latitude,
        "dms_longitude": data.longitude,
        "state_id": province.id,
        "city": data.city,
        "street": data.street,
        "country_id": country.id,
        "currency_id": env.ref("base.CNY").id,
        "chart_template": "cn",
        "warehouse_code": data.code,
        "dms_pdi_required": False,
        "staff_ids": [Command.create(_prepare_line(world, each)) for each in people],
    }


def _prepare_line(world, each) -> dict:
    return {
        "name": each.name,
        "login": each.login,
        "email": f"{each.login}@xingcha.example",
        "role_ids": [Command.set(_role(world, each).ids)],
        "password": PASSWORD,
    }


def _role(world, each):
    return world.env.ref(f"dms_base.group_dms_{each.role}")


def _sellers(world, company) -> tuple:
    """:return: the store's manager, and who sells there"""
    users = world.env["res.users"].search([("company_id", "=", company.id)])
    managers = _with_role(world, users, "store_manager") - _with_role(
        world, users, "group_admin"
    )
    consultants = _with_role(world, users, "sales_consultant")
    return managers[0], consultants - _with_role(world, users, "store_manager")


def _with_role(world, users, role: str):
    group = world.env.ref(f"dms_base.group_dms_{role}")
    return users.filtered(lambda user: group in user.all_group_ids)


def _hire_group_staff(world, founder) -> None:
    """Auditor and integrator work for every store from the first day."""
    companies = world.companies
    users = world.env(user=founder.id, su=False)["res.users"]
    for each in staff.GROUP_STAFF:
        vals = {"name": each.name, "login": each.login}
        users._dms_create_staff(vals, companies, _role(world, each), PASSWORD)


def _settle_admin(world) -> None:
    """Everybody speaks Chinese; the administrator works in the stores."""
    world.env["ir.default"].set("res.partner", "lang", "zh_CN")
    world.env["ir.default"].set("res.partner", "tz", "Asia/Shanghai")
    users = world.env["res.users"].search([("share", "=", False)])
    users.partner_id.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
    admin = world.env.ref("base.user_admin")
    admin.write(
        {
            "company_ids": [Command.set(world.companies.ids)],
            "company_id": world.companies[0].id,
        }
    )
    admin._change_password(PASSWORD)
    # New passwords are reported by e-mail, to addresses that do not exist.
    world.env["mail.mail"].search([]).unlink()
