"""The address of map tiles, as people enter it."""

import re

_FIELDS = re.compile(r"\{(\w+)\}")
NEEDED, KNOWN = {"z", "x", "y"}, {"z", "x", "y", "s", "r"}


class TilesProblem(ValueError):
    """:param code: "address", "missing" or "unknown"; ``names`` are the fields"""

    def __init__(self, code: str, names: set[str] = frozenset()):
        self.code = code
        self.names = ", ".join(f"{{{name}}}" for name in sorted(names))
        super().__init__(f"{code}: {self.names}")


def check_template(url: str) -> str:
    """Check an address such as ``https://tiles.example/{z}/{x}/{y}.png``.

    A path on the own server is allowed, too: ``/tiles/{z}/{x}/{y}.png``.

    :raise TilesProblem: with what is wrong
    """
    if not re.fullmatch(r"(https?:/)?/[^\s\"'<>\\]+", url):
        raise TilesProblem("address")
    fields = set(_FIELDS.findall(url))
    if missing := NEEDED - fields:
        raise TilesProblem("missing", missing)
    if unknown := fields - KNOWN:
        raise TilesProblem("unknown", unknown)
    return url
