"""One car in one row, whatever language its header speaks."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

# Names that a column may carry, as read off OEM shipping notes and stock lists.
HEADERS = {
    "vin": ("vin", "车架号", "车辆识别代号", "车辆识别代码", "chassis"),
    "product_code": ("product_code", "model_code", "model", "车型编码", "物料号", "车型"),
    "engine_number": ("engine_number", "engine_no", "发动机号", "电机号"),
    "shipped_date": ("shipped_date", "ship_date", "发运日期", "发车日期"),
    "expected_date": ("expected_date", "eta", "预计到货", "预计到达日期", "到货日期"),
    "plate": ("plate", "license_plate", "车牌号", "车牌"),
    "odometer_km": ("odometer_km", "odometer", "mileage", "里程", "行驶里程"),
    "unit_cost": ("unit_cost", "cost", "price", "进价", "采购价", "成本"),
    "received_date": ("received_date", "入库日期"),
    "location": ("location", "库位", "车位"),
    "owner": ("owner", "customer", "车主", "客户"),
    "phone": ("phone", "mobile", "电话", "手机"),
}
_NAMES = {alias: name for name, aliases in HEADERS.items() for alias in aliases}


class RowError(ValueError):
    """A row that cannot be used; ``field`` and ``code`` name the reason."""

    def __init__(self, field: str, code: str, value: str = ""):
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code
        self.value = value


def _blank_to_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _any_date(value: object) -> object:
    value = _blank_to_none(value)
    if isinstance(value, str):
        parts = value.strip().replace("/", "-").replace(".", "-").split("T")[0].split("-")
        if len(parts) == 3 and all(part.strip().isdigit() for part in parts):
            year, month, day = (int(part) for part in parts)
            return f"{year:04d}-{month:02d}-{day:02d}"
    return value


def _amount(value: object) -> object:
    value = _blank_to_none(value)
    return value.replace(",", "") if isinstance(value, str) else value


Text = Annotated[str | None, BeforeValidator(_blank_to_none), Field(max_length=128)]
Day = Annotated[date | None, BeforeValidator(_any_date)]


class CarRow(BaseModel):
    """A car in a shipping note or stock list; only the VIN must be there."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, frozen=True)

    vin: str = Field(min_length=1, max_length=64)
    product_code: Text = None
    engine_number: Text = None
    shipped_date: Day = None
    expected_date: Day = None
    plate: Text = None
    odometer_km: Annotated[
        int | None, BeforeValidator(_amount), Field(ge=0, le=5_000_000)
    ] = None
    unit_cost: Annotated[
        float | None, BeforeValidator(_amount), Field(ge=0, le=1e8, allow_inf_nan=False)
    ] = None
    received_date: Day = None
    location: Text = None
    owner: Text = None
    phone: Text = None

    @classmethod
    def parse(cls, cells: Mapping[str, object]) -> Self:
        """Read a row by its headers, in Chinese or English.

        :raise RowError: naming the first field that cannot be used
        """
        named = {_field_name(header): value for header, value in cells.items()}
        try:
            return cls.model_validate({name: named[name] for name in named if name})
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = str(first["loc"][0])
            raise RowError(name, str(first["type"]), str(named.get(name) or "")) from None


def _field_name(header: str) -> str:
    key = "_".join(str(header).strip().lower().split())
    return _NAMES.get(key, "")
