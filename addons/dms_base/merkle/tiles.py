"""Cutting a tree into tiles that never change: C2SP tlog-tiles, height 8."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .hashing import HASH_SIZE, perfect_root, split

HEIGHT = 8
WIDTH = 1 << HEIGHT
MAX_LEVEL = 63
MAX_ENTRY = 0xFFFF
ENTRIES = "entries"

_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<number>(?:x\d{3}/)*\d{3})"
    r"(?:\.p/(?P<width>[1-9]\d{0,2}))?",
    re.ASCII,
)


@dataclass(frozen=True)
class Tile:
    """A tile of hashes or, with ``level`` None, of entries; ``width`` 1 to 256."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where clients look for it, below the prefix of the log."""
        level = ENTRIES if self.level is None else self.level
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_grouped(self.index)}{partial}"

    @property
    def end(self) -> int:
        """The smallest size of a log that has this tile."""
        return (self.index * WIDTH + self.width) << HEIGHT * (self.level or 0)

    @classmethod
    def parse(cls, path: str) -> "Tile":
        """:raise ValueError: if no tile has this path; each has exactly one"""
        match = _PATH.fullmatch(path)
        if not match:
            raise ValueError(f"{path} is not the path of a tile")
        level = None if match["level"] == ENTRIES else int(match["level"])
        index = int(match["number"].replace("x", "").replace("/", ""))
        tile = cls(level, index, int(match["width"] or WIDTH))
        if tile.path != path or (level or 0) > MAX_LEVEL:
            raise ValueError(f"{path} is not the path of a tile")
        return tile


def _grouped(number: int) -> str:
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03d}")
    return "/".join(reversed(groups))


def tiles_of(size: int) -> list[tuple[int, int]]:
    """:return: for each level that has a tile, full tiles and width of the partial"""
    levels = []
    while size:
        levels.append(divmod(size, WIDTH))
        size //= WIDTH
    return levels


class TileReader:
    """Nodes of a tree out of its tiles; each tile is fetched once."""

    def __init__(self, fetch: Callable[[int, int], bytes]):
        """:param fetch: (level, index) -> all hashes this tile has by now"""
        self._fetch = fetch
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """:return: the hash of a node, as ``prove.Node`` asks for it"""
        tile_level, height = divmod(level, HEIGHT)
        tile, at = divmod(index << height, WIDTH)
        hashes = self._hashes(tile_level, tile)[at : at + (1 << height)]
        if len(hashes) != 1 << height:
            raise ValueError(f"tile {tile} of level {tile_level} is too short")
        return perfect_root(hashes)

    def _hashes(self, level: int, index: int) -> list[bytes]:
        key = (level, index)
        if key not in self._tiles:
            self._tiles[key] = split(self._fetch(level, index))
        return self._tiles[key]


def pack_entries(entries: Iterable[bytes]) -> bytes:
    """:return: a bundle: each entry after its length in two bytes
    :raise ValueError: if an entry is longer than 65,535 bytes
    """
    return b"".join(_with_length(entry) for entry in entries)


def _with_length(entry: bytes) -> bytes:
    if len(entry) > MAX_ENTRY:
        raise ValueError(f"an entry has at most {MAX_ENTRY} bytes")
    return len(entry).to_bytes(2, "big") + entry


def unpack_entries(bundle: bytes) -> list[bytes]:
    """:raise ValueError: if the bundle is cut short"""
    entries, at = [], 0
    while at < len(bundle):
        start = at + 2
        at = start + int.from_bytes(bundle[at:start], "big")
        if at > len(bundle):
            raise ValueError("the bundle of entries is cut short")
        entries.append(bundle[start:at])
    return entries


def complete_tiles(
    hashes: Sequence[bytes], first: int
) -> list[tuple[int, bytes, bytes]]:
    """Cut the hashes of one level into the full tiles they complete.

    :param hashes: from the beginning of the tile ``first`` on
    :return: (index, 8,192 bytes, root) of each full tile
    """
    return [
        (
            first + number,
            b"".join(hashes[at : at + WIDTH]),
            perfect_root(hashes[at : at + WIDTH]),
        )
        for number, at in enumerate(range(0, len(hashes) - WIDTH + 1, WIDTH))
    ]


TILE_BYTES = WIDTH * HASH_SIZE
