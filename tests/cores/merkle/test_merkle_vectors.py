"""Every published vector of RFC 6962 proofs, above all those to be refused."""

from base64 import b64decode

import pytest

from odoo.addons.dms_base.merkle import ProofError, verify_consistency, verify_inclusion

from tests.cores.merkle.vectors import name_of, needs_vectors, raw, rows

pytestmark = needs_vectors


@pytest.mark.parametrize("row", rows("inclusion"), ids=name_of)
def test_inclusion(row):
    arguments = (
        b64decode(row["leafHash"]),
        row["leafIdx"],
        row["treeSize"],
        raw(row["proof"]),
        b64decode(row["root"]),
    )
    expect(row["wantErr"], verify_inclusion, arguments)


@pytest.mark.parametrize("row", rows("consistency"), ids=name_of)
def test_consistency(row):
    arguments = (
        row["size1"],
        row["size2"],
        b64decode(row["root1"]),
        b64decode(row["root2"]),
        raw(row["proof"]),
    )
    expect(row["wantErr"], verify_consistency, arguments)


def expect(refused: bool, verify, arguments) -> None:
    if not refused:
        verify(*arguments)
        return
    with pytest.raises(ProofError):
        verify(*arguments)


def test_none_of_those_to_be_refused_is_missing():
    bad = [row for row in rows("inclusion") + rows("consistency") if row["wantErr"]]
    assert len(bad) == 116
