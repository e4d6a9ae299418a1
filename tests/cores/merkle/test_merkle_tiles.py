"""Tiles: where they lie, what they hold, and proofs out of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_base.merkle import (
    Frontier,
    Tile,
    TileReader,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    pack_entries,
    range_root,
    tiles_of,
    unpack_entries,
    verify_consistency,
    verify_inclusion,
)
from odoo.addons.dms_base.merkle.tiles import complete_tiles


def test_the_path_of_the_protocol_text():
    assert Tile(0, 1234067).path == "tile/0/x001/x234/067"


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(1, 999), "tile/1/999"),
        (Tile(1, 1000), "tile/1/x001/000"),
        (Tile(0, 273, 112), "tile/0/273.p/112"),
        (Tile(None, 1234067), "tile/entries/x001/x234/067"),
        (Tile(None, 3, 1), "tile/entries/003.p/1"),
        (Tile(63, 5), "tile/63/005"),
    ],
)
def test_paths_both_ways(tile, path):
    assert tile.path == path
    assert Tile.parse(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/1",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001",
        "tile/00/001",
        "tile/64/001",
        "tile/-1/001",
        "tile/data/001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/01",
        "tile/0/001.p/",
        "tile/0/٠٠١",
        "tile/0/001\n",
        "tile/0/../001",
        "",
    ],
)
def test_no_second_path_leads_to_a_tile(path):
    with pytest.raises(ValueError, match="not the path"):
        Tile.parse(path)


@given(st.none() | st.integers(0, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_every_tile_is_found_by_its_path(level, index, width):
    tile = Tile(level, index, width)
    assert Tile.parse(tile.path) == tile


def test_the_tiles_of_the_protocol_text():
    assert tiles_of(70_000) == [(273, 112), (1, 17), (0, 1)]


def test_an_empty_log_has_no_tiles():
    assert tiles_of(0) == []


@pytest.mark.parametrize(
    ("tile", "size"),
    [(Tile(0, 273, 112), 70_000), (Tile(1, 1, 17), 69_888), (Tile(2, 0, 1), 65_536)],
)
def test_a_tile_exists_from_a_certain_size_on(tile, size):
    assert tile.end == size


class Tiles:
    """A log of ``size`` leaves cut into tiles, as a server would keep them."""

    def __init__(self, size: int):
        self.leaves = [leaf_hash(str(n).encode()) for n in range(size)]
        self.asked = []
        self.levels = [self.leaves]
        while len(self.levels[-1]) >= 256:
            full = complete_tiles(self.levels[-1], 0)
            self.levels.append([root for _index, _hashes, root in full])

    def fetch(self, level: int, index: int) -> bytes:
        self.asked.append((level, index))
        return b"".join(self.levels[level][index * 256 : index * 256 + 256])

    def root(self, size: int) -> bytes:
        return Frontier().extend(self.leaves[:size]).root


@pytest.fixture(scope="module")
def tiles() -> Tiles:
    return Tiles(70_000)


def test_tiles_carry_the_root_of_the_tree(tiles):
    assert range_root(0, 70_000, TileReader(tiles.fetch)) == tiles.root(70_000)


@pytest.mark.parametrize("index", [0, 255, 256, 65_535, 65_536, 69_887, 69_999])
def test_inclusion_proofs_out_of_tiles(tiles, index):
    proof = inclusion_proof(index, 70_000, TileReader(tiles.fetch))
    verify_inclusion(tiles.leaves[index], index, 70_000, proof, tiles.root(70_000))


@pytest.mark.parametrize("old", [1, 256, 300, 65_536, 69_999])
def test_consistency_proofs_out_of_tiles(tiles, old):
    proof = consistency_proof(old, 70_000, TileReader(tiles.fetch))
    verify_consistency(old, 70_000, tiles.root(old), tiles.root(70_000), proof)


def test_proofs_for_an_older_size_come_out_of_newer_tiles(tiles):
    proof = inclusion_proof(5, 66_000, TileReader(tiles.fetch))
    verify_inclusion(tiles.leaves[5], 5, 66_000, proof, tiles.root(66_000))


def test_a_tile_is_fetched_once_for_a_proof(tiles):
    tiles.asked.clear()
    inclusion_proof(69_999, 70_000, TileReader(tiles.fetch))
    assert len(tiles.asked) == len(set(tiles.asked)) <= 4


def test_a_tile_that_is_too_short_is_an_error(tiles):
    reader = TileReader(lambda level, index: tiles.fetch(level, index)[:-32])
    with pytest.raises(ValueError, match="too short"):
        inclusion_proof(0, 70_000, reader)


@given(st.lists(st.binary(max_size=40)))
def test_entries_come_back_out_of_a_bundle(entries):
    assert unpack_entries(pack_entries(entries)) == entries


def test_a_bundle_has_the_length_before_each_entry():
    assert pack_entries([b"ab", b""]) == b"\0\2ab\0\0"


def test_no_bundle_holds_an_entry_of_64_kilobytes():
    with pytest.raises(ValueError, match="65535"):
        pack_entries([b"x" * 65_536])


def test_a_bundle_cut_short_is_refused():
    with pytest.raises(ValueError, match="cut short"):
        unpack_entries(b"\0\5ab")
