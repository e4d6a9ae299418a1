"""SM4-GCM of the library used here against published vectors, and a second opinion.

The second opinion is Galois/Counter Mode from the text of NIST SP 800-38D. It judges
what the library refuses: nonces of one byte, and of none.
"""

import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES, SM4

DATA = Path(__file__).resolve().parents[4] / "shared/data/crypto"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the published vectors are not in {DATA}"
)

_BLOCK = 16
_POLYNOMIAL = 0xE1 << 120


def gcm_encrypt(
    algorithm: SM4 | AES, nonce: bytes, plain: bytes, aad: bytes
) -> tuple[bytes, bytes]:
    """:return: ciphertext and the whole tag of 16 bytes; 7.1 of the standard"""
    block = Cipher(algorithm, modes.ECB()).encryptor().update
    subkey = int.from_bytes(block(bytes(_BLOCK)), "big")
    first = _first_counter(subkey, nonce)
    sealed = _counter_mode(block, first + 1, plain)
    lengths = _length(aad) + _length(sealed)
    hashed = _ghash(subkey, _padded(aad) + _padded(sealed) + lengths)
    tag = hashed ^ int.from_bytes(block(_bytes(first)), "big")
    return sealed, _bytes(tag)


def _first_counter(subkey: int, nonce: bytes) -> int:
    if len(nonce) == 12:
        return int.from_bytes(nonce + b"\0\0\0\1", "big")
    return _ghash(subkey, _padded(nonce) + bytes(8) + _length(nonce))


def _counter_mode(block, counter: int, plain: bytes) -> bytes:
    fixed, low = counter >> 32 << 32, counter & 0xFFFFFFFF
    stream = b"".join(
        block(_bytes(fixed | (low + number) & 0xFFFFFFFF))
        for number in range(-(-len(plain) // _BLOCK))
    )
    return bytes(a ^ b for a, b in zip(plain, stream, strict=False))


def _ghash(subkey: int, data: bytes) -> int:
    total = 0
    for start in range(0, len(data), _BLOCK):
        total ^= int.from_bytes(data[start : start + _BLOCK], "big")
        total = _multiply(total, subkey)
    return total


def _multiply(x: int, y: int) -> int:
    """Multiply in GF(2^128), bits from the left; 6.3 of the standard."""
    product = 0
    for bit in range(127, -1, -1):
        if x >> bit & 1:
            product ^= y
        y = y >> 1 ^ (_POLYNOMIAL if y & 1 else 0)
    return product


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _BLOCK)


def _length(data: bytes) -> bytes:
    return (8 * len(data)).to_bytes(8, "big")


def _bytes(number: int) -> bytes:
    return number.to_bytes(_BLOCK, "big")


def gcm_vectors() -> list[dict]:
    """Return the GCM vectors with bytes in place of hexadecimal text."""
    if not DATA.is_dir():
        return []
    rows = json.loads((DATA / "sm4_gcm_gmsm.json").read_text())
    return [
        {
            key: value if key == "note" else bytes.fromhex(value)
            for key, value in r.items()
        }
        for r in rows
    ]


def tag_length(vector: dict) -> int:
    return len(vector["ciphertext_and_tag"]) - len(vector["plaintext"])


def tag_of(vector: dict) -> bytes:
    return vector["ciphertext_and_tag"][len(vector["plaintext"]) :]


def refused_nonce(vector: dict) -> bool:
    """OpenSSL takes 8 to 128 bytes; the suite itself uses 12, always."""
    return not 8 <= len(vector["nonce"]) <= 128


def test_the_gcm_vectors_are_all_there() -> None:
    vectors = gcm_vectors()
    assert len(vectors) == 32
    assert sum(map(refused_nonce, vectors)) == 3
    assert sum(tag_length(vector) < 16 for vector in vectors) == 4


@pytest.mark.parametrize(
    "vector",
    [vector for vector in gcm_vectors() if vector["nonce"]],
    ids=lambda vector: vector["note"],
)
def test_gcm_as_the_standard_describes_it(vector: dict) -> None:
    """The second opinion agrees, also on nonces of one byte, which are legal.

    A short tag is the first bytes of the whole tag.
    """
    ciphertext, tag = gcm_encrypt(
        SM4(vector["key"]), vector["nonce"], vector["plaintext"], vector["aad"]
    )
    assert ciphertext + tag[: tag_length(vector)] == vector["ciphertext_and_tag"]


def test_the_vector_without_nonce_is_to_be_refused() -> None:
    """The standard wants a nonce of at least one bit, so refusing it is right.

    Its tag is not even one of SM4: it is what AES gives for the same key and the nonce
    of the vector before, left over from the table the vectors were made after.
    """
    (vector,) = [vector for vector in gcm_vectors() if not vector["nonce"]]
    assert gcm_encrypt(SM4(vector["key"]), b"", b"", b"")[1] != tag_of(vector)
    nonce = bytes.fromhex("3c819d9a9bed087615030b65")
    assert gcm_encrypt(AES(vector["key"]), nonce, b"", b"")[1] == tag_of(vector)


@pytest.mark.parametrize(
    "vector",
    [vector for vector in gcm_vectors() if not refused_nonce(vector)],
    ids=lambda vector: vector["note"],
)
class TestLibrary:
    def test_seals(self, vector: dict) -> None:
        cipher = Cipher(SM4(vector["key"]), modes.GCM(vector["nonce"])).encryptor()
        cipher.authenticate_additional_data(vector["aad"])
        sealed = cipher.update(vector["plaintext"]) + cipher.finalize()
        tag = cipher.tag[: tag_length(vector)]
        assert sealed + tag == vector["ciphertext_and_tag"]

    def test_opens(self, vector: dict) -> None:
        assert opened(vector, vector["ciphertext_and_tag"]) == vector["plaintext"]

    def test_refuses_a_changed_tag(self, vector: dict) -> None:
        changed = bytearray(vector["ciphertext_and_tag"])
        changed[-1] ^= 1
        with pytest.raises(InvalidTag):
            opened(vector, bytes(changed))


def opened(vector: dict, sealed: bytes) -> bytes:
    size = tag_length(vector)
    mode = modes.GCM(vector["nonce"], sealed[-size:], min_tag_length=size)
    cipher = Cipher(SM4(vector["key"]), mode).decryptor()
    cipher.authenticate_additional_data(vector["aad"])
    return cipher.update(sealed[:-size]) + cipher.finalize()


@pytest.mark.parametrize(
    "vector",
    [vector for vector in gcm_vectors() if refused_nonce(vector)],
    ids=lambda vector: f"{len(vector['nonce'])} bytes",
)
def test_the_library_refuses_nonces_nobody_should_use(vector: dict) -> None:
    with pytest.raises(ValueError):
        modes.GCM(vector["nonce"])
