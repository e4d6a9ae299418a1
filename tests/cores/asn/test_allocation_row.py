"""Cars that an OEM has promised."""

from datetime import date

import pytest

from odoo.addons.dms_vehicle.asn import AllocationRow, RowError

ROW = {
    "reference": "Q-1",
    "product_code": "E5-W",
    "period": "2026-12",
    "valid_until": "2026-12-15",
}


def test_a_row_by_english_headers():
    row = AllocationRow.parse(ROW)
    assert (row.reference, row.period) == ("Q-1", "2026-12")
    assert row.valid_until == date(2026, 12, 15)


def test_a_row_by_chinese_headers():
    row = AllocationRow.parse(
        {
            "配额号": "Q-1",
            "车型编码": "E5-W",
            "月份": "2026年12月",
            "有效期至": "2026/12/15",
        }
    )
    assert (row.reference, row.product_code) == ("Q-1", "E5-W")
    assert row.valid_until == date(2026, 12, 15)


@pytest.mark.parametrize("field", list(ROW))
def test_all_of_it_must_be_there(field):
    with pytest.raises(RowError) as error:
        AllocationRow.parse({**ROW, field: ""})
    assert error.value.field == field
