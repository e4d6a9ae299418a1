"""A showroom and a yard per store, with slots, and cars standing in them."""

SHOWROOM = {
    "name": "展厅",
    "code": "S",
    "width_m": 30,
    "height_m": 18,
}
YARD = {"name": "车场", "code": "Y", "width_m": 60, "height_m": 42}
# of so many cars, nobody has scanned one
LOST_ONE_IN = 9
SHOWN = 4


def draw(world, shop) -> None:
    """Draw both plans and put most cars of the store into slots."""
    showroom = _site(shop, SHOWROOM, [_grid(2, 4, "showroom", gap_y=5)])
    rows = [
        _grid(4, 16, "yard", gap_y=4),
        _grid(1, 4, "charging", x=46, row_letter="E"),
        _grid(1, 2, "pdi", x=46, y=14, row_letter="P"),
    ]
    yard = _site(shop, YARD, rows)
    _park(shop, showroom, yard)


def _site(shop, vals: dict, grids):
    site = shop.env["dms.yard.site"].create(vals)
    shapes = [shape for grid in grids for shape in site.make_grid(grid)]
    site.save_plan(site.revision, shapes)
    return site


def _grid(rows: int, columns: int, kind: str, **more) -> dict:
    place = {"x": 2, "y": 2, "width": 2.5, "height": 5.3}
    return place | {"rows": rows, "columns": columns, "kind": kind, **more}


def _park(shop, showroom, yard) -> None:
    """The dearest cars stand in the showroom."""
    sightings = shop.env["dms.yard.sighting"]
    cars = sorted(shop.stock, key=lambda car: -car.asking)
    seen = [car for place, car in enumerate(cars) if (place + 1) % LOST_ONE_IN]
    slots = [*showroom.slot_ids[:SHOWN], *_plain(yard)]
    for slot, car in zip(slots, seen, strict=False):
        sightings.park(slot.id, car.vehicle_id)


def _plain(yard):
    return yard.slot_ids.filtered(lambda slot: slot.kind == "yard")
