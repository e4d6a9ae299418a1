"""A log kept in tiles grows in batches into the same tree as leaf by leaf."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_base.merkle import EMPTY_ROOT, Frontier, leaf_hash
from odoo.addons.dms_base.merkle.growth import edges_of, grow, root_of


class Store:
    """Leaves and full tiles, as the database keeps them."""

    def __init__(self):
        self.leaves, self.tiles, self.roots = [], {}, {}

    def fetch(self, level: int, index: int) -> bytes:
        if (level, index) in self.tiles:
            return self.tiles[level, index]
        if not level:
            return b"".join(self.leaves[index * 256 : index * 256 + 256])
        places = range(index * 256, index * 256 + 256)
        return b"".join(self.roots.get((level - 1, place), b"") for place in places)

    def add(self, count: int) -> bytes:
        size = len(self.leaves)
        new = [leaf_hash(str(size + n).encode()) for n in range(count)]
        growth = grow(size, edges_of(size, self.fetch), new)
        self.leaves += new
        for tile in growth.tiles:
            assert (tile.level, tile.index) not in self.tiles
            self.tiles[tile.level, tile.index] = tile.hashes
            self.roots[tile.level, tile.index] = tile.root
        assert growth.size == len(self.leaves)
        return growth.root


def test_nothing_grows_to_nothing():
    assert grow(0, [], []).root == EMPTY_ROOT


@given(st.lists(st.integers(0, 700), max_size=6))
def test_batches_of_any_size_give_the_same_root(batches):
    store = Store()
    for count in batches:
        root = store.add(count)
        assert root == Frontier().extend(store.leaves).root


def test_the_edge_of_an_older_log_leaves_out_what_came_later():
    store = Store()
    old = store.add(300)
    store.add(400)
    assert root_of(edges_of(300, store.fetch)) == old


@pytest.mark.parametrize("size", [1, 255, 256, 257, 65_535, 65_536, 70_000])
def test_the_edge_has_the_root_of_the_whole(size):
    store = Store()
    root = store.add(size)
    assert root_of(edges_of(size, store.fetch)) == root
    assert root == Frontier().extend(store.leaves).root


def test_levels_fill_one_after_the_other():
    store = Store()
    for count in (60_000, 5_535, 1, 4_464):
        store.add(count)
    assert sorted({level for level, _index in store.tiles}) == [0, 1]
    assert sum(level == 0 for level, _index in store.tiles) == 273
    assert store.fetch(1, 1) == b"".join(store.roots[0, n] for n in range(256, 273))
    assert store.fetch(2, 0) == store.roots[1, 0]


def test_a_batch_costs_little_whatever_the_size_of_the_log():
    asked = []
    store = Store()
    store.add(70_000)

    def fetch(level, index):
        asked.append((level, index))
        return store.fetch(level, index)

    edges_of(70_000, fetch)
    assert asked == [(0, 273), (1, 1), (2, 0)]
