"""Public test vectors, beside the checkout; SOURCE.md there says whose they are."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data" / "crypto"
MERKLE = DATA / "merkle_rfc6962"

needs_vectors = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the public vectors are not in {DATA}"
)


def rows(name: str) -> list[dict]:
    """:return: the vectors of one kind, none if they are absent"""
    path = MERKLE / f"{name}.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def name_of(row: dict) -> str:
    return row["_file"].removeprefix("testdata/").removesuffix(".json")


def raw(values: list[str] | None) -> list[bytes]:
    return [b64decode(value) for value in values or []]
