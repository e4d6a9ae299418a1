"""A car in one row, whatever language its header speaks."""

from datetime import date

import pytest

from odoo.addons.dms_vehicle.asn import HEADERS, CarRow, RowError, columns

VIN = "LFV2A21K6A3092399"


def refusal(cells) -> RowError:
    with pytest.raises(RowError) as caught:
        CarRow.parse(cells)
    return caught.value


class TestHeaders:
    @pytest.mark.parametrize(
        ("field", "header"),
        [(field, header) for field, names in HEADERS.items() for header in names],
    )
    def test_every_name_of_a_column_is_known(self, field, header):
        assert columns([header]) == {field: header}

    @pytest.mark.parametrize(
        "header",
        [
            "VIN",
            " vin ",
            "车架号",
            "车架号(VIN)",
            "车架号（必填）",
            "*车架号",
            "ＶＩＮ",
            "车架号：",
        ],
    )
    def test_decoration_does_not_matter(self, header):
        assert columns([header]) == {"vin": header}

    def test_english_words_may_be_apart(self):
        assert columns(["Product Code", "engine_no"]) == {
            "product_code": "Product Code",
            "engine_number": "engine_no",
        }

    def test_unknown_columns_are_left_out(self):
        assert columns(["颜色", "", "备注"]) == {}

    def test_of_two_columns_the_more_exact_one_counts(self):
        row = {"车型": "Luxury", "vin": VIN, "车型编码": "A1"}
        assert CarRow.parse(row).product_code == "A1"
        assert CarRow.parse(dict(reversed(row.items()))).product_code == "A1"

    def test_a_header_that_is_only_brackets_is_no_error(self):
        assert columns(["(车架号)"]) == {}

    def test_headers_that_are_no_text(self):
        assert columns([None, 7]) == {}


class TestValues:
    def test_only_the_vin_must_be_there(self):
        row = CarRow.parse({"vin": VIN})
        assert row.vin == VIN
        assert row.product_code is None
        assert row.unit_cost is None

    def test_the_vin_is_kept_as_it_was_written(self):
        assert CarRow.parse({"vin": " lfv 2a21k "}).vin == "lfv 2a21k"

    @pytest.mark.parametrize("field", sorted(set(HEADERS) - {"vin"}))
    @pytest.mark.parametrize("blank", ["", "   ", None])
    def test_blank_cells_are_nothing(self, field, blank):
        row = CarRow.parse({"vin": VIN, field: blank})
        assert getattr(row, field) is None

    @pytest.mark.parametrize(
        "text",
        [
            "2026-03-05",
            "2026/3/5",
            "2026.03.05",
            "20260305",
            "2026年3月5日",
            "2026年03月05",
            "2026-03-05T10:11:12",
            "2026-03-05 10:11",
            " 2026-3-5 ",
            date(2026, 3, 5),
        ],
    )
    def test_dates(self, text):
        assert CarRow.parse({"vin": VIN, "eta": text}).expected_date == date(2026, 3, 5)

    @pytest.mark.parametrize(
        "text",
        ["soon", "2026-13-01", "2026-02-30", "05/03/2026", 45000, "45000", "2026"],
    )
    def test_what_is_no_date_is_refused(self, text):
        error = refusal({"vin": VIN, "预计到货": text})
        assert (error.field, error.value, error.vin) == (
            "expected_date",
            str(text),
            VIN,
        )

    @pytest.mark.parametrize(
        ("text", "amount"),
        [
            ("142000", 142000.0),
            ("142,000.50", 142000.5),
            ("¥142000", 142000.0),
            ("￥1,000", 1000.0),
            (142000.5, 142000.5),
            (0, 0.0),
        ],
    )
    def test_amounts(self, text, amount):
        assert CarRow.parse({"vin": VIN, "进价": text}).unit_cost == amount

    @pytest.mark.parametrize("text", ["-1", "nan", "inf", "1e9", "14.2万", "viel"])
    def test_what_is_no_amount_is_refused(self, text):
        assert refusal({"vin": VIN, "cost": text}).field == "unit_cost"

    @pytest.mark.parametrize(
        ("text", "km"), [("12", 12), ("12,345", 12345), (7, 7), ("12.0", 12)]
    )
    def test_kilometres(self, text, km):
        assert CarRow.parse({"vin": VIN, "里程": text}).odometer_km == km

    @pytest.mark.parametrize("text", ["-1", "12.5", "6000000", "far"])
    def test_what_are_no_kilometres_is_refused(self, text):
        assert refusal({"vin": VIN, "里程": text}).field == "odometer_km"

    def test_numbers_become_texts_where_texts_are_meant(self):
        row = CarRow.parse({"vin": VIN, "product_code": 4711, "phone": 13800000001})
        assert (row.product_code, row.phone) == ("4711", "13800000001")

    def test_unknown_cells_do_not_matter(self):
        assert CarRow.parse({"vin": VIN, "颜色": "白", None: "x"}).vin == VIN

    def test_a_row_cannot_be_changed(self):
        with pytest.raises(ValueError):
            CarRow.parse({"vin": VIN}).vin = "X"


class TestRefusals:
    @pytest.mark.parametrize("cells", [{}, {"vin": ""}, {"vin": " "}, {"vin": None}])
    def test_missing_vin(self, cells):
        error = refusal(cells)
        assert (error.field, error.code) == ("vin", "missing")

    def test_a_vin_too_long_to_be_one_is_not_missing(self):
        error = refusal({"vin": "X" * 65})
        assert (error.field, error.code) == ("vin", "string_too_long")

    def test_text_too_long(self):
        error = refusal({"vin": VIN, "owner": "x" * 129})
        assert (error.field, error.code) == ("owner", "string_too_long")

    @pytest.mark.parametrize("cells", [None, "LFV", 7, [VIN], [("vin", VIN)]])
    def test_what_is_no_row(self, cells):
        assert refusal(cells).code == "not_a_row"

    def test_values_that_are_no_cells(self):
        assert refusal({"vin": [VIN]}).field == "vin"
        assert refusal({"vin": VIN, "owner": {"name": "x"}}).field == "owner"

    def test_the_error_says_field_and_code(self):
        assert str(refusal({})) == "vin: missing"
