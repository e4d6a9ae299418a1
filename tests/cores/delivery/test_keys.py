"""Idempotency keys."""

import pytest

from odoo.addons.dms_base.delivery import canonical_json, derived_key, unique_key


def test_unique_keys_differ():
    assert len({unique_key() for _ in range(1000)}) == 1000


def test_the_same_parts_give_the_same_key():
    assert derived_key("sold", {"b": 1, "a": 2}) == derived_key(
        "sold", {"a": 2, "b": 1}
    )


def test_a_key_stays_the_same_over_the_years():
    """printf '["sold",7]' | sha256sum"""
    assert derived_key("sold", 7) == (
        "413686be10c9e18761de6fe1d4c21a5918b44573bab55b9f5c79a9247301b892"
    )


@pytest.mark.parametrize("other", [("sold", 2), ("sold", "1"), ("sold1",), ("so", 1)])
def test_other_parts_give_another_key(other):
    assert derived_key("sold", 1) != derived_key(*other)


def test_parts_do_not_run_into_each_other():
    assert derived_key("a", "bc") != derived_key("ab", "c")


def test_without_parts_there_is_no_key():
    with pytest.raises(ValueError):
        derived_key()


def test_canonical_json_is_sorted_dense_and_utf8():
    assert (
        canonical_json({"b": [1, None], "a": "车"})
        == '{"a":"车","b":[1,null]}'.encode()
    )


def test_canonical_json_knows_no_number_that_is_none():
    with pytest.raises(ValueError):
        canonical_json(float("nan"))
