"""The day before the story ends, technicians have looked at the cars on the yard."""

from odoo.fields import Command

from . import pictures

# of so many cars, one still waits
WAITING_ONE_IN = 6
CHARGE = (42, 88)


def inspect(world, shop) -> None:
    """From now on the store delivers after a PDI only; most cars have passed one."""
    shop.company.dms_pdi_required = True
    _sold(shop)._dms_start_pdi()
    cars = shop.env["dms.vehicle"].browse(car.vehicle_id for car in shop.stock)
    pdis = cars.sorted("vin")._dms_start_pdi()
    waiting = -(-len(pdis) // WAITING_ONE_IN)
    for number, pdi in enumerate(pdis[waiting:]):
        _check(shop, pdi, number, is_failing=not number)
    _read_batteries(shop, cars)


def _sold(shop):
    """:return: the cars whose customers wait for them"""
    mine = [("company_id", "=", shop.company_id)]
    return shop.env["dms.vehicle"].search(
        [*mine, ("state", "in", ("allocated", "sold"))]
    )


def _check(shop, pdi, number: int, is_failing: bool) -> None:
    for item in pdi.item_ids:
        item.write(_finding(shop, item, number))
    if is_failing:
        _find_defect(pdi.item_ids[0])
    name = pdi.env.user.name
    pdi.signature = pictures.signature(name)
    pdi.action_finish()


def _finding(shop, item, number: int) -> dict:
    vals = {"result": "ok"}
    if item.measured:
        vals = {"value": _measured(item)}
    if item.needs_photo:
        vals["photo_ids"] = [Command.create(_photo(number))]
    return vals


def _measured(item) -> float:
    """:return: a value within the limits of the item"""
    if not item.maximum:
        return round(item.minimum * 1.02, 2)
    return round((item.minimum + item.maximum) / 2, 2)


def _find_defect(item) -> None:
    note = "左后门有划痕，需抛光"
    item.write({"result": "defect", "note": note, "repair_needed": True})


def _photo(number: int) -> dict:
    return {"name": "photo.jpg", "datas": pictures.photo(number)}


def _read_batteries(shop, cars) -> None:
    electric = cars.filtered("has_battery")[:4]
    shop.env["dms.battery.reading"].create(
        [{"vehicle_id": car.id, "soc": shop.rng.randint(*CHARGE)} for car in electric]
    )
    shop.env["dms.battery.task"]._plan(cars)
