"""Slots on a plan and who stands in them; nothing of Odoo.

>>> from odoo.addons.dms_vehicle.yard import overlap, parse_polygon
>>> square = parse_polygon([[0, 0], [2, 0], [2, 2], [0, 2]])
>>> overlap(square, parse_polygon([[1, 0], [3, 0], [3, 2], [1, 2]]))
2.0
"""

from .problem import YardError
from .polygon import area, bounds, centroid, contains, parse_polygon
from .overlap import overlap, overlapping
from .code import KINDS, label, parse_code, parse_kind, split_label
from .shape import MAX_SLOTS, Shape
from .drawing import Drawing, Refused, read_drawing
from .grid import Grid, parse_grid, slots_of
from .message import Row, key_of, parse_moment, parse_row
from .occupancy import APPLIED, CONFIRMED, OUTDATED, Occupancy, Sighting, Stay

__all__ = [
    "APPLIED",
    "CONFIRMED",
    "KINDS",
    "MAX_SLOTS",
    "OUTDATED",
    "Drawing",
    "Grid",
    "Occupancy",
    "Refused",
    "Row",
    "Shape",
    "Sighting",
    "Stay",
    "YardError",
    "area",
    "bounds",
    "centroid",
    "contains",
    "key_of",
    "label",
    "overlap",
    "overlapping",
    "parse_code",
    "parse_grid",
    "parse_kind",
    "parse_moment",
    "parse_polygon",
    "parse_row",
    "read_drawing",
    "slots_of",
    "split_label",
]
