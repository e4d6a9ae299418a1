"""However a VIN was typed, pasted or scanned, it becomes the same 17 characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_vehicle.vin import ALPHABET, decode, normalise

PLAIN = "1HGCM82633A004352"


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("1hgcm82633a004352", id="lower case"),
        pytest.param("1HG CM82633A 004352", id="spaces"),
        pytest.param("\t1HGCM82633A004352\r\n", id="tab and line end"),
        pytest.param("1HG-CM826-33A004352", id="hyphens"),
        pytest.param("1HG\u2013CM826\u201433A\u2212004352", id="typographic dashes"),
        pytest.param("1HGCM82633A\u200b004352", id="zero-width space"),
        pytest.param("\ufeff1HGCM82633A004352", id="byte order mark"),
        pytest.param("1HGCM82633A\xa0004352", id="no-break space"),
        pytest.param("1HGCM82633A\u3000004352", id="ideographic space"),
        pytest.param("\u202a1HGCM82633A004352\u202c", id="direction marks"),
        pytest.param("１ＨＧＣＭ８２６３３Ａ００４３５２", id="full width"),
        pytest.param("１ｈｇｃｍ８２６３３ａ００４３５２", id="full width, lower case"),
        pytest.param(
            "１ＨＧ－ＣＭ８２６３３Ａ　００４３５２", id="full width, separated"
        ),
    ],
)
def test_every_way_of_writing_leads_to_the_plain_vin(typed: str) -> None:
    assert normalise(typed) == PLAIN
    assert decode(typed, today_year=2026) == decode(PLAIN, today_year=2026)


def test_a_plain_vin_stays_as_it_is() -> None:
    assert normalise(PLAIN) == PLAIN


def test_nothing_stays_of_nothing() -> None:
    assert normalise("") == ""
    assert normalise(" \u3000-\u200b") == ""


@pytest.mark.parametrize("foreign", ["ß", "ı", "ſ", "ﬁ", "Ä", "А", "京"])
def test_foreign_letters_stay_one_character_for_validation_to_name(
    foreign: str,
) -> None:
    assert normalise("1HG" + foreign) == "1HG" + foreign


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet=sorted(ALPHABET), max_size=20), st.data())
def test_separators_anywhere_make_no_difference(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    separator = data.draw(st.sampled_from(" -\u200b\u3000\u2014"))
    assert normalise(text[:at] + separator + text[at:]) == text
