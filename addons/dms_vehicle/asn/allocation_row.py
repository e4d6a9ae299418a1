"""One car that an OEM has promised to a store, in one row."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from .car_row import PRODUCT_CODE, Known, _blank_to_none, _day, parsed

ALLOCATION_HEADERS = {
    "reference": ("reference", "allocation", "allocation_ref", "配额号", "资源号"),
    "product_code": PRODUCT_CODE,
    "period": ("period", "month", "月份", "配额月", "资源月"),
    "valid_until": ("valid_until", "expires", "有效期", "有效期至", "截止日期"),
}
ALLOCATION_COLUMNS = Known.of(ALLOCATION_HEADERS)


class AllocationRow(BaseModel):
    """What an OEM promises: a car of one variant, in one month, until some day."""

    model_config = ConfigDict(
        coerce_numbers_to_str=True, str_strip_whitespace=True, frozen=True
    )

    reference: str = Field(min_length=1, max_length=64)
    product_code: str = Field(min_length=1, max_length=64)
    period: str = Field(min_length=1, max_length=32)
    valid_until: Annotated[
        date, BeforeValidator(lambda value: _day(_blank_to_none(value)))
    ]

    @classmethod
    def parse(cls, cells: Mapping[str, object]) -> Self:
        """Read a row by its headers, in Chinese or English.

        :raise RowError: naming the first field that cannot be used
        """
        return parsed(cls, cells, ALLOCATION_COLUMNS)
