"""One car in one row, whatever language its header speaks."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, NamedTuple, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

VIN = ("vin", "车架号", "车辆识别代号", "车辆识别代码", "底盘号", "chassis")
PRODUCT_CODE = ("product_code", "model_code", "车型编码", "物料号", "model", "车型")
ALLOCATION = ("allocation", "allocation_ref", "配额号", "资源号")
# Names that a column may carry, as read off OEM shipping notes and stock lists; of
# several columns with the same meaning the one named first here counts.
HEADERS = {
    "vin": VIN,
    "product_code": PRODUCT_CODE,
    "engine_number": ("engine_number", "engine_no", "发动机号", "电机号"),
    "shipped_date": ("shipped_date", "ship_date", "发运日期", "发车日期"),
    "expected_date": ("expected_date", "eta", "预计到货", "预计到达日期", "到货日期"),
    "plate": ("plate", "license_plate", "车牌号", "车牌"),
    "odometer_km": ("odometer_km", "odometer", "mileage", "里程", "行驶里程"),
    "unit_cost": ("unit_cost", "cost", "price", "进价", "采购价", "成本"),
    "received_date": ("received_date", "入库日期"),
    "allocation": ALLOCATION,
    "owner": ("owner", "customer", "车主", "客户"),
    "phone": ("phone", "mobile", "电话", "手机", "手机号"),
}


class Known(NamedTuple):
    """Which header means which field; the smaller rank counts of two."""

    names: dict[str, str]
    ranks: dict[str, int]

    @classmethod
    def of(cls, headers: Mapping[str, Iterable[str]]) -> Self:
        names = {alias: name for name, known in headers.items() for alias in known}
        ranks = {a: rank for known in headers.values() for rank, a in enumerate(known)}
        return cls(names, ranks)


_KNOWN = Known.of(HEADERS)

_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_DATE = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))"
    r"(?:[T ]+\d{1,2}:\d{2}.*)?"
)


class RowError(ValueError):
    """A row that cannot be used; ``field`` and ``code`` name the reason.

    ``vin`` is what the row has for a VIN, so that its sender finds the car.
    """

    def __init__(self, field: str, code: str, value: str = "", vin: str = ""):
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code
        self.value = value
        self.vin = vin


def _blank_to_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _day(value: object) -> object:
    """Read a date as Chinese and English files write it; no number is a date."""
    value = _blank_to_none(value)
    if value is None or isinstance(value, date):
        return value
    match = _DATE.fullmatch(str(value).strip())
    if not match:
        raise ValueError("not a date")
    year, month, day = (int(part) for part in match.groups() if part)
    return date(year, month, day)


def _amount(value: object) -> object:
    value = _blank_to_none(value)
    return value.strip(" ¥￥").replace(",", "") if isinstance(value, str) else value


Text = Annotated[
    Annotated[str, Field(max_length=128)] | None, BeforeValidator(_blank_to_none)
]
Day = Annotated[date | None, BeforeValidator(_day)]
Kilometres = Annotated[
    Annotated[int, Field(ge=0, le=5_000_000)] | None, BeforeValidator(_amount)
]
Money = Annotated[
    Annotated[float, Field(ge=0, le=1e8, allow_inf_nan=False)] | None,
    BeforeValidator(_amount),
]


class CarRow(BaseModel):
    """A car in a shipping note or stock list; only the VIN must be there."""

    model_config = ConfigDict(
        coerce_numbers_to_str=True, str_strip_whitespace=True, frozen=True
    )

    vin: str = Field(min_length=1, max_length=64)
    product_code: Text = None
    engine_number: Text = None
    shipped_date: Day = None
    expected_date: Day = None
    plate: Text = None
    odometer_km: Kilometres = None
    unit_cost: Money = None
    received_date: Day = None
    allocation: Text = None
    owner: Text = None
    phone: Text = None

    @classmethod
    def parse(cls, cells: Mapping[str, object]) -> Self:
        """Read a row by its headers, in Chinese or English.

        :raise RowError: naming the first field that cannot be used
        """
        return parsed(cls, cells)


M = TypeVar("M", bound=BaseModel)


def parsed(model: type[M], cells: Mapping[str, object], known: Known = _KNOWN) -> M:
    """:return: the row that these cells are, by their headers

    :raise RowError: naming the first field that cannot be used
    """
    if not isinstance(cells, Mapping):
        raise RowError("row", "not_a_row", str(cells))
    named = {name: cells[header] for name, header in columns(cells, known).items()}
    try:
        return model.model_validate(named)
    except ValidationError as error:
        raise _row_error(error, named) from None


def _row_error(error: ValidationError, named: Mapping[str, object]) -> RowError:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0])
    vin = str(named.get("vin") or "")
    is_missing = name == "vin" and not vin.strip()
    code = "missing" if is_missing else str(first["type"])
    return RowError(name, code, str(named.get(name) or ""), vin)


def columns(headers: Iterable[object], known: Known = _KNOWN) -> dict[str, object]:
    """:return: which header holds which field, for the headers that are known"""
    found = [(_alias(header), header) for header in headers]
    found = [(alias, header) for alias, header in found if alias in known.names]
    found.sort(key=lambda pair: known.ranks[pair[0]], reverse=True)
    return {known.names[alias]: header for alias, header in found}


def _alias(header: object) -> str:
    text = unicodedata.normalize("NFKC", str(header)).lower()
    bare = _BRACKETS.sub("", text).strip(" *:")
    return "_".join((bare or text).split())
