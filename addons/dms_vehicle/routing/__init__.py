"""Distances between places, without Odoo: on the globe, and from an OSRM router."""

from .blocks import LIMIT, blocks
from .estimate import Distance, Estimator
from .gcj02 import FROM_DATUM, TO_DATUM, in_china, to_gcj02, to_wgs84
from .great_circle import EARTH_RADIUS_KM, great_circle_km
from .map_tiles import TilesProblem, check_template
from .osrm_answer import (
    Route,
    RouterRefused,
    Table,
    Unreadable,
    read_code,
    read_route,
    read_table,
)
from .osrm_request import nearest_url, route_url, table_url
from .position import Position, PositionProblem, check_position
