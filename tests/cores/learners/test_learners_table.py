"""Tables: columns of one length, with a digest of all that is in them."""

import pytest

from odoo.addons.dms_base.learners import Share, Table, TableError


def test_columns_have_one_length() -> None:
    with pytest.raises(TableError):
        Table({"a": [1], "b": [1, 2]})


def test_a_missing_column_is_unknown_in_every_row() -> None:
    assert Table({"a": [1, 2]}).column("b") == [None, None]


def test_columns_can_be_left_out() -> None:
    assert list(Table({"a": [1], "b": [2]}).without(["b", "c"]).columns) == ["a"]


def test_the_digest_covers_cells_and_target() -> None:
    table = Table({"a": [1, 2]})
    digests = {
        table.digest(),
        table.digest([0, 1]),
        table.digest([1, 0]),
        Table({"a": [1, 3]}).digest([0, 1]),
    }
    assert len(digests) == 4


def test_nothing_is_learnt_from_nothing() -> None:
    with pytest.raises(ValueError, match="no examples"):
        Share().fit(Table({}), [])
