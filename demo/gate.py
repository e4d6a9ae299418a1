"""A guard at the gate of each store that has cars, in the last days of the story."""

KILOMETRES = (5, 40)


def post_guard(shop) -> None:
    """From now on, whoever delivers a car gets its gate pass as well."""
    shop.company.dms_gate_pass = True


def let_out(shop, pickings) -> None:
    """The guard lets out what has a pass."""
    for gate_pass in pickings.dms_gate_pass_ids:
        if gate_pass.state == "issued":
            gate_pass.let_out()


def drive(world, shop) -> None:
    """One test drive is back, one is on the road, one has its pass in hand."""
    cars = [shop.vehicle(car) for car in shop.stock[:3]]
    drives = _passes(shop).create(
        [_test_drive(shop, car, number) for number, car in enumerate(cars)]
    )
    for gate_pass in drives[:2]:
        gate_pass.let_out(gate_pass.vehicle_id.odometer_km, fuel_percent=70)
    for gate_pass in drives[:1]:
        driven = shop.rng.randint(*KILOMETRES)
        there = gate_pass.vehicle_id.odometer_km
        gate_pass.take_back(there + driven, fuel_percent=65)


def _passes(shop):
    return shop.env["dms.gate.pass"]


def _test_drive(shop, car, number: int) -> dict:
    drivers = ("郭先生", "潘女士", "程先生")
    return {
        "company_id": shop.company_id,
        "vehicle_id": car.id,
        "reason": "test_drive",
        "driver_name": drivers[number % len(drivers)],
    }
