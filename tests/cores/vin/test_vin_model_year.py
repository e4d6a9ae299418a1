"""Position 10 names the year; position 7 or plausibility picks the cycle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_vehicle.vin import decode, with_check_digit, years_of_code
from odoo.addons.dms_vehicle.vin.model_year import CODES, most_plausible


def built(wmi: str, position_7: str, code: str) -> str:
    """Return a VIN of ``wmi`` with these two characters and a right check digit."""
    return with_check_digit(f"{wmi}CM8{position_7}30{code}A004352")


@pytest.mark.parametrize(
    ("code", "years"),
    [
        ("A", (1980, 2010)),
        ("H", (1987, 2017)),
        ("J", (1988, 2018)),
        ("N", (1992, 2022)),
        ("P", (1993, 2023)),
        ("R", (1994, 2024)),
        ("T", (1996, 2026)),
        ("V", (1997, 2027)),
        ("Y", (2000, 2030)),
        ("1", (2001, 2031)),
        ("9", (2009, 2039)),
    ],
)
def test_a_code_stands_for_two_years_thirty_apart(
    code: str, years: tuple[int, int]
) -> None:
    assert years_of_code(code) == years


@pytest.mark.parametrize("char", "IOQUZ0")
def test_six_characters_are_no_year_code(char: str) -> None:
    assert years_of_code(char) == ()


def test_the_codes_cover_thirty_years_without_gap() -> None:
    years = [year for code in CODES for year in years_of_code(code)]
    assert sorted(years) == list(range(1980, 2040))


@pytest.mark.parametrize("wmi", ["1HG", "2HG", "3VW", "4T1", "5YJ", "7FA"])
def test_in_north_america_position_7_binds(wmi: str) -> None:
    old = decode(built(wmi, "2", "C"), today_year=2026)
    new = decode(built(wmi, "F", "C"), today_year=2026)
    assert (old.years, old.year) == ((1982,), 1982)
    assert (new.years, new.year) == ((2012,), 2012)


@pytest.mark.parametrize("code", CODES)
def test_in_north_america_there_is_one_candidate_for_every_code(code: str) -> None:
    early, late = years_of_code(code)
    assert decode(built("1HG", "2", code)).years == (early,)
    assert decode(built("1HG", "A", code)).years == (late,)


def test_a_bound_year_in_the_future_is_kept_with_a_warning() -> None:
    car = decode(built("1HG", "A", "5"), today_year=2026)
    assert (car.valid, car.year, car.years) == (True, 2035, (2035,))
    assert [warning.code for warning in car.warnings] == ["year_in_future"]


@pytest.mark.parametrize("wmi", ["1XP", "1HT", "1HD"])
def test_heavy_trucks_and_motorcycles_are_not_bound(wmi: str) -> None:
    car = decode(built(wmi, "4", "E"), today_year=2026)
    assert (car.years, car.year) == ((1984, 2014), 2014)


@pytest.mark.parametrize("position_7", ["2", "K", "Z"])
@pytest.mark.parametrize("wmi", ["LFV", "WVW", "VF1", "MAJ"])
def test_elsewhere_there_are_two_candidates(wmi: str, position_7: str) -> None:
    assert decode(built(wmi, position_7, "C")).years == (1982, 2012)


@pytest.mark.parametrize(
    ("code", "today", "year"),
    [
        pytest.param("A", 2026, 2010, id="the later one has come"),
        pytest.param("3", 2026, 2003, id="the later one has not"),
        pytest.param("V", 2026, 2027, id="next year's model is on sale"),
        pytest.param("W", 2026, 1998, id="the one after is not"),
        pytest.param("R", 2023, 2024, id="seen from 2023"),
        pytest.param("R", 2022, 1994, id="seen from 2022"),
    ],
)
def test_the_best_year_is_the_latest_possible_today(
    code: str, today: int, year: int
) -> None:
    assert decode(built("LFV", "2", code), today_year=today).year == year


def test_a_car_built_for_export_to_north_america_takes_the_hint() -> None:
    # The right check digit shows where a Japanese car was meant to go.
    exported = decode(built("JH4", "4", "R"), today_year=2026)
    assert (exported.year, exported.years) == (1994, (1994, 2024))


def test_without_a_right_check_digit_there_is_no_hint() -> None:
    vin = built("JH4", "4", "R")
    wrong = vin[:8] + ("0" if vin[8] != "0" else "1") + vin[9:]
    assert decode(wrong, today_year=2026).year == 2024


def test_a_hint_into_the_future_is_not_followed() -> None:
    assert decode(built("JH4", "K", "5"), today_year=2026).year == 2005


def test_a_chinese_car_gives_no_hint_although_its_digit_is_right() -> None:
    assert decode(built("LFV", "1", "A"), today_year=2026).year == 2010


@pytest.mark.parametrize("char", "UZ0")
def test_no_year_code_is_a_warning(char: str) -> None:
    car = decode(built("WDB", "2", char))
    assert (car.valid, car.year, car.years) == (True, None, ())
    assert "no_year_code" in [warning.code for warning in car.warnings]


def test_the_reference_year_defaults_to_this_year() -> None:
    car = decode(built("LFV", "2", "A"))
    assert car.year == 2010


@given(st.sampled_from(CODES), st.integers(2009, 2060))
def test_the_most_plausible_year_is_never_after_next_year(
    code: str, today: int
) -> None:
    years = years_of_code(code)
    best = most_plausible(years, today)
    assert best in years
    assert best <= today + 1


def test_before_the_first_cycle_no_year_is_plausible() -> None:
    assert most_plausible(years_of_code("9"), 1990) is None
