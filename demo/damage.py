"""What carriers did to cars on their way to the first store."""

from odoo.fields import Command

from . import pictures
from .clock import days
from .landed import carrier

STORE = "SH01"
DRIVER = "吴师傅"
# how many days before the end they are claimed, and until the carrier has answered
SETTLED, ANSWERED, OPEN = 12, 7, 3
SCRATCH = {
    "place": "left_rear_door",
    "kind": "scratch",
    "severity": "light",
    "note": "左后门下沿划痕约 12 厘米",
}
DENT = {
    "place": "tailgate",
    "kind": "dent",
    "severity": "medium",
    "note": "尾门右侧凹陷，漆面开裂",
}
CHIP = {
    "place": "rear_bumper",
    "kind": "chip",
    "severity": "light",
    "note": "后保险杠掉漆一处",
}


def plan(world, shop) -> None:
    """One claim is settled, one waits for the carrier's answer."""
    today = world.scope.today
    world.agenda.plan(today - days(SETTLED), lambda: _settle_later(world, shop))
    world.agenda.plan(today - days(OPEN), lambda: _claim(shop, 2600, DENT, CHIP))


def _settle_later(world, shop) -> None:
    report = _claim(shop, 850, SCRATCH)
    if report:
        report_id = report.id
        world.after(days(ANSWERED), lambda: _settle(shop, report_id))


def _claim(shop, estimate: int, *damages):
    """:return: the claim for the car that came last, as the carrier has got it"""
    came = [car for car in shop.stock if shop.vehicle(car).purchase_line_id]
    if not came:
        return None
    newest = max(came, key=lambda car: (car.since, car.vehicle_id))
    report = shop.vehicle(newest)._dms_report_damage(
        _noted(shop, newest) | {"estimate": estimate, "line_ids": _lines(damages)}
    )
    report.action_claim()
    return report


def _noted(shop, car) -> dict:
    receipt = shop.vehicle(car).purchase_line_id.move_ids.picking_id[:1]
    return {
        "picking_id": receipt.id,
        "carrier_id": carrier(shop).id,
        "delivery_note": f"YD-{receipt.name[-5:]}",
        "found_on": car.since,
        "driver_name": DRIVER,
        "driver_signature": pictures.signature(DRIVER),
    }


def _lines(damages) -> list:
    return [
        Command.create(damage | {"photo_ids": [Command.create(_photo(number))]})
        for number, damage in enumerate(damages)
    ]


def _photo(number: int) -> dict:
    return {"name": "photo.jpg", "datas": pictures.photo(31 * number)}


def _settle(shop, report_id: int) -> None:
    """The carrier pays a little less, by a credit note that is drafted."""
    report = shop.env["dms.damage.report"].browse(report_id)
    report.write(
        {
            "carrier_reference": "HY-LP-0317",
            "accepted_amount": 800,
            "settle_by": "refund",
        }
    )
    report.action_accept()
    report.action_settle()
