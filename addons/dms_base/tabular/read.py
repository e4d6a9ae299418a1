"""One reader for the formats in which tables arrive."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ..coded_error import CodedError

# Excel in China saves CSV as GB 18030, which covers GBK and GB 2312.
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t|"
MAX_ROWS = 1_000_000
DAMAGED = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    KeyError,
    ValueError,
)


class TableError(CodedError):
    """The file as a whole cannot be read.

    ``code`` is one of ``empty``, ``encoding``, ``format``, ``xlsx``, ``too_long``.
    """


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; ``number`` counts as a spreadsheet does, header is 1."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)


def read_rows(filename: str, content: bytes) -> Iterator[Row]:
    """Yield the rows of a CSV or XLSX file with a header line; skip empty ones.

    :raise TableError: when the file is not a table
    """
    if not content:
        raise TableError("empty")
    suffix = filename.lower().rpartition(".")[2]
    if suffix in ("xls", "xlsb", "ods", "pdf", "doc", "docx"):
        raise TableError("format")
    is_xlsx = suffix in ("xlsx", "xlsm") or content[:4] == b"PK\x03\x04"
    lines = _xlsx_lines(content) if is_xlsx else _csv_lines(content)
    yield from _rows(lines)


def _rows(lines: Iterator[list[str]]) -> Iterator[Row]:
    header: list[str] = []
    for number, line in enumerate(lines, start=1):
        if number > MAX_ROWS:
            raise TableError("too_long")
        if not any(line):
            continue
        if not header:
            header = line
            continue
        yield Row(number, dict(zip(header, line, strict=False)))
    if not header:
        raise TableError("empty")


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    delimiter = _delimiter(text)
    for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [cell.strip() for cell in line]


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise TableError("format")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError("encoding")


def _delimiter(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=header.count)


def _xlsx_lines(content: bytes) -> Iterator[list[str]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        # rows are parsed while they are read: a sheet cut short fails in the midst
        for line in book.worksheets[0].iter_rows(values_only=True):
            yield [_text(cell) for cell in line]
    except DAMAGED as error:
        raise TableError("xlsx") from error


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        cell = cell.date() if cell.time() == datetime.min.time() else cell
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
