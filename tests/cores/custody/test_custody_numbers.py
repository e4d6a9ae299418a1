"""What is accepted as the number of a certificate."""

import pytest

from odoo.addons.dms_vehicle.custody import NumberError, parse_number

GOOD = "WAB012345678901"


def problem(text, kind="domestic"):
    with pytest.raises(NumberError) as caught:
        parse_number(text, kind)
    return caught.value


class TestDomestic:
    def test_fifteen_letters_and_digits(self):
        assert parse_number(GOOD) == GOOD

    @pytest.mark.parametrize(
        "typed",
        [GOOD.lower(), f" {GOOD} ", "WAB0-1234-5678901", "WAB0 1234 5678901"],
    )
    def test_spaces_dashes_and_small_letters_do_not_matter(self, typed):
        assert parse_number(typed) == GOOD

    def test_full_width_characters_are_the_same(self):
        assert parse_number("ＷＡＢ０１２３４５６７８９０１") == GOOD

    @pytest.mark.parametrize("typed", [GOOD[:-1], GOOD + "1"])
    def test_one_character_less_or_more_is_refused(self, typed):
        error = problem(typed)
        assert error.code == "bad_length"
        assert error.params["length"] == len(typed)

    @pytest.mark.parametrize("typed", ["", "  ", None, "--"])
    def test_nothing_is_no_number(self, typed):
        assert problem(typed).code == "empty"

    def test_a_foreign_character_is_named_with_its_place(self):
        error = problem("WAB0123456号8901")
        assert error.code == "bad_character"
        assert error.params == {"found": "号", "position": 11}

    def test_letters_alone_are_a_word(self):
        assert problem("ABCDEFGHIJKLMNO").code == "no_digit"


class TestImported:
    def test_it_may_be_shorter(self):
        assert parse_number("XXI 2026 0012345", "import") == "XXI20260012345"

    @pytest.mark.parametrize(("length", "fits"), [(5, 0), (6, 1), (24, 1), (25, 0)])
    def test_its_lengths(self, length, fits):
        if fits:
            assert len(parse_number("1" * length, "import")) == length
        else:
            assert problem("1" * length, "import").code == "bad_length"
