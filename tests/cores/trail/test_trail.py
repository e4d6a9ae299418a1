import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_base.trail import (
    batch_digest,
    contains,
    entry_hash,
    expand,
    first_difference,
    ranges,
)

ROW = [7, "2026-01-01", "张", None]


def test_equal_rows_hash_alike() -> None:
    assert entry_hash(ROW) == entry_hash(tuple(ROW))


@pytest.mark.parametrize(
    "other",
    [
        [8, "2026-01-01", "张", None],
        [7, "2026-01-01", "张", ""],
        [7, "2026-01-01", None, "张"],
        [7, "2026-01-01张", "", None],
        [7, "2026-01-01", "张"],
    ],
)
def test_other_rows_hash_otherwise(other: list) -> None:
    assert entry_hash(other) != entry_hash(ROW)


def test_the_digest_depends_on_every_entry_and_their_order() -> None:
    one, two = entry_hash([1]), entry_hash([2])
    digests = {batch_digest(h) for h in ([one, two], [two, one], [one], [])}
    assert len(digests) == 4


def test_the_first_difference() -> None:
    assert first_difference([b"a", b"b", b"c"], [b"a", b"x", b"y"]) == 1
    assert first_difference([b"a", b"b"], [b"a", None]) == 1
    assert first_difference([b"a"], [b"a"]) == -1


def test_ranges_are_short() -> None:
    assert ranges([3, 1, 2, 7, 8, 20]) == [[1, 3], [7, 8], [20, 20]]
    assert ranges([]) == []


@given(st.sets(st.integers(1, 200)))
def test_ranges_lose_nothing(ids: set[int]) -> None:
    pairs = ranges(ids)
    assert list(expand(pairs)) == sorted(ids)
    assert {n for n in range(202) if contains(pairs, n)} == ids
