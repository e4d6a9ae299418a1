"""A guard at the gate in the last days of the story, and the keys of the cars."""

from datetime import timedelta

from odoo import fields

from .names import person

KEYED = 30
DRIVES = 4
SINCE = timedelta(hours=4)


def post_guard(shop) -> None:
    """From now on, whoever delivers a car gets its gate pass as well."""
    shop.company.dms_gate_pass = True


def let_out(pickings) -> None:
    """The guard lets out what has a pass."""
    for one in pickings.dms_gate_pass_ids:
        if one.state == "issued":
            one.let_out()


def drive(shop) -> None:
    """Hang the keys up and let some cars out: back again, outside, late, to come."""
    cars = [shop.vehicle(car) for car in shop.stock]
    keyed = shop.env["dms.vehicle"].union(*cars[:KEYED])
    shop.env["dms.key.item"]._dms_make(keyed, ("key1", "key2"))
    here = [car for car in cars if car.location_id.usage == "internal"][:DRIVES]
    passes = [_issue(shop, car) for car in here]
    for one in passes[1:]:
        one.let_out(odometer_km=one.vehicle_id.odometer_km + 6)
        _take_key(shop, one)
    for one in passes[3:]:
        one.take_back(odometer_km=one.vehicle_id.odometer_km + 14)
    for one in passes[1:2]:
        one.back_by = fields.Datetime.now() - SINCE / 2


def _issue(shop, car):
    return shop.env["dms.gate.pass"].create(
        {
            "vehicle_id": car.id,
            "company_id": shop.company.id,
            "reason": "test_drive",
            "driver_name": person(shop.rng),
            "valid_from": fields.Datetime.now() - SINCE,
            "back_by": fields.Datetime.now() + SINCE,
        }
    )


def _take_key(shop, one) -> None:
    keys = shop.env["dms.key.item"].search(
        [("vehicle_id", "=", one.vehicle_id.id), ("kind", "=", "key1")]
    )
    keys.take(one.issued_by_id.partner_id, gate_pass=one)
