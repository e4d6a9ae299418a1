"""Tables as people send them."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from odoo.addons.dms_base.tabular import Row, TableError, read, read_rows, write_xlsx

LINES = "车架号,车型\nLSV1,途观\n"


def cells(filename: str, content: bytes) -> list[dict]:
    return [row.cells for row in read_rows(filename, content)]


def refusal(filename: str, content: bytes) -> str:
    with pytest.raises(TableError) as caught:
        list(read_rows(filename, content))
    return caught.value.code


def xlsx(*lines) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
    def test_usual_encodings(self, encoding):
        assert cells("a.csv", LINES.encode(encoding)) == [
            {"车架号": "LSV1", "车型": "途观"}
        ]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_usual_delimiters(self, delimiter):
        content = LINES.replace(",", delimiter).encode()
        assert cells("a.csv", content) == [{"车架号": "LSV1", "车型": "途观"}]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_usual_line_ends(self, end):
        assert len(cells("a.txt", LINES.replace("\n", end).encode())) == 1

    def test_quoted_cells_may_hold_delimiters_and_line_ends(self):
        content = b'vin,note\nV1,"a, b\nc"\n'
        assert cells("a.csv", content) == [{"vin": "V1", "note": "a, b\nc"}]

    def test_rows_are_numbered_as_a_spreadsheet_does(self):
        content = b"\nvin\n\nV1\n , \nV2\n"
        assert list(read_rows("a.csv", content)) == [
            Row(4, {"vin": "V1"}),
            Row(6, {"vin": "V2"}),
        ]

    def test_short_and_long_lines(self):
        content = b"vin,model\nV1\nV2,A1,more\n"
        assert cells("a.csv", content) == [
            {"vin": "V1"},
            {"vin": "V2", "model": "A1"},
        ]

    def test_cells_are_stripped(self):
        assert cells("a.csv", b" vin , model\n V1 ,A1 \n") == [
            {"vin": "V1", "model": "A1"}
        ]

    def test_only_a_header_has_no_rows(self):
        assert cells("a.csv", b"vin,model\n") == []

    def test_a_name_without_ending_is_read_as_text(self):
        assert cells("cars", b"vin\nV1\n") == [{"vin": "V1"}]


class TestXlsx:
    def test_numbers_and_dates_become_texts(self):
        content = xlsx(
            ["vin", "cost", "day", "time", "code"],
            ["V1", 142000.5, date(2026, 3, 5), datetime(2026, 3, 5, 8, 30), 7.0],
        )
        assert cells("a.xlsx", content) == [
            {
                "vin": "V1",
                "cost": "142000.5",
                "day": "2026-03-05",
                "time": "2026-03-05T08:30:00",
                "code": "7",
            }
        ]

    def test_it_is_known_by_its_first_bytes(self):
        assert cells("upload.bin", xlsx(["vin"], ["V1"])) == [{"vin": "V1"}]

    def test_only_the_first_sheet_is_read(self):
        book = Workbook()
        book.active.append(["vin"])
        book.active.append(["V1"])
        book.create_sheet("2").append(["vin"])
        out = io.BytesIO()
        book.save(out)
        assert len(cells("a.xlsx", out.getvalue())) == 1

    def test_empty_lines_are_skipped_but_counted(self):
        content = xlsx(["vin"], [None], ["V1"])
        assert list(read_rows("a.xlsx", content)) == [Row(3, {"vin": "V1"})]


class TestRefusals:
    def test_empty(self):
        assert refusal("a.csv", b"") == "empty"
        assert refusal("a.csv", b"\n \n,,\n") == "empty"
        assert refusal("a.xlsx", xlsx()) == "empty"

    @pytest.mark.parametrize("name", ["a.xls", "a.pdf", "a.docx", "A.ODS"])
    def test_other_formats(self, name):
        assert refusal(name, b"whatever") == "format"

    def test_bytes_that_are_no_text(self):
        assert refusal("a.csv", b"vin\0") == "format"
        assert refusal("a.csv", b"\xff\xff\xff") == "encoding"

    @pytest.mark.parametrize(
        "content", [b"PK\x03\x04", b"PK\x03\x04 broken", b"not a zip"]
    )
    def test_damaged_xlsx(self, content):
        assert refusal("a.xlsx", content) == "xlsx"

    def test_a_zip_that_is_no_workbook(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("hello.txt", "hello")
        assert refusal("a.xlsx", out.getvalue()) == "xlsx"

    def test_a_workbook_cut_in_half(self):
        whole = xlsx(["vin"], *[[f"V{n}"] for n in range(100)])
        assert refusal("a.xlsx", whole[: len(whole) // 2]) == "xlsx"

    def test_a_workbook_with_a_broken_sheet(self):
        whole = xlsx(["vin"], ["V1"])
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(whole)) as source,
            zipfile.ZipFile(out, "w") as target,
        ):
            for name in source.namelist():
                content = source.read(name)
                if name.endswith("sheet1.xml"):
                    content = content[: len(content) // 2]
                target.writestr(name, content)
        assert refusal("a.xlsx", out.getvalue()) == "xlsx"

    def test_too_long(self, monkeypatch):
        monkeypatch.setattr(read, "MAX_ROWS", 3)
        assert refusal("a.csv", b"vin\nV1\nV2\nV3\n") == "too_long"
        assert len(cells("a.csv", b"vin\nV1\nV2\n")) == 2


class TestWrite:
    def test_what_was_written_is_read(self):
        content = write_xlsx(("Row", "VIN"), [(3, "V1"), (4, "V2")])
        assert cells("a.xlsx", content) == [
            {"Row": "3", "VIN": "V1"},
            {"Row": "4", "VIN": "V2"},
        ]

    def test_a_text_is_no_formula_and_no_link(self):
        content = write_xlsx(("a", "b"), [("=1+1", "https://example.com")])
        assert cells("a.xlsx", content) == [{"a": "=1+1", "b": "https://example.com"}]

    def test_nothing_is_an_empty_cell(self):
        assert cells("a.xlsx", write_xlsx(("a", "b"), [(None, "x")])) == [
            {"a": "", "b": "x"}
        ]
