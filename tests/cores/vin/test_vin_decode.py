"""The one entry: a text in, an immutable answer out, fast."""

import dataclasses
import doctest
from time import perf_counter

import pytest

from odoo.addons.dms_vehicle import vin as package
from odoo.addons.dms_vehicle.vin import Decoded, decode, explain

GOOD = "1HGCM82633A004352"


def test_the_examples_of_the_package_hold() -> None:
    assert doctest.testmod(package).failed == 0
    assert doctest.testmod(package).attempted > 0


def test_everything_a_vin_says() -> None:
    car = decode(GOOD, today_year=2026)
    assert (car.vin, car.valid, car.problem, car.warnings) == (GOOD, True, None, ())
    assert (car.check_digit, car.expected_check_digit) == ("ok", "3")
    assert (car.wmi, car.vds, car.vis) == ("1HG", "CM8263", "3A004352")
    assert (car.make, car.makes) == ("Honda", ("Honda",))
    assert (car.maker, car.country) == ("American Honda Motor Co., Inc.", "US")
    assert (car.year, car.years) == (2003, (2003,))


def test_a_european_vin() -> None:
    car = decode("WVWZZZ1JZ3W386752", today_year=2026)
    assert (car.valid, car.check_digit) == (True, "not_enforced")
    assert (car.make, car.country) == ("Volkswagen", "DE")
    assert (car.year, car.years) == (2003, (2003, 2033))


def test_a_chinese_vin() -> None:
    car = decode("LFV2A21K8A3000001", today_year=2026)
    assert (car.valid, car.check_digit) == (True, "ok")
    assert (car.make, car.maker) == ("Volkswagen", "FAW-Volkswagen")
    assert (car.country, car.year, car.years) == ("CN", 2010, (1980, 2010))


def test_several_warnings_stand_side_by_side() -> None:
    car = decode("XXXZZZ1JZ0W386752", today_year=2026)
    codes = [warning.code for warning in car.warnings]
    assert codes == ["filler_check_digit", "unknown_wmi", "no_year_code"]
    assert [explain(warning)[-1] for warning in car.warnings] == [".", ".", "."]


def test_an_answer_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        decode(GOOD).year = 1999  # type: ignore[misc]
    assert not hasattr(decode(GOOD), "__dict__")


def test_the_same_text_gives_the_same_answer() -> None:
    assert decode(GOOD, today_year=2026) == decode(GOOD, today_year=2026)
    assert isinstance(decode(GOOD), Decoded)


@pytest.mark.parametrize("name", package.__all__)
def test_every_public_name_exists(name: str) -> None:
    assert getattr(package, name)


def test_a_list_of_ten_thousand_takes_no_noticeable_time() -> None:
    start = perf_counter()
    for _ in range(10_000):
        decode(GOOD)
    # A tenth of a second on an idle core; the rest is for busy machines.
    assert perf_counter() - start < 1
