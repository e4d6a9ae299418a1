"""The tree and its proofs against the recursive definition of RFC 6962."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_base.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    range_root,
    verify_consistency,
    verify_inclusion,
)

from tests.cores.merkle import naive
from tests.cores.merkle.vectors import MERKLE, needs_vectors

sizes = st.integers(1, 70)


def entries(size: int) -> list[bytes]:
    return [bytes([n]) * (n % 5) for n in range(size)]


def frontier(size: int) -> Frontier:
    return Frontier().extend(map(leaf_hash, entries(size)))


def test_an_empty_tree_has_the_hash_of_nothing():
    expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Frontier().root == EMPTY_ROOT == bytes.fromhex(expected)


@needs_vectors
def test_the_published_roots_of_one_to_eight_leaves():
    known = json.loads((MERKLE / "tree_leaf_inputs_and_roots.json").read_text())
    tree = Frontier()
    for text, root in zip(
        known["leaf_inputs_hex"], known["root_by_size_1_to_8"], strict=True
    ):
        tree.append(leaf_hash(bytes.fromhex(text)))
        assert tree.root.hex() == root


@pytest.mark.parametrize("size", range(70))
def test_the_frontier_has_the_root_of_the_definition(size):
    assert frontier(size).root == naive.root(entries(size))


@given(sizes)
def test_the_frontier_holds_one_root_per_bit_of_its_size(size):
    assert len(frontier(size).roots) == size.bit_count()


@given(sizes)
def test_the_root_of_a_range_comes_from_complete_nodes_only(size):
    whole = entries(size)
    assert range_root(0, size, naive.node_of(whole)) == naive.root(whole)


@given(st.data())
def test_inclusion_proofs_are_those_of_the_definition(data):
    size = data.draw(sizes)
    index = data.draw(st.integers(0, size - 1))
    whole = entries(size)
    proof = inclusion_proof(index, size, naive.node_of(whole))
    assert proof == naive.path(index, whole)
    verify_inclusion(leaf_hash(whole[index]), index, size, proof, naive.root(whole))


@given(st.data())
def test_consistency_proofs_are_those_of_the_definition(data):
    new = data.draw(sizes)
    old = data.draw(st.integers(1, new))
    whole = entries(new)
    proof = consistency_proof(old, new, naive.node_of(whole))
    assert proof == naive.proof(old, whole)
    verify_consistency(old, new, naive.root(whole[:old]), naive.root(whole), proof)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_no_proof_for_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="has no leaf"):
        inclusion_proof(index, size, naive.node_of(entries(3)))


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3)])
def test_no_proof_from_a_tree_that_does_not_come_before(old, new):
    with pytest.raises(ValueError, match="comes before"):
        consistency_proof(old, new, naive.node_of(entries(3)))
