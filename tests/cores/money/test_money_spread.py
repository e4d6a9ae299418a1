"""Amounts that are divided add up again."""

from decimal import Decimal

import pytest

from odoo.addons.dms_base.money import spread


@pytest.mark.parametrize(
    ("amount", "count"), [("339000.10", 3), ("100", 7), ("0.02", 5), ("169500", 1)]
)
def test_parts_add_up_and_differ_by_a_cent_at_most(amount, count):
    parts = spread(Decimal(amount), count)
    assert len(parts) == count
    assert sum(parts) == Decimal(amount)
    assert max(parts) - min(parts) <= Decimal("0.01")
