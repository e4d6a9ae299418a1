"""Addresses of OSRM's HTTP interface, version 1 (project-osrm.org/docs, http.md)."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from .position import Position, check_position

CAR = "driving"


def table_url(endpoint: str, places: Sequence[Position], profile: str = CAR) -> str:
    """Ask for the ways from each place to each other one, in kilometres and time."""
    return _url(endpoint, "table", profile, places, annotations="duration,distance")


def route_url(endpoint: str, places: Sequence[Position], profile: str = CAR) -> str:
    """Ask for the way through places in their order, with its line for a map."""
    options = {"overview": "simplified", "geometries": "geojson"}
    return _url(endpoint, "route", profile, places, **options)


def nearest_url(endpoint: str, place: Position, profile: str = CAR) -> str:
    """Ask for the next street: a sign of life that needs no second place."""
    return _join(endpoint, "nearest", profile, [place], number=1)


def _url(endpoint, service, profile, places, **options) -> str:
    if len(places) < 2:
        raise ValueError("a router needs at least two places")
    return _join(endpoint, service, profile, places, **options)


def _join(endpoint, service, profile, places, **options) -> str:
    path = f"{service}/v1/{quote(profile, safe='')}/{_coordinates(places)}"
    return f"{endpoint.rstrip('/')}/{path}?{urlencode(options, safe=',')}"


def _coordinates(places) -> str:
    """Longitude comes first; the sixth decimal is 10 cm."""
    checked = [check_position(Position(*place)) for place in places]
    return ";".join(f"{p.longitude:.6f},{p.latitude:.6f}" for p in checked)
