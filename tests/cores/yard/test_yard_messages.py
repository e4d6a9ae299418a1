"""What a device may send, and what slots may be called."""

from datetime import datetime

import pytest

from odoo.addons.dms_vehicle.yard import (
    Row,
    YardError,
    key_of,
    label,
    parse_code,
    parse_row,
    split_label,
)

GOOD = {"key": "cam7-1", "slot": "north/a-01", "at": "2026-11-30T10:00:00+08:00"}


def refusal(**changes):
    with pytest.raises(YardError) as caught:
        parse_row(GOOD | changes)
    return caught.value.code


class TestRow:
    def test_a_row_is_read(self):
        assert parse_row(GOOD | {"vin": " LZZ "}) == Row(
            key="cam7-1",
            site="NORTH",
            slot="A-01",
            at=datetime(2026, 11, 30, 2),
            vin="LZZ",
            occupied=True,
        )

    def test_milliseconds_are_kept(self):
        row = parse_row(GOOD | {"at": "2026-11-30T02:00:00.123Z"})
        assert row.at == datetime(2026, 11, 30, 2, 0, 0, 123_000)

    def test_free_is_said(self):
        assert not parse_row(GOOD | {"occupied": False}).occupied

    @pytest.mark.parametrize("row", [None, [], "A-01", 1])
    def test_what_is_no_object_is_refused(self, row):
        with pytest.raises(YardError, match="bad_row"):
            parse_row(row)

    @pytest.mark.parametrize("slot", [None, "", " ", 5, "north/"])
    def test_without_slot(self, slot):
        assert refusal(slot=slot) == "no_slot"

    @pytest.mark.parametrize("key", [None, "", "x" * 65, 7, "a\nb"])
    def test_without_key(self, key):
        assert refusal(key=key) == "bad_key"

    @pytest.mark.parametrize("at", [None, "", 1764000000])
    def test_without_time(self, at):
        assert refusal(at=at) == "no_time"

    @pytest.mark.parametrize(
        "at",
        [
            "yesterday",
            "2026-11-30T10:00:00",
            "2026-13-30T10:00:00Z",
            "0001-01-01T00:00:00+14:00",
        ],
    )
    def test_a_time_needs_its_zone(self, at):
        assert refusal(at=at) == "bad_time"

    @pytest.mark.parametrize("occupied", [1, "yes", None])
    def test_occupied_is_true_or_false(self, occupied):
        assert refusal(occupied=occupied) == "bad_occupied"

    def test_a_bad_row_is_answered_by_its_key(self):
        assert key_of({"key": "k"}) == "k"
        assert key_of({"key": 5}) == key_of([]) == ""


class TestCode:
    @pytest.mark.parametrize(
        ("text", "code"),
        [("a-01", "A-01"), (" Ｂ２ ", "B2"), (7, "7"), ("P.1_x", "P.1_X")],
    )
    def test_capitals_without_spaces(self, text, code):
        assert parse_code(text) == code

    @pytest.mark.parametrize("text", ["", None, "A/1", "展1", "-1", "A" * 17, "A 1"])
    def test_what_no_scanner_reads_is_refused(self, text):
        with pytest.raises(YardError, match="bad_code"):
            parse_code(text)

    def test_a_label_names_site_and_slot(self):
        assert label("NORTH", "A-01") == "NORTH/A-01"
        assert split_label(" north/a-01 ") == ("NORTH", "A-01")
        assert split_label("a-01") == ("", "A-01")
        assert split_label("") == ("", "")
