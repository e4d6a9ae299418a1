"""Where the cars stand on the last evening: some in the showroom, most in the yard."""

from .passports import SHOWN

COLUMNS = 12
KINDS = ("yard", "yard", "charging", "pdi", "test_drive")
LEFT_ONE_IN = 12


def park(world, shop) -> None:
    """Draw showroom and yard of a store, and park nearly all free cars."""
    cars = [car.vehicle_id for car in shop.stock]
    show, rest = cars[-SHOWN:], cars[:-SHOWN]
    rows = len(rest) // COLUMNS + 2
    showroom = _site(world, shop, "SHOW", ("Showroom", "展厅"), _showroom())
    yard = _site(world, shop, "YARD", ("Yard", "车场"), _yard(rows))
    chance = world.chance(f"yard:{shop.data.code}")
    chance.shuffle(rest)
    seen = rest[len(rest) // LEFT_ONE_IN :]
    places = chance.sample(yard.slot_ids.ids, len(seen))
    _see(shop, zip(show, showroom.slot_ids.ids, strict=False))
    _see(shop, zip(seen, places, strict=True))


def _site(world, shop, code: str, names: tuple, grids: list[dict]):
    site = world.create_bilingual(
        "dms.yard.site",
        {
            "name": names[0],
            "code": code,
            "company_id": shop.company_id,
            "width_m": COLUMNS * 3 + 4,
            "height_m": max(grid["y"] for grid in grids) + 8,
        },
        name=names[1],
    )
    slots = [slot for grid in grids for slot in site.make_grid(grid)]
    site.save_plan(0, [{"id": False, **slot} for slot in slots])
    return site


def _showroom() -> list[dict]:
    row = {"rows": 1, "columns": 4, "width": 5, "height": 6, "gap_x": 3, "x": 3}
    return [
        row | {"y": 3, "prefix": "S", "kind": "showroom"},
        row | {"y": 14, "prefix": "S", "row_letter": "B", "kind": "showroom"},
    ]


def _yard(rows: int) -> list[dict]:
    """Two rows back to back, then a lane."""
    return [
        {
            "rows": 1,
            "columns": COLUMNS,
            "width": 3,
            "x": 2,
            "y": 2 + number * 5.3 + (number + 1) // 2 * 6,
            "row_letter": _letter(number),
            "kind": KINDS[number % len(KINDS)],
        }
        for number in range(rows)
    ]


def _letter(number: int) -> str:
    return (chr(64 + number // 26) if number >= 26 else "") + chr(65 + number % 26)


def _see(shop, pairs) -> None:
    shop.env["dms.yard.sighting"]._dms_take(
        [
            {
                "company_id": shop.company_id,
                "source": "scan",
                "vehicle_id": car,
                "slot_id": slot,
                "user_id": shop.manager_id,
            }
            for car, slot in pairs
        ]
    )
