from decimal import Decimal

from odoo.addons.dms_sales.trade_in import Damage, condition


def grade(count, size="large", **more):
    return condition([Damage(size)] * count, **more).grade


def test_a_car_without_a_mark_has_all_points():
    assert condition([]).points == 100
    assert condition([]).grade == "1"


def test_points_by_the_size_of_a_damage():
    sizes = [condition([Damage(size)]).points for size in ("small", "medium", "large")]
    assert sizes == [Decimal("99.5"), 99, Decimal("98.5")]


def test_grades_begin_at_90_60_and_20_points():
    assert [grade(6), grade(7)] == ["1", "2"]
    assert [grade(26), grade(27)] == ["2", "3"]
    assert [grade(53), grade(54)] == ["3", "4"]


def test_worn_tyres_cost_a_point_each():
    treads = [Decimal("1.5"), Decimal("1.6"), Decimal(5)]
    assert condition([], treads).points == 99


def test_a_battery_costs_what_it_lacks_to_90_percent():
    assert condition([], battery_percent=Decimal(92)).points == 100
    assert condition([], battery_percent=Decimal(75)).points == 85


def test_after_an_accident_points_do_not_help():
    found = condition([], had_accident=True)
    assert (found.points, found.grade) == (100, "5")


def test_points_never_fall_below_none():
    assert condition([Damage("large")] * 100).points == 0
