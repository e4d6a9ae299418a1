"""What an OEM reports about an order or a car, in one row."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from .car_row import ALLOCATION, PRODUCT_CODE, VIN, Day, Known, Text, parsed

# Names that a column may carry, as in ``car_row``.
REPORT_HEADERS = {
    "reference": ("reference", "report_no", "报告号", "回执号", "流水号"),
    "order": ("order", "order_no", "purchase_order", "订单号", "采购单号", "订单"),
    "oem_number": (
        "oem_number",
        "oem_order",
        "oem_order_no",
        "厂家订单号",
        "主机厂订单号",
    ),
    "line": ("line", "line_no", "行号", "订单行"),
    "vin": VIN,
    "product_code": PRODUCT_CODE,
    "status": ("status", "build_status", "状态", "生产状态", "订单状态"),
    "at": ("at", "time", "reported_at", "时间", "状态时间", "报告时间"),
    "eta": ("eta", "expected_date", "预计到货", "预计到达日期", "到货日期"),
    "consignment_date": ("consignment_date", "consigned", "寄售日期", "交付日期"),
    "engine_number": ("engine_number", "engine_no", "发动机号", "电机号"),
    "allocation": ALLOCATION,
}
REPORT_COLUMNS = Known.of(REPORT_HEADERS)
WORDS = {
    "acknowledged": ("acknowledged", "confirmed", "accepted", "已确认", "已接单"),
    "scheduled": ("scheduled", "planned", "已排产", "排产"),
    "in_production": ("in_production", "producing", "生产中", "在产"),
    "built": ("built", "produced", "completed", "已下线", "下线", "已生产"),
    "shipped": ("shipped", "dispatched", "已发运", "发运", "已发车"),
}
_STATUS = {word: status for status, words in WORDS.items() for word in words}
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]+(\d{1,2}:\d{2}.*))?"
)


def _status(value: object) -> object:
    text = unicodedata.normalize("NFKC", str(value or "")).strip().lower()
    word = "_".join(text.replace("-", " ").split())
    if word not in _STATUS:
        raise ValueError("not a status")
    return _STATUS[word]


def _moment(value: object) -> object:
    """Read a day with or without a time of day; a zone is kept, none is added."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    match = _MOMENT.fullmatch(unicodedata.normalize("NFKC", str(value or "")).strip())
    if not match:
        raise ValueError("not a moment")
    year, month, day, clock = match.groups()
    hour, _, rest = (clock or "00:00").strip().replace("Z", "+00:00").partition(":")
    day = f"{year}-{month:0>2}-{day:0>2}"
    return datetime.fromisoformat(f"{day}T{hour:0>2}:{rest}")


Status = Annotated[str, BeforeValidator(_status)]
Moment = Annotated[datetime, BeforeValidator(_moment)]


class ReportRow(BaseModel):
    """One report; an order, the number the OEM gave it, or a VIN says of what."""

    model_config = ConfigDict(
        coerce_numbers_to_str=True, str_strip_whitespace=True, frozen=True
    )

    reference: Text = None
    order: Text = None
    oem_number: Text = None
    line: Annotated[int | None, BeforeValidator(lambda v: v or None)] = Field(
        None, ge=1
    )
    vin: Text = None
    product_code: Text = None
    status: Status
    at: Moment
    eta: Day = None
    consignment_date: Day = None
    engine_number: Text = None
    allocation: Text = None

    @classmethod
    def parse(cls, cells: Mapping[str, object]) -> Self:
        """Read a row by its headers, in Chinese or English.

        :raise RowError: naming the first field that cannot be used
        """
        return parsed(cls, cells, REPORT_COLUMNS)

    @property
    def about(self) -> str:
        """By what people recognise the row."""
        return self.vin or self.oem_number or self.order or ""
