"""SM3 and SM4 of the library used here against published vectors."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.hashes import SM3, Hash

DATA = Path(__file__).resolve().parents[4] / "shared/data/crypto"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the published vectors are not in {DATA}"
)


def blocks(name: str) -> Iterator[dict[str, bytes]]:
    """Yield the vectors of one of Botan's files; a vector ends with ``Out``."""
    vector: dict[str, bytes] = {}
    for line in (DATA / "botan" / name).read_text().splitlines():
        key, equals, value = line.partition("=")
        if line.startswith("#") or not equals:
            continue
        vector[key.strip()] = bytes.fromhex(value.strip())
        if key.strip() == "Out":
            yield vector
            vector = {}


def test_sm3() -> None:
    vectors = list(blocks("sm3.vec"))
    assert len(vectors) == 139
    for vector in vectors:
        digest = Hash(SM3())
        digest.update(vector["In"])
        assert digest.finalize() == vector["Out"]


def test_sm4_both_ways() -> None:
    vectors = list(blocks("sm4.vec"))
    assert len(vectors) == 22
    for vector in vectors:
        cipher = Cipher(SM4(vector["Key"]), modes.ECB())
        assert cipher.encryptor().update(vector["In"]) == vector["Out"]
        assert cipher.decryptor().update(vector["Out"]) == vector["In"]
