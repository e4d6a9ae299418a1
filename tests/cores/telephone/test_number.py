import pytest

from odoo.addons.dms_sales.telephone import NotANumber, national, normalise

MOBILE = "+8613800138000"


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 138 0013 8000",
        "008613800138000",
        "8613800138000",
        "１３８００１３８０００",
        " (138) 0013.8000 ",
    ],
)
def test_a_mobile_number_has_one_form(text):
    assert normalise(text) == MOBILE


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("021-62345678", "+862162345678"),
        ("+86 21 6234 5678", "+862162345678"),
        ("010 12345678", "+861012345678"),
        ("0571 8765432", "+865718765432"),
        ("400-800-1234", "+864008001234"),
    ],
)
def test_landlines_and_service_numbers_are_numbers(text, number):
    assert normalise(text) == number


def test_a_number_of_another_country_keeps_its_code():
    assert normalise("+49 30 1234567") == "+49301234567"


@pytest.mark.parametrize(
    "text", ["", "1380013800", "23456789012", "138001380001", "abc", "+12", "02112"]
)
def test_what_cannot_be_dialled_is_refused(text):
    with pytest.raises(NotANumber):
        normalise(text)


@pytest.mark.parametrize("text", ["13800138000", "02162345678", "4008001234"])
def test_what_was_dialled_comes_back(text):
    assert national(normalise(text)) == text


def test_a_foreign_number_is_dialled_as_it_is():
    assert national("+49301234567") == "+49301234567"
