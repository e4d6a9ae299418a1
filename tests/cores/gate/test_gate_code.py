"""Codes of gate passes: random, readable, and wrong ones are seen at once."""

import itertools
import re
from urllib.parse import quote

import pytest

from odoo.addons.dms_vehicle.gate import CodeError, is_code, new_code, parse_code, shown
from odoo.addons.dms_vehicle.gate.code import ALPHABET, LENGTH


def reason(text):
    with pytest.raises(CodeError) as caught:
        parse_code(text)
    return caught.value.code


def test_a_thousand_codes_are_a_thousand():
    codes = {new_code() for _n in range(1000)}
    assert len(codes) == 1000
    assert all(map(is_code, codes))


def test_a_code_is_the_same_in_an_address():
    code = new_code()
    assert quote(code, safe="") == code
    assert re.fullmatch(f"[{ALPHABET}]{{{LENGTH}}}", code)


def test_every_sign_comes_up_at_every_place_but_the_last():
    codes = [new_code() for _n in range(2000)]
    for place in range(LENGTH - 1):
        assert {code[place] for code in codes} == set(ALPHABET)


@pytest.mark.parametrize("alike", ["0ODQ", "1IL", "2Z", "5S", "8B", "UV"])
def test_of_signs_that_look_alike_there_is_one_at_most(alike):
    assert len(set(alike) & set(ALPHABET)) <= 1


def test_every_single_wrong_sign_is_noticed():
    code = new_code()
    for place, sign in itertools.product(range(LENGTH), ALPHABET):
        wrong = code[:place] + sign + code[place + 1 :]
        assert is_code(wrong) == (sign == code[place])


def test_any_two_signs_that_were_swapped_are_noticed():
    code = new_code()
    for first, second in itertools.combinations(range(LENGTH), 2):
        signs = list(code)
        signs[first], signs[second] = signs[second], signs[first]
        assert is_code("".join(signs)) == (code[first] == code[second])


class TestReading:
    code = "XE4J4JA3JMJJH9TJ"

    @pytest.mark.parametrize(
        "written",
        [
            code.lower(),
            shown(code),
            f"  {code}\n",
            shown(code).replace("-", " "),
            shown(code).replace("-", "－"),
            "".join(chr(ord(sign) + 0xFEE0) for sign in code),
            f"https://dms.example.com/dms/gate/{code}",
            f"https://dms.example.com/dms/gate/{code}/",
        ],
    )
    def test_it_is_read_however_it_was_typed_or_scanned(self, written):
        assert parse_code(written) == self.code

    def test_what_is_wrong_is_said(self):
        assert reason("") == reason(" - ") == reason(None) == "empty"
        assert reason(self.code[:-1]) == reason(self.code * 2) == "bad_length"
        assert reason("0" + self.code[1:]) == "bad_character"
        assert reason("出门证") == "bad_character"
        other = next(sign for sign in ALPHABET if sign != self.code[3])
        assert reason(self.code[:3] + other + self.code[4:]) == "mistyped"

    def test_the_sign_that_no_code_has_is_named(self):
        with pytest.raises(CodeError) as caught:
            parse_code("ACE0")
        assert caught.value.found == "0"

    def test_it_is_printed_in_groups_of_four(self):
        assert shown("ACEFGHJKMNPRTWXY") == "ACEF-GHJK-MNPR-TWXY"
