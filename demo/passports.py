"""Cars on show carry a passport that buyers read by the code on the windscreen."""

SHOWN = 5


def put_on_show(world, shop) -> None:
    """Make passports for some free cars; the first one was lost and is renewed."""
    cars = [shop.vehicle(car) for car in shop.stock[-SHOWN:]]
    passports = shop.env["dms.vehicle.passport"].create(
        [{"vehicle_id": car.id} for car in cars]
    )
    passports[:1]._renew("二维码遗失")
