import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_sales.motor_invoice import is_uscc
from odoo.addons.dms_sales.motor_invoice.uscc import ORDER, check_character

STANDARD = "91350100M000100Y43"
"""The example of GB 32100."""


def test_the_example_of_the_standard():
    assert is_uscc(STANDARD)


def test_the_alphabet_has_31_characters_without_i_o_s_v_z():
    assert len(set(ORDER)) == 31
    assert set("IOSVZ").isdisjoint(ORDER)


@pytest.mark.parametrize(
    "text", ["", STANDARD[:-1], STANDARD + "3", STANDARD.lower(), "O" + STANDARD[1:]]
)
def test_what_has_not_its_form(text):
    assert not is_uscc(text)


@given(st.text(ORDER, min_size=17, max_size=17), st.sampled_from(ORDER))
def test_one_check_character_fits_each_code(body, last):
    assert is_uscc(body + last) == (last == check_character(body))


@given(st.integers(0, 17), st.sampled_from(ORDER))
def test_one_wrong_character_is_found(place, char):
    altered = STANDARD[:place] + char + STANDARD[place + 1 :]
    assert is_uscc(altered) == (altered == STANDARD)


@given(st.integers(0, 16))
def test_two_neighbours_exchanged_are_found(place):
    pair = STANDARD[place : place + 2]
    altered = STANDARD[:place] + pair[::-1] + STANDARD[place + 2 :]
    assert is_uscc(altered) == (altered == STANDARD)
