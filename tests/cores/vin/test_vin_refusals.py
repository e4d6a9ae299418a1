"""A refused VIN says what is wrong, where, and what was probably meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_vehicle.vin import (
    ALPHABET,
    MESSAGES,
    Problem,
    decode,
    explain,
    with_check_digit,
)

GOOD = "1HGCM82633A004352"


def refusal(text: str) -> Problem:
    """Return why ``text`` is refused, failing the test if it is not."""
    car = decode(text, today_year=2026)
    assert not car.valid
    assert car.problem is not None
    return car.problem


@pytest.mark.parametrize("text", ["", "   ", "---", "\u200b"])
def test_nothing_entered(text: str) -> None:
    assert refusal(text).code == "empty"
    assert explain(refusal(text)) == "Enter a VIN."


@pytest.mark.parametrize("length", [1, 8, 13, 16])
def test_too_short_names_the_length(length: int) -> None:
    problem = refusal(GOOD[:length])
    assert (problem.code, problem.params) == ("too_short", {"length": length})
    assert f"only {length}" in explain(problem)


@pytest.mark.parametrize("extra", ["1", "23", "A" * 20])
def test_too_long_names_the_length(extra: str) -> None:
    problem = refusal(GOOD + extra)
    assert problem.code == "too_long"
    assert problem.params == {"length": 17 + len(extra)}
    assert str(17 + len(extra)) in explain(problem)


def test_separators_do_not_count_towards_the_length() -> None:
    assert decode("1HGCM826-33A00-4352").valid
    assert refusal("1HGCM826-33A00-435").params == {"length": 16}


@pytest.mark.parametrize(("letter", "meant"), [("I", "1"), ("O", "0"), ("Q", "0")])
@pytest.mark.parametrize("at", [1, 9, 10, 17])
def test_forbidden_letters_with_place_and_intention(
    letter: str, meant: str, at: int
) -> None:
    problem = refusal(GOOD[: at - 1] + letter + GOOD[at:])
    assert problem.code == "forbidden_letter"
    assert problem.params == {"position": at, "found": letter, "intended": meant}
    assert f"{meant} is probably meant" in explain(problem)


def test_forbidden_letters_are_refused_in_lower_case_and_full_width() -> None:
    assert refusal("1hgcm82633a00435o").params["found"] == "O"
    assert refusal("１ＨＧＣＭ８２６３３Ａ００４３５Ｉ").params["position"] == 17


def test_the_first_of_several_forbidden_letters_is_named() -> None:
    assert refusal("1HGCMI2633AOO4352").params["position"] == 6


@pytest.mark.parametrize("char", ["*", "_", ".", "/", "京", "А", "é", "\x00"])
def test_other_characters_with_their_place(char: str) -> None:
    problem = refusal(GOOD[:4] + char + GOOD[5:])
    assert problem.code == "bad_character"
    assert problem.params == {"position": 5, "found": char}
    assert char in explain(problem)


def test_a_wrong_check_digit_names_the_right_one() -> None:
    problem = refusal("1HGCM82643A004352")
    assert problem.code == "bad_check_digit"
    assert problem.params == {"found": "4", "expected": "3"}
    assert "is 4 but should be 3" in explain(problem)


@pytest.mark.parametrize("at", [14, 15, 16, 17])
@pytest.mark.parametrize("wmi", ["1HG", "LFV"])
def test_the_last_four_are_digits_where_the_market_says_so(wmi: str, at: int) -> None:
    vin = f"{wmi}CM82633A004352"
    problem = refusal(with_check_digit(vin[: at - 1] + "K" + vin[at:]))
    assert problem.code == "serial_not_numeric"
    assert problem.params == {"position": at, "found": "K"}


def test_letters_before_the_last_four_are_fine() -> None:
    assert decode(with_check_digit("1HGCM82633AKK4352")).valid


def test_letters_at_the_end_are_fine_elsewhere() -> None:
    assert decode("SCCLMDDN3HHA1000K").valid


def test_a_low_volume_maker_may_have_a_letter_at_position_14() -> None:
    assert decode(with_check_digit("1A9AA12B0N0ABC001")).valid
    problem = refusal(with_check_digit("1A9AA12B0N0ABCK01"))
    assert problem.params == {"position": 15, "found": "K"}


def test_a_malformed_vin_says_nothing_else() -> None:
    car = decode("1HGCM82633A00435O")
    assert (car.wmi, car.vds, car.vis, car.years) == ("", "", "", ())
    assert (car.make, car.maker, car.country, car.year) == (None, None, None, None)
    assert (car.check_digit, car.expected_check_digit) == ("bad", "")
    assert car.vin == "1HGCM82633A00435O"


def test_a_vin_refused_for_its_check_digit_is_still_read() -> None:
    car = decode("1HGCM82643A004352")
    assert (car.wmi, car.vds, car.vis) == ("1HG", "CM8264", "3A004352")
    assert (car.make, car.country, car.year) == ("Honda", "US", 2003)
    assert car.reason.startswith("The check digit")


def test_a_good_vin_has_no_reason() -> None:
    car = decode(GOOD)
    assert (car.valid, car.problem, car.reason) == (True, None, "")


def test_every_code_has_a_message() -> None:
    assert {"empty", "too_short", "too_long", "forbidden_letter"} <= set(MESSAGES)
    assert {"bad_character", "bad_check_digit", "serial_not_numeric"} <= set(MESSAGES)


@given(st.text())
def test_no_text_whatsoever_raises(text: str) -> None:
    car = decode(text)
    assert car.valid == (car.problem is None)
    assert bool(car.reason) != car.valid


@given(st.text(alphabet=sorted(ALPHABET), min_size=17, max_size=17))
def test_every_well_formed_vin_is_read_and_explained(vin: str) -> None:
    car = decode(vin)
    assert car.wmi[:3] + car.vds + car.vis == vin
    assert len(car.years) <= 2
    assert all(explain(warning) for warning in car.warnings)
