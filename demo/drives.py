"""A demonstrator in each store: who drove it, who did not come, who is to come."""

from datetime import timedelta

from odoo.addons.dms_vehicle.models.dms_drive_feedback import WANTS

from . import names, pictures
from .clock import days
from .secret_numbers import resident_number

# how many days before the end the car begins to serve, and people to drive it
SERVES, DRIVEN, MISSED, CANCELLED = 30, (24, 9), 17, 6
COMING = ((1, 1), (2, 4), (4, 2))  # days ahead, hours after the morning
HOUR = timedelta(hours=1)
FROM_METRES = 0.01  # degrees of latitude, about a kilometre
ROUTES = (
    ("城市环线", 6.5, 20, "起步、启停、窄路会车、自动泊车", (1, 0.5), (0.5, 1.5)),
    ("快速路线", 14.0, 35, "高速辅助驾驶、超车加速、隔音", (3, 2), (1, 4)),
)


def plan(world, shop) -> None:
    """Put the drives of the last weeks on the agenda."""
    rng = world.chance(f"drives:{shop.data.code}")
    today, agenda = world.scope.today, world.agenda

    def put(before, act) -> None:
        if (day := today - days(before)) > world.scope.start + days(2):
            agenda.plan(day, lambda: act(world, shop, rng))

    put(SERVES, _serve)
    for before in DRIVEN:
        put(before, _drive)
    put(MISSED, _miss)
    put(CANCELLED, _cancel)
    put(1, _expect)


def _serve(world, shop, rng) -> None:
    """Take a car out of the stock that is sold, and let it serve."""
    if not shop.stock:
        return
    car = shop.vehicle(shop.stock.pop())
    electric = car.kind in ("bev", "phev")
    car.plate = names.plate(rng, shop.data.plate, electric)
    shop.env["dms.key.item"]._dms_make(car, ("key1",))
    shop.env["dms.drive.car"].create(
        {
            "vehicle_id": car.id,
            "company_id": shop.company_id,
            "for_test": True,
            "for_loan": True,
            "licence_class": "C2" if electric else "C1",
            "most_km": 8000,
            "route_id": _routes(shop)[0].id,
        }
    )


def _routes(shop):
    return shop.env["dms.drive.route"].create(
        [
            {
                "name": name,
                "km": km,
                "minutes": minutes,
                "note": note,
                "company_id": shop.company_id,
                "point_ids": [
                    (0, 0, _point(shop, place, *turn))
                    for place, turn in zip(
                        ("门店", "转弯点", "展示路段", "门店"),
                        ((0, 0), *turns, (0, 0)),
                        strict=True,
                    )
                ],
            }
            for name, km, minutes, note, *turns in ROUTES
        ]
    )


def _point(shop, name: str, north: float, east: float) -> dict:
    return {
        "name": name,
        "latitude": shop.data.latitude + north * FROM_METRES,
        "longitude": shop.data.longitude + east * FROM_METRES,
    }


def _book(world, shop, rng, start=None):
    """:return: a drive of somebody new, none if no car serves"""
    serving = shop.env["dms.drive.car"].search([("company_id", "=", shop.company_id)])
    if not serving:
        return shop.env["dms.drive"]
    person = shop.env["res.partner"].create(
        {
            "name": names.person(rng),
            "phone": names.phone(rng),
            "company_id": shop.company_id,
        }
    )
    return shop.env["dms.drive"].create(
        {
            "kind": "test",
            "vehicle_id": serving[0].vehicle_id.id,
            "partner_id": person.id,
            "company_id": shop.company_id,
            "user_id": rng.choice(shop.seller_ids),
            "start": start or world.clock.now,
        }
    )


def _drive(world, shop, rng) -> None:
    drive = _book(world, shop, rng)
    if not drive:
        return
    _show_licence(shop, rng, drive.partner_id)
    drive._dms_sign(drive.driver_name, pictures.signature(drive.driver_name))
    km = drive.vehicle_id.odometer_km + 1
    keys = shop.env["dms.key.item"].search(
        [("vehicle_id", "=", drive.vehicle_id.id), ("state", "=", "cabinet")]
    )
    drive.hand_out(km, 85, photos=[pictures.photo(drive.id)], keys=keys)
    for one in drive.gate_pass_id:  # from when there is a guard on
        one.let_out(odometer_km=km)
    world.clock.wait(0.8, shop.env.cr)
    for one in drive.gate_pass_id:
        one.take_back(odometer_km=km + 7)
    drive.bring_back(km + 7, 79)
    wants = rng.choice([code for code, _words in WANTS])
    drive._dms_take_feedback(rng.randint(5, 10), wants, "动力很好，座椅舒适")


def _show_licence(shop, rng, person) -> None:
    licence = shop.env["dms.drive.licence"].create(
        {
            "partner_id": person.id,
            "company_id": shop.company_id,
            "number": resident_number(rng, rng.randint(1965, 2002)),
            "classes": rng.choice(("C1", "C1", "B2")),
        }
    )
    licence.action_check()


def _miss(world, shop, rng) -> None:
    if drive := _book(world, shop, rng):
        world.clock.wait(0.5, shop.env.cr)
        drive.action_miss()


def _cancel(world, shop, rng) -> None:
    start = world.clock.now + days(2)
    if drive := _book(world, shop, rng, start):
        drive.action_cancel()


def _expect(world, shop, rng) -> None:
    """On the last day some are to come."""
    for ahead, hours in COMING:
        _book(world, shop, rng, world.clock.now + days(ahead) + hours * HOUR)
