from itertools import combinations

from odoo.addons.dms_sales.purchase_tax import KINDS, RELIEFS


def test_each_kind_of_new_energy_car_has_a_row_for_2024_and_one_for_2026():
    found = {(row.kind, row.since.year, row.until.year) for row in RELIEFS}
    kinds = set(KINDS) - {"ice"}
    assert found == {(k, *y) for k in kinds for y in ((2024, 2025), (2026, 2027))}


def test_rows_of_a_kind_do_not_overlap():
    for one, other in combinations(RELIEFS, 2):
        if one.kind == other.kind:
            assert one.until < other.since or other.until < one.since


def test_rows_make_sense():
    for row in RELIEFS:
        assert row.since < row.until
        assert 0 < row.percent <= 100
        assert row.passenger_cap > 0


def test_each_row_says_where_it_comes_from():
    assert all(row.source for row in RELIEFS)
