"""Reports of OEMs about orders and cars."""

from datetime import date, datetime, timedelta, timezone

import pytest

from odoo.addons.dms_vehicle.asn import ReportRow, RowError

ROW = {"order": "P00012", "status": "built", "at": "2026-11-30T08:00:00+08:00"}


def parse(**cells):
    return ReportRow.parse(ROW | cells)


def test_a_row_by_english_headers():
    row = parse(line="2", eta="2026-12-10", oem_number=880)
    assert (row.order, row.line, row.oem_number) == ("P00012", 2, "880")
    assert row.at == datetime(2026, 11, 30, 8, tzinfo=timezone(timedelta(hours=8)))
    assert row.eta == date(2026, 12, 10)


def test_a_row_by_chinese_headers():
    row = ReportRow.parse(
        {
            "厂家订单号": "A-1",
            "车架号": "LZZ1",
            "状态": "已下线",
            "状态时间": "2026年11月30日 8:05",
            "预计到货": "2026/12/10",
        }
    )
    assert (row.oem_number, row.vin, row.status) == ("A-1", "LZZ1", "built")
    assert row.at == datetime(2026, 11, 30, 8, 5)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Shipped", "shipped"),
        ("In Production", "in_production"),
        ("in-production", "in_production"),
        ("已排产", "scheduled"),
        ("confirmed", "acknowledged"),
    ],
)
def test_words_of_status(text, status):
    assert parse(status=text).status == status


@pytest.mark.parametrize("text", ["2026-11-30", "2026/11/30", date(2026, 11, 30)])
def test_a_day_begins_at_midnight(text):
    assert parse(at=text).at == datetime(2026, 11, 30)


def test_utc_is_known_by_its_letter():
    assert parse(at="2026-11-30T08:00:00Z").at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("field", "value"),
    [("status", "lost"), ("status", ""), ("at", "soon"), ("at", ""), ("eta", "soon")],
)
def test_what_cannot_be_read_is_named(field, value):
    with pytest.raises(RowError) as error:
        parse(**{field: value})
    assert error.value.field == field


def test_without_status_it_is_no_report():
    with pytest.raises(RowError, match="status"):
        ReportRow.parse({"order": "P00012", "at": "2026-11-30"})


@pytest.mark.parametrize("line", [0, "x", -1])
def test_lines_are_counted_from_one(line):
    if line == 0:
        assert parse(line=line).line is None
        return
    with pytest.raises(RowError, match="line"):
        parse(line=line)


def test_people_recognise_it_by_its_vin_first():
    assert parse(vin="LZZ1", oem_number="A-1").about == "LZZ1"
    assert parse(oem_number="A-1").about == "A-1"
    assert parse().about == "P00012"


def test_what_is_no_row():
    with pytest.raises(RowError, match="not_a_row"):
        ReportRow.parse(["P00012"])
