"""Used cars that customers offer: one bought and made ready, one that waits."""

from dataclasses import replace
from zlib import crc32

from odoo.fields import Command

from odoo.addons.dms_vehicle.vin import with_check_digit

from . import books, customers, names, pictures, secret_numbers
from .clock import days

BUYING = 34  # days before the end
# brand, series, model year and trim of makers who do not exist; price new, litres
OFFERED = (
    ("远岚 轻舟 2021款 1.5L 自动舒适版", 112_900, "1.5L"),
    ("远岚 沐野 2020款 2.0T 自动豪华版", 189_800, "2.0T"),
    ("白鹭 云廷 2022款 1.5T 自动精英版", 139_900, "1.5T"),
    ("白鹭 行者 2019款 1.6L 手动进取版", 86_900, "1.6L"),
)
DAMAGES = (
    ("front_bumper", "scratch", "medium"),
    ("left_rear_door", "dent", "small"),
    ("right_front_wing", "scratch", "small"),
)
WORKSHOP = "同路汽车美容整备中心"


def list_models(world) -> None:
    """Before the stores open: what they buy used is in the catalogue of all."""
    category = world.env.ref("dms_sales.product_category_used")
    world.env["product.template"].create(
        [
            {
                "name": title,
                "categ_id": category.id,
                "dms_is_vehicle": True,
                "dms_kind": "ice",
                "list_price": 0,
            }
            for title, _price, _litres in OFFERED
        ]
    )


def plan(world, shop) -> None:
    """Where somebody appraises and somebody else values."""
    if shop.seller_ids:
        last = world.scope.today - days(BUYING)
        world.agenda.plan(last, lambda: _take_in(world, shop))
        waiting = world.scope.today - days(1)
        world.agenda.plan(waiting, lambda: _leave_waiting(world, shop))


def _take_in(world, shop) -> None:
    chance = world.chance(f"tradein {shop.data.code}")
    one = _appraise(world, shop, chance, number=1)
    _value(shop, one)
    one.action_offer()
    one.action_accept()
    one.write(
        {
            "title_number": f"{chance.randrange(10**12):012d}",
            "has_licence": True,
            "keys_count": 2,
            "bank_id": _account(one, chance).id,
        }
    )
    one.action_buy()
    one.action_receive()
    _bill(shop, one)
    _make_ready(world, shop, one)
    world.tally["taken in"] += 1


def _leave_waiting(world, shop) -> None:
    chance = world.chance(f"tradein waiting {shop.data.code}")
    one = _appraise(world, shop, chance, number=2)
    _propose_cuts(shop)
    if chance.random() < 0.5:
        _value(shop, one)
        one.action_offer()


def _propose_cuts(shop) -> None:
    """As the scheduler does every day."""
    cars = shop.env["dms.vehicle"].search(
        [
            ("company_id", "=", shop.company_id),
            ("is_used", "=", True),
            ("state", "=", "in_stock"),
            ("dms_first_price", ">", 0),
        ]
    )
    cuts = shop.env["dms.price.cut.rule"]._dms_cuts(shop.company)
    shop.env["dms.price.cut"]._dms_propose(cars, cuts)


def _appraise(world, shop, chance, number: int):
    """A consultant stands beside the car."""
    # what happens here moves nothing of the story elsewhere
    owner = customers.create(replace(shop, rng=chance), [shop.data.brands[0]])
    title, price, litres = chance.choice(OFFERED)
    age = world.today.year - int(title.split()[2][:4])
    consultant = shop.env(user=shop.seller_ids[0], su=False)
    one = consultant["dms.appraisal"].create(
        {
            "partner_id": owner.id,
            "company_id": shop.company_id,
            "vin": _vin(shop, number),
            "title": title,
            "kind": "ice",
            "plate": names.plate(chance, shop.data.plate, False),
            "first_registration": world.today.replace(
                year=world.today.year - age, day=1
            ),
            "odometer_km": age * chance.randint(8_000, 17_000),
            "new_price": price,
            "displacement": litres,
            "gearbox": "manual" if "手动" in title else "automatic",
            "damage_ids": [
                Command.create({"panel": panel, "kind": kind, "size": size})
                for panel, kind, size in chance.sample(DAMAGES, chance.randint(1, 3))
            ],
        }
    )
    for line in one.photo_line_ids.filtered("is_required"):
        line.image = pictures.photo(line.position_id.id)
    one.action_appraised()
    return one.with_env(shop.env)


def _vin(shop, number: int) -> str:
    serial = 100_000 + crc32(shop.data.code.encode()) % 80_000 * 10 + number
    return with_check_digit(f"LZ9AB3C20MB{serial:06d}")


def _value(shop, one) -> None:
    """The manager says what it is worth: two thirds of its price new after years."""
    years = max(1, one.create_date.year - one.first_registration.year)
    market = round(one.new_price * 0.82 * 0.9**years, -2)
    one.write({"market_value": market})
    one.action_value()


def _account(one, chance):
    vals = {"acc_number": secret_numbers.bank_account(chance)}
    return one.env["res.partner.bank"].create(vals | {"partner_id": one.partner_id.id})


def _bill(shop, one) -> None:
    one.reverse_number = f"2699{one.id:016d}"
    one.action_bill()
    one.bill_id.action_post()
    books.pay(shop, one.bill_id.ids)


def _make_ready(world, shop, one) -> None:
    partners = shop.env["res.partner"]
    found = partners.search([("name", "=", WORKSHOP)], limit=1)
    workshop = found or partners.create({"name": WORKSHOP, "is_company": True})
    action = one.action_recondition()
    work = shop.env["dms.reconditioning"].browse(action["res_id"])
    work.line_ids.partner_id = workshop
    work.action_order()
    bill = work.line_ids.bill_id
    bill.invoice_date = world.today
    bill.action_post()
    work.action_done()
