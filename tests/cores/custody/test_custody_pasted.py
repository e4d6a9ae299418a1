"""What people paste and scan; how a document is sealed."""

from odoo.addons.dms_vehicle.custody import codes, pasted_lines, seal

VIN = "LFV2A21K6A3092399"
PAPER = "WAB012345678901"


class TestLines:
    def test_vin_and_number_in_either_order(self):
        lines = list(pasted_lines(f"{VIN} {PAPER}\n{PAPER},{VIN}"))
        assert [(line.vin, line.paper) for line in lines] == [(VIN, PAPER)] * 2

    def test_empty_lines_keep_their_place_in_the_count(self):
        assert [line.number for line in pasted_lines(f"\n{VIN}\n\n{VIN}\n")] == [2, 4]

    def test_a_number_in_groups_is_joined(self):
        (line,) = pasted_lines(f"{VIN}\tWAB0 1234 5678901")
        assert line.paper == PAPER

    def test_a_line_without_vin_says_so(self):
        (line,) = pasted_lines(PAPER)
        assert (line.vin, line.paper) == ("", PAPER)

    def test_nothing_gives_nothing(self):
        assert list(pasted_lines("")) == list(pasted_lines(None)) == []


class TestCodes:
    def test_each_once_in_order(self):
        assert codes(f"{PAPER}\n{VIN}，{PAPER};") == [PAPER, VIN]

    def test_nothing(self):
        assert codes(None) == []


class TestSeal:
    def test_equal_documents_have_equal_seals_whatever_their_order(self):
        assert seal("s", {"a": 1, "b": 2}) == seal("s", {"b": 2, "a": 1})

    def test_one_byte_makes_another_seal(self):
        assert seal("s", {"a": 1}) != seal("s", {"a": 2})

    def test_the_salt_hides_what_it_is_about(self):
        assert seal("s", {"a": 1}) != seal("t", {"a": 1})
