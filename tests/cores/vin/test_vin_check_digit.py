"""The check digit catches a slip where the law demands it, and nowhere else."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.addons.dms_vehicle.vin import (
    ALPHABET,
    check_digit,
    check_digit_status,
    decode,
    explain,
    with_check_digit,
)
from odoo.addons.dms_vehicle.vin.checksum import POSITION, VALUES, WEIGHTS

LETTERS_AND_DIGITS = sorted(ALPHABET)
DIGITS = "0123456789"

# A WMI, 11 free characters and a numeric end: valid anywhere once the digit is set.
strict_vins = st.builds(
    lambda first, middle, last: with_check_digit(first + middle + last),
    st.sampled_from(["1HG", "2HG", "3VW", "4T1", "5YJ", "7FA", "LFV", "LSG", "HLX"]),
    st.text(alphabet=LETTERS_AND_DIGITS, min_size=10, max_size=10),
    st.text(alphabet=DIGITS, min_size=4, max_size=4),
)


@pytest.mark.parametrize(
    ("vin", "digit"),
    [
        ("1M8GDM9AXKP042788", "X"),
        ("1HGCM82633A004352", "3"),
        ("5YJSA1DG9DFP14705", "9"),
        ("11111111111111111", "1"),
        ("LFV2A21K8A3000001", "8"),
    ],
)
def test_published_examples(vin: str, digit: str) -> None:
    assert check_digit(vin) == digit
    assert check_digit_status(vin) == "ok"


def test_the_weights_are_those_of_the_standard() -> None:
    assert WEIGHTS == (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def test_every_permitted_character_has_a_value() -> None:
    assert set(VALUES) == set(ALPHABET)
    assert (VALUES["A"], VALUES["J"], VALUES["S"], VALUES["Z"]) == (1, 1, 2, 9)
    assert (VALUES["0"], VALUES["9"]) == (0, 9)


def test_the_digit_itself_does_not_count() -> None:
    assert {check_digit(f"1HGCM826{c}3A004352") for c in LETTERS_AND_DIGITS} == {"3"}


@pytest.mark.parametrize("length", [0, 1, 16, 18])
def test_only_seventeen_characters_have_a_check_digit(length: int) -> None:
    with pytest.raises(ValueError, match="17"):
        check_digit("1" * length)


@pytest.mark.parametrize("letter", "IOQ")
def test_a_forbidden_letter_has_no_value(letter: str) -> None:
    with pytest.raises(KeyError):
        check_digit(f"1HGCM82633A00435{letter}")


@given(strict_vins)
def test_a_recomputed_digit_passes(vin: str) -> None:
    assert check_digit_status(vin) == "ok"
    assert decode(vin).valid


@given(strict_vins, st.sampled_from(DIGITS + "X"))
def test_any_other_digit_is_refused_with_the_right_one_named(
    vin: str, other: str
) -> None:
    assume(other != vin[POSITION])
    car = decode(vin[:POSITION] + other + vin[POSITION + 1 :])
    assert not car.valid
    assert car.check_digit == "bad"
    assert car.problem is not None
    assert car.problem.code == "bad_check_digit"
    assert car.problem.params == {"found": other, "expected": vin[POSITION]}


@given(strict_vins, st.integers(3, 16), st.sampled_from(LETTERS_AND_DIGITS))
def test_one_altered_value_is_caught(vin: str, at: int, char: str) -> None:
    assume(at != POSITION and VALUES[char] != VALUES[vin[at]])
    altered = vin[:at] + char + vin[at + 1 :]
    assert check_digit_status(altered) == "bad"
    assert not decode(altered).valid


@given(strict_vins, st.integers(9, 15))
def test_two_swapped_neighbours_are_caught(vin: str, at: int) -> None:
    assume(VALUES[vin[at]] != VALUES[vin[at + 1]])
    swapped = vin[:at] + vin[at + 1] + vin[at] + vin[at + 2 :]
    assert check_digit_status(swapped) == "bad"


@pytest.mark.parametrize(
    "vin",
    [
        pytest.param("1HGCM82613A004352", id="United States, 1"),
        pytest.param("2HGFE2F51RH000001", id="Canada"),
        pytest.param("3VWFE21C54M000001", id="Mexico"),
        pytest.param("5YJSA1DG1DFP14705", id="United States, 5"),
        pytest.param("7SAYGDEE1PA000001", id="United States, 7"),
        pytest.param("LFV2A21K1A3000001", id="China, L"),
        pytest.param("HLX32B141P0000001", id="China, H"),
    ],
)
def test_markets_that_enforce_the_digit(vin: str) -> None:
    assert check_digit_status(vin) == "bad"
    assert not decode(vin).valid


@pytest.mark.parametrize(
    "vin",
    [
        pytest.param("WVWZZZ1KZAW000001", id="Germany"),
        pytest.param("VF1BB05CF12345678", id="France"),
        pytest.param("SALCP2RX5JH000001", id="Great Britain"),
        pytest.param("JTDKN3DU0A0000001", id="Japan"),
        pytest.param("KMTGA4SC0RU000001", id="Korea"),
        pytest.param("7AT0B00000X000001", id="New Zealand"),
    ],
)
def test_markets_that_leave_the_digit_to_the_maker(vin: str) -> None:
    assert check_digit_status(vin) == "not_enforced"
    assert decode(vin).valid


def test_a_digit_that_happens_to_agree_is_ok_in_any_market() -> None:
    assert check_digit_status(with_check_digit("JH4DC4340RS000001")) == "ok"


def test_the_european_filler_is_accepted_with_a_warning() -> None:
    car = decode("WVWZZZ1KZAW000001")
    assert (car.valid, car.check_digit) == (True, "not_enforced")
    assert [warning.code for warning in car.warnings] == ["filler_check_digit"]
    assert "filler Z" in explain(car.warnings[0])


@pytest.mark.parametrize("wmi", ["1HG", "LFV"])
def test_the_filler_is_a_wrong_digit_where_the_digit_is_enforced(wmi: str) -> None:
    car = decode(f"{wmi}2A21KZA3000001")
    assert (car.valid, car.check_digit) == (False, "bad")
    assert "filler_check_digit" not in [warning.code for warning in car.warnings]
