"""Slots from files and grids: good ones go in, bad ones come back with a reason."""

import json
import math

import pytest

from odoo.addons.dms_vehicle.yard import (
    Grid,
    YardError,
    parse_grid,
    read_drawing,
    slots_of,
)

BOX = [[0, 0], [3, 0], [3, 5], [0, 5], [0, 0]]


def feature(code="A-01", kind="yard", rings=None, **geometry):
    return {
        "type": "Feature",
        "properties": {"code": code, "kind": kind},
        "geometry": {"type": "Polygon", "coordinates": rings or [BOX]} | geometry,
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


def refused(text):
    return [(r.row, r.code, r.error.code) for r in read_drawing(text).refused]


def whole(text, origin=None):
    with pytest.raises(YardError) as caught:
        read_drawing(text, origin)
    return caught.value.code


class TestGeoJson:
    def test_a_feature_becomes_a_slot(self):
        (shape,) = read_drawing(collection(feature("a-01", "Test Drive"))).shapes
        assert (shape.code, shape.kind) == ("A-01", "test_drive")
        assert shape.polygon == ((0, 0), (3, 0), (3, 5), (0, 5))

    def test_the_name_will_do_and_a_kind_may_be_missing(self):
        text = collection(feature() | {"properties": {"name": 7}})
        (shape,) = read_drawing(text).shapes
        assert (shape.code, shape.kind) == ("7", "yard")

    def test_bad_ones_are_refused_and_the_rest_goes_in(self):
        text = collection(
            feature("A-01"),
            feature("展-02"),
            feature("A-03", kind="garage"),
            feature("A-04", type="Point"),
            feature("A-05", rings=[[[0, 0], [1, 1]]]),
            feature("a-01"),
            feature("A-07", rings=[BOX, BOX]),
            "A-08",
            feature("A-09") | {"geometry": None},
            feature("A-10") | {"properties": None},
            feature("A-11"),
        )
        assert [shape.code for shape in read_drawing(text).shapes] == ["A-01", "A-11"]
        assert refused(text) == [
            (2, "展-02", "bad_code"),
            (3, "A-03", "bad_kind"),
            (4, "A-04", "bad_shape"),
            (5, "A-05", "too_few"),
            (6, "a-01", "twice"),
            (7, "A-07", "bad_shape"),
            (8, "", "bad_shape"),
            (9, "A-09", "bad_shape"),
            (10, "", "bad_code"),
        ]

    @pytest.mark.parametrize("text", ["{", '{"features": [', "[1,", "[" * 100_000])
    def test_broken_json_is_refused_as_a_whole(self, text):
        assert whole(text) == "bad_json"

    @pytest.mark.parametrize(
        "text", ["{}", "[]", '{"features": []}', '{"features": 1}']
    )
    def test_nothing_in_it(self, text):
        assert whole(text) == "no_features"

    def test_degrees_become_metres_from_the_corner(self):
        corner = (31.2, 121.4)  # north-west
        east, south = 121.4 + 0.0001, 31.2 - 0.0001
        ring = [[121.4, 31.2], [east, 31.2], [east, south], [121.4, south]]
        (shape,) = read_drawing(collection(feature(rings=[ring])), corner).shapes
        width, height = shape.polygon[2]
        assert height == pytest.approx(11.12, abs=0.01)
        assert width == pytest.approx(11.12 * math.cos(math.radians(31.2)), abs=0.01)

    def test_points_that_are_none_are_refused_in_degrees_too(self):
        text = collection(feature(rings=[[1, 2]]))
        (refusal,) = read_drawing(text, (31.2, 121.4)).refused
        assert refusal.error.code == "no_points"


class TestLines:
    def test_a_line_becomes_a_slot(self):
        text = "\ufeffA-01;showroom;0 0,3 0,3 5,0 5\n\nA-02;;3 0,6 0,6 5,3 5\n"
        assert [(s.code, s.kind) for s in read_drawing(text).shapes] == [
            ("A-01", "showroom"),
            ("A-02", "yard"),
        ]

    def test_bad_lines_are_counted_as_in_the_file(self):
        bad = "A-02;yard\nA-03;yard;0 0,x 1,2 2\n;yard;0 0,1 1,2 3"
        text = f"A-01;yard;0 0,3 0,3 5\n\n{bad}"
        assert refused(text) == [
            (3, "A-02", "bad_line"),
            (4, "A-03", "bad_line"),
            (5, "", "bad_code"),
        ]

    def test_nothing_is_no_slot(self):
        assert read_drawing("").shapes == []

    def test_too_many_are_refused(self):
        text = "\n".join(f"S{n};yard;0 0,3 0,3 5" for n in range(5001))
        assert whole(text) == "too_many_slots"


class TestGrid:
    def test_rows_are_letters_and_columns_numbers(self):
        shapes = slots_of(Grid(rows=2, columns=2, prefix="N", first=9))
        assert [s.code for s in shapes] == ["NA-09", "NA-10", "NB-09", "NB-10"]

    def test_where_they_lie(self):
        shapes = slots_of(Grid(columns=2, width=2, height=5, gap_x=1, x=10, y=20))
        assert shapes[1].polygon == ((13, 20), (15, 20), (15, 25), (13, 25))

    def test_turned_around_the_first_corner(self):
        (shape,) = slots_of(Grid(columns=1, width=2, height=5, angle=90))
        assert shape.polygon == ((0, 0), (0, 2), (-5, 2), (-5, 0))

    def test_letters_go_on_after_z(self):
        shapes = slots_of(Grid(rows=3, columns=1, row_letter="Z"))
        assert [s.code for s in shapes] == ["Z-01", "AA-01", "AB-01"]

    def test_values_are_read_and_what_nobody_knows_is_ignored(self):
        assert parse_grid({"rows": 2, "width": 3.5, "colour": 1}) == Grid(2, width=3.5)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("rows", 0),
            ("rows", 1.5),
            ("columns", 999),
            ("width", "3"),
            ("height", -1),
            ("gap_x", None),
            ("x", 1e9),
        ],
    )
    def test_a_value_that_is_not_possible_is_named(self, name, value):
        with pytest.raises(YardError) as caught:
            parse_grid({name: value})
        assert (caught.value.code, caught.value.params["field"]) == ("bad_grid", name)

    def test_too_large(self):
        with pytest.raises(YardError, match="too_many_slots"):
            parse_grid({"rows": 200, "columns": 200})

    @pytest.mark.parametrize("letter", ["1", "排"])
    def test_a_row_is_named_by_letters(self, letter):
        with pytest.raises(YardError, match="bad_grid"):
            slots_of(Grid(row_letter=letter))
