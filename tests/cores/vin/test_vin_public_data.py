"""Agreement with labelled VINs and WMIs published by others."""

import csv
import hashlib
from pathlib import Path

import pytest

from odoo.addons.dms_vehicle.vin import decode, maker_of, normalise, with_check_digit

DATA = Path(__file__).resolve().parents[4] / "shared/data/vin"
TODAY = 2026

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the public VIN lists are not in {DATA}"
)

Rows = list[dict[str, str]]


def rows(name: str) -> Rows:
    """Return the rows of one of the public lists."""
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def held_out(vin: str) -> bool:
    """Tell whether ``vin`` is in the half nobody looked at when making the rules."""
    return bool(hashlib.sha256(vin.encode()).digest()[0] & 1)


@pytest.fixture(scope="module")
def labelled() -> Rows:
    """All labelled VINs of cars new enough to have 17 characters."""
    return [row for row in rows("vins_labelled.csv") if len(row["vin"]) == 17]


@pytest.fixture(scope="module", params=[False, True], ids=["seen", "held out"])
def half(request: pytest.FixtureRequest, labelled: Rows) -> Rows:
    """One half of them, split by a hash of the VIN."""
    return [row for row in labelled if held_out(row["vin"]) == request.param]


def test_the_halves_are_halves(half: Rows, labelled: Rows) -> None:
    assert 0.45 < len(half) / len(labelled) < 0.55


def test_check_digits_agree_both_ways(half: Rows) -> None:
    for row in half:
        agrees = decode(row["vin"], today_year=TODAY).check_digit == "ok"
        assert agrees == (row["check_digit_ok"] == "1"), row["vin"]


def test_every_labelled_car_is_accepted(half: Rows) -> None:
    assert [row["vin"] for row in half if not decode(row["vin"]).valid] == []


def test_model_years_agree(half: Rows) -> None:
    hits = [
        str(decode(row["vin"], today_year=TODAY).year) == row["model_year"]
        for row in half
    ]
    assert sum(hits) / len(hits) >= 0.995


def test_makes_agree(half: Rows) -> None:
    hits = [
        (decode(row["vin"], today_year=TODAY).make or "").casefold()
        == row["make"].casefold()
        for row in half
    ]
    assert sum(hits) / len(hits) >= 0.97


def test_makes_agree_on_cars_from_the_street(half: Rows) -> None:
    # Pattern lists repeat one model thousands of times and flatter the total.
    street = [row for row in half if "USA_cars_datasets" in row["source"]]
    hits = [
        (decode(row["vin"], today_year=TODAY).make or "").casefold()
        == row["make"].casefold()
        for row in street
    ]
    assert sum(hits) / len(hits) >= 0.97


def test_chinese_check_digits_decide_over_validity() -> None:
    for row in rows("vins_china_wild.csv"):
        car = decode(row["vin"], today_year=TODAY)
        assert car.valid == (row["check_digit_ok"] == "1"), row["vin"]
        assert car.expected_check_digit == row["expected_check_digit"]


def test_chinese_brands_agree_where_the_owner_named_one() -> None:
    for row in rows("vins_china_wild.csv"):
        brand = row["brand_as_stated_in_source"]
        car = decode(row["vin"], today_year=TODAY)
        maker = maker_of(car.wmi)
        if not brand or maker is None:
            continue
        assert car.make in brand or any(zh in brand for zh in maker.makes_zh)


def gold() -> Rows:
    """Return the reviewed Chinese WMIs, none if the lists are absent."""
    return rows("wmi_china_gold_candidate.csv") if DATA.is_dir() else []


@pytest.mark.parametrize("row", gold(), ids=lambda row: row["wmi"])
def test_the_reviewed_chinese_wmis(row: dict[str, str]) -> None:
    maker = maker_of(row["wmi"])
    assert maker is not None
    names = {*maker.makes, *maker.makes_zh, maker.name, maker.name_zh}
    assert any(name in row["researcher_label"] for name in names)


def test_there_are_forty_four_of_them_and_each_gives_a_make() -> None:
    vins = [with_check_digit(row["wmi"] + "AA12B0N0000001") for row in gold()]
    assert len(vins) == 44
    assert all(decode(vin).valid and decode(vin).make for vin in vins)


def test_the_wild_survives_a_full_width_keyboard(labelled: Rows) -> None:
    for row in labelled[:200]:
        wide = "".join(chr(ord(char) + 0xFEE0) for char in row["vin"])
        assert normalise(wide) == row["vin"]
