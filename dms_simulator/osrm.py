"""A router with the HTTP interface of OSRM, version 1: route, table and nearest.

Its roads are invented: the great circle, longer by a factor that depends on nothing but
the two places. So it answers the same in each run, and there and back are not alike.
"""

import itertools
import math
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from zlib import crc32

from .ledger import Received, Reply
from .registry import register
from .server import Simulator

Place = tuple[float, float]  # longitude, latitude

EARTH_M = 6_371_000
SERVICES = ("route", "table", "nearest")
MAX_TABLE = 100
SHORTEST, LONGEST = 1.15, 1.45
CRAWL_MS, CRUISE_MS = 11.0, 25.0  # in town, and on long ways


class Refusal(Exception):
    """Answered as OSRM does: a code, and HTTP 400."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


def road_m(one: Place, other: Place) -> float:
    """:return: metres by road"""
    seed = crc32(f"{one[0]:.6f},{one[1]:.6f};{other[0]:.6f},{other[1]:.6f}".encode())
    factor = SHORTEST + (LONGEST - SHORTEST) * (seed % 1000) / 1000
    return round(globe_m(one, other) * factor, 1)


def road_s(one: Place, other: Place) -> float:
    """:return: seconds; the longer the way, the more of it is motorway"""
    metres = road_m(one, other)
    share = metres / (metres + 20_000)
    speed = CRAWL_MS + (CRUISE_MS - CRAWL_MS) * share
    return round(metres / speed, 1)


def globe_m(one: Place, other: Place) -> float:
    (lon1, lat1), (lon2, lat2) = (map(math.radians, place) for place in (one, other))
    cosine = math.sin(lat1) * math.sin(lat2)
    cosine += math.cos(lat1) * math.cos(lat2) * math.cos(lon2 - lon1)
    return EARTH_M * math.acos(max(-1.0, min(1.0, cosine)))


@register("osrm")
class Osrm(Simulator):
    """The effect is the path of the question.

    :ivar islands: places from and to which no road leads
    :ivar far: place -> metres to the next street, if it lies off the map
    """

    title = "OSRM"
    max_table = MAX_TABLE

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.islands: set[Place] = set()
        self.far: dict[Place, float] = {}
        self._numbers = itertools.count(1)

    def is_question(self, received: Received) -> bool:
        return urlsplit(received.path).path != "/"

    def key(self, received: Received) -> str:
        return str(next(self._numbers))

    def accept(self, received: Received) -> tuple[Any, Reply]:
        try:
            return received.path, Reply(200, {"code": "Ok", **self._answer(received)})
        except Refusal as refusal:
            content = {"code": refusal.code, "message": str(refusal)}
            return received.path, Reply(400, content)

    def _answer(self, received: Received) -> dict:
        parts = urlsplit(received.path)
        options = {k: v[0] for k, v in parse_qs(parts.query).items()}
        service, places = _question(parts.path)
        return getattr(self, f"_{service}")(places, options)

    # ------------------------------------------------------------
    # Services
    # ------------------------------------------------------------

    def _table(self, places: list[Place], options: dict) -> dict:
        _at_least_two(places)
        sources = _chosen(options, "sources", places)
        destinations = _chosen(options, "destinations", places)
        if len(sources) * len(destinations) > self.max_table**2:
            raise Refusal("TooBig", "Too many table coordinates")
        answer = {
            "sources": [self._waypoint(place) for place in sources],
            "destinations": [self._waypoint(place) for place in destinations],
        }
        for name in _annotations(options):
            answer[f"{name}s"] = [
                [self._way(one, other, MEASURES[name]) for other in destinations]
                for one in sources
            ]
        return answer

    def _way(self, one: Place, other: Place, measure) -> float | None:
        if one == other:
            return 0
        return None if self.islands & {one, other} else measure(one, other)

    def _route(self, places: list[Place], options: dict) -> dict:
        _at_least_two(places)
        pairs = list(itertools.pairwise(places))
        if any(self._way(*pair, road_m) is None for pair in pairs):
            raise Refusal("NoRoute", "Impossible route between points")
        legs = [_leg(*pair) for pair in pairs]
        route = {
            "distance": sum(leg["distance"] for leg in legs),
            "duration": sum(leg["duration"] for leg in legs),
            "weight_name": "routability",
            "legs": legs,
        }
        if options.get("overview") != "false":
            route["geometry"] = _geometry(places, options)
        return {
            "routes": [route],
            "waypoints": [self._waypoint(place) for place in places],
        }

    def _nearest(self, places: list[Place], options: dict) -> dict:
        if len(places) != 1:
            raise Refusal("InvalidOptions", "Only one input coordinate is supported")
        return {"waypoints": [self._waypoint(places[0])]}

    def _waypoint(self, place: Place) -> dict:
        metres = self.far.get(place, 0.0)
        return {"name": "", "location": list(place), "distance": metres, "hint": ""}


MEASURES = {"distance": road_m, "duration": road_s}


def _question(path: str) -> tuple[str, list[Place]]:
    """Read ``/service/version/profile/coordinates``."""
    parts = path.strip("/").split("/")
    if len(parts) != 4:
        raise Refusal("InvalidUrl", "URL string malformed close to position 1")
    service, version, _profile, coordinates = parts
    if service not in SERVICES:
        raise Refusal("InvalidService", f"Service {service} not found!")
    if version != "v1":
        raise Refusal("InvalidVersion", f"Service version {version} not found!")
    return service, [_place(text) for text in unquote(coordinates).split(";")]


def _place(text: str) -> Place:
    try:
        longitude, latitude = map(float, text.split(","))
    except ValueError:
        raise Refusal("InvalidQuery", "Query string malformed") from None
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise Refusal("InvalidOptions", "Invalid coordinate value.")
    return longitude, latitude


def _at_least_two(places: list[Place]) -> None:
    if len(places) < 2:
        message = "Number of coordinates needs to be at least two."
        raise Refusal("InvalidOptions", message)


def _chosen(options: dict, name: str, places: list[Place]) -> list[Place]:
    text = options.get(name, "all")
    if text == "all":
        return places
    try:
        return [places[int(number)] for number in text.split(";")]
    except (ValueError, IndexError):
        raise Refusal("InvalidQuery", f"{name} are no indices") from None


def _annotations(options: dict) -> list[str]:
    names = options.get("annotations", "duration").split(",")
    if not set(names) <= set(MEASURES):
        raise Refusal("InvalidQuery", "Query string malformed close to annotations")
    return names


def _leg(one: Place, other: Place) -> dict:
    metres, seconds = road_m(one, other), road_s(one, other)
    return {"distance": metres, "duration": seconds, "summary": "", "steps": []}


def _geometry(places: list[Place], options: dict) -> dict | str:
    """GeoJSON only: an encoded line would be for readers that nobody has."""
    if options.get("geometries") != "geojson":
        raise Refusal("InvalidQuery", "this simulator draws geojson only")
    return {"type": "LineString", "coordinates": [list(place) for place in places]}
