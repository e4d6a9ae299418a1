"""Outlines of slots: what is one, how large it is, and which lie on one another."""

import math
import random

import pytest

from odoo.addons.dms_vehicle.yard import (
    YardError,
    area,
    bounds,
    centroid,
    contains,
    overlap,
    overlapping,
    parse_polygon,
)

SQUARE = ((0, 0), (2, 0), (2, 2), (0, 2))
L_SHAPE = ((0, 0), (4, 0), (4, 1), (1, 1), (1, 4), (0, 4))


def rectangle(x, y, width=2.5, height=5.0):
    return parse_polygon(
        [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
    )


def refusal(value):
    with pytest.raises(YardError) as caught:
        parse_polygon(value)
    return caught.value.code


class TestParse:
    def test_to_the_centimetre(self):
        found = parse_polygon([[0, 0], [2.004, 0], [2, 2.006]])
        assert found == ((0, 0), (2.0, 0), (2.0, 2.01))

    def test_a_first_point_that_stands_at_the_end_again_is_dropped(self):
        assert len(parse_polygon([*SQUARE, SQUARE[0]])) == 4

    def test_repeated_points_count_once(self):
        assert len(parse_polygon([SQUARE[0], *SQUARE])) == 4

    @pytest.mark.parametrize("value", [None, "0 0, 1 1", 5, {"x": 1}])
    def test_what_is_no_list_is_refused(self, value):
        assert refusal(value) == "no_points"

    @pytest.mark.parametrize(
        "point",
        [[1], ["1", "2"], [math.nan, 1], [math.inf, 1], [True, 1], None, [1e9, 0], {}],
    )
    def test_what_is_no_point_is_refused(self, point):
        assert refusal([[0, 0], point, [1, 1]]) == "bad_point"

    def test_a_height_is_ignored(self):
        assert parse_polygon([[0, 0, 9], [2, 0, 9], [2, 2, 9]])[1] == (2, 0)

    def test_two_points_are_no_outline(self):
        assert refusal([[0, 0], [1, 1], [0, 0]]) == "too_few"

    def test_too_many_corners(self):
        circle = [[9 * math.cos(n / 20), 9 * math.sin(n / 20)] for n in range(120)]
        assert refusal(circle) == "too_many"

    @pytest.mark.parametrize(
        "value",
        [
            [[0, 0], [2, 2], [2, 0], [0, 2]],  # a bow tie
            [[0, 0], [4, 0], [4, 4], [2, 0], [0, 4]],  # a corner on another line
        ],
    )
    def test_an_outline_that_crosses_itself_is_refused(self, value):
        assert refusal(value) == "crossed"

    @pytest.mark.parametrize("value", [[[0, 0], [0.1, 0], [0, 0.1]]])
    def test_a_slip_of_the_hand_is_refused(self, value):
        assert refusal(value) == "too_small"

    def test_a_line_is_no_outline(self):
        assert refusal([[0, 0], [1, 1], [5, 5]]) == "too_small"


class TestMeasure:
    def test_area_whichever_way_round(self):
        assert area(SQUARE) == area(SQUARE[::-1]) == 4
        assert area(L_SHAPE) == 7

    def test_the_middle(self):
        assert centroid(SQUARE) == (1, 1)
        assert centroid(SQUARE[::-1]) == (1, 1)
        far = [(x + 90_000, y + 90_000) for x, y in SQUARE]
        assert centroid(far) == pytest.approx((90_001, 90_001), abs=1e-6)

    def test_the_middle_of_a_corner_piece(self):
        assert centroid(L_SHAPE) == pytest.approx((1.3571, 1.3571), abs=1e-3)

    def test_inside_or_not(self):
        assert contains(L_SHAPE, (0.5, 3))
        assert not contains(L_SHAPE, (2, 2))
        assert not contains(L_SHAPE, (-1, 0.5))

    def test_its_box(self):
        assert bounds(L_SHAPE) == (0, 0, 4, 4)


class TestOverlap:
    def test_shared_area(self):
        assert overlap(rectangle(0, 0), rectangle(1, 0)) == pytest.approx(7.5)

    def test_neighbours_share_an_edge_and_no_area(self):
        assert overlap(rectangle(0, 0), rectangle(2.5, 0)) == 0
        turned = parse_polygon([[0, 0], [3, 3], [0, 6]])
        other = parse_polygon([[0, 0], [3, 3], [6, 0]])
        assert overlap(turned, other) == pytest.approx(0, abs=1e-9)

    def test_one_inside_the_other(self):
        inner = rectangle(1, 1, 0.5, 2)
        assert overlap(rectangle(0, 0), inner) == pytest.approx(1)
        assert overlap(inner, rectangle(0, 0)) == pytest.approx(1)

    def test_the_same_twice(self):
        assert overlap(L_SHAPE, L_SHAPE) == pytest.approx(7)
        assert overlap(L_SHAPE, L_SHAPE[::-1]) == pytest.approx(7)

    def test_what_stands_in_the_hollow_of_another_shares_nothing(self):
        assert overlap(L_SHAPE, rectangle(1, 1, 3, 3)) == pytest.approx(0, abs=1e-9)

    def test_a_cross_meets_without_a_corner_inside(self):
        assert overlap(rectangle(2, 0, 1, 5), rectangle(0, 2, 5, 1)) == pytest.approx(1)

    def test_against_counting_points(self):
        dice = random.Random(7)
        for _n in range(20):
            one, other = (_star(dice) for _both in range(2))
            hits = sum(
                contains(one, p) and contains(other, p)
                for p in (
                    (x / 10 - 5, y / 10 - 5) for x in range(100) for y in range(100)
                )
            )
            assert overlap(one, other) == pytest.approx(hits / 100, abs=0.8)

    def test_pairs_that_lie_on_one_another(self):
        slots = {
            "A": rectangle(0, 0),
            "B": rectangle(2.5, 0),
            "C": rectangle(4, 1),
            "D": rectangle(0, 5.0),
            "E": rectangle(50, 50),
        }
        assert overlapping(slots) == [("B", "C")]

    def test_a_line_drawn_a_little_over_is_no_overlap(self):
        assert overlapping({1: rectangle(0, 0), 2: rectangle(2.49, 0)}) == []
        assert overlapping({1: rectangle(0, 0), 2: rectangle(2.45, 0)}) == [(1, 2)]

    def test_five_thousand_slots_at_once(self):
        slots = {
            (row, column): rectangle(column * 2.5, row * 5)
            for row in range(50)
            for column in range(100)
        }
        assert overlapping(slots) == []


def _star(dice):
    """An outline around the middle, with dents."""
    return parse_polygon(
        [
            [r * math.cos(n * math.pi / 4), r * math.sin(n * math.pi / 4)]
            for n in range(8)
            for r in [dice.uniform(1, 4.5)]
        ]
    )
