import pytest
from stdnum.cn import ric

from odoo.addons.dms_base.identity import resident_number

VALID = "360426199101010071"


def with_check_character(digits: str) -> str:
    return digits + ric.calc_check_digit(digits + "0")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (VALID, VALID),
        ("360426 19910101 0071", VALID),
        ("11010519491231002X", "11010519491231002X"),
        ("11010519491231002x", "11010519491231002X"),
        ("３６０４２６１９９１０１０１００７１", VALID),
    ],
    ids=["plain", "blanks", "X", "small x", "full width"],
)
def test_valid_numbers(typed: str, kept: str) -> None:
    assert resident_number(typed) == kept


def test_a_district_that_no_table_knows_yet() -> None:
    assert resident_number(with_check_character("99010119900307001"))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        VALID[:-1],
        VALID + "1",
        "36042619910101007",
        "A60426199101010071",
        "360426199101010072",
        "360426199101010X71",
    ],
)
def test_invalid_numbers(typed: str) -> None:
    with pytest.raises(ValueError):
        resident_number(typed)


def test_an_impossible_date_of_birth() -> None:
    with pytest.raises(ValueError, match="date of birth"):
        resident_number(with_check_character("36042619911301007"))


def test_the_error_does_not_repeat_the_number() -> None:
    with pytest.raises(ValueError) as caught:
        resident_number("360426199101010072")
    assert "360426" not in repr(caught.value)
