"""Signed notes: a text and lines of signatures (C2SP signed-note), Ed25519 keys.

A public key travels as a *vkey*, ``name+hex key id+base64(type and key)``; a private
one as ``PRIVATE+KEY+name+hex key id+base64(type and seed)``, as other tools write it.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from .entries import EntryError, decode_base64

ED25519 = 0x01
COSIGNATURE = 0x04
ID_SIZE = 4
KEY_SIZE = 32
MAX_BYTES = 1_000_000
MAX_SIGNATURES = 100
_PRIVATE = "PRIVATE+KEY+"


class NoteError(ValueError):
    """A note or key nobody can use; ``code`` says why.

    ``malformed``, ``key_unknown`` (no signature by a known key) or ``signature_bad``
    (a known key did not sign this text).
    """

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


def _malformed(message: str) -> NoteError:
    return NoteError("malformed", message)


def key_id(name: str, kind: int, key: bytes) -> bytes:
    """:return: the four bytes by which a signature names its key"""
    return sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:ID_SIZE]


@dataclass(frozen=True)
class PublicKey:
    """A key that checks signatures: ``kind`` is ED25519 or COSIGNATURE."""

    name: str
    kind: int
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names this key."""
        return key_id(self.name, self.kind, self.key)

    @property
    def vkey(self) -> str:
        """The key as text to hand on."""
        packed = b64encode(bytes([self.kind]) + self.key).decode()
        return f"{self.name}+{self.id.hex()}+{packed}"

    @classmethod
    def parse(cls, vkey: str) -> "PublicKey":
        """:raise NoteError: if it is not a vkey of a kind that is known here"""
        name, given_id, kind, key = _parse_key(vkey)
        public = cls(name, kind, key)
        if kind not in (ED25519, COSIGNATURE) or len(key) != KEY_SIZE:
            raise _malformed("a key of a kind this program does not know")
        if public.id.hex() != given_id:
            raise _malformed("the id of the key does not belong to it")
        return public

    def verify(self, message: bytes, signature: bytes) -> bool:
        """:return: whether this key signed the message"""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class PrivateKey:
    """An Ed25519 key that signs notes or, with ``kind`` COSIGNATURE, as a witness."""

    name: str
    seed: bytes
    kind: int = ED25519

    @classmethod
    def generate(cls, name: str, kind: int = ED25519) -> "PrivateKey":
        """:raise NoteError: if nobody can have this name in a note"""
        check_name(name)
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw(), kind)

    @classmethod
    def parse(cls, text: str) -> "PrivateKey":
        """:raise NoteError: if it is not a private key, or a damaged one"""
        if not text.startswith(_PRIVATE):
            raise _malformed("not a private key")
        name, given_id, kind, seed = _parse_key(text.removeprefix(_PRIVATE).strip())
        if len(seed) != KEY_SIZE:
            raise _malformed("not an Ed25519 key")
        private = cls(name, seed, kind)
        if private.public.id.hex() != given_id:
            raise _malformed("the id of the key does not belong to it")
        return private

    @property
    def text(self) -> str:
        """The key as text to keep secret."""
        packed = b64encode(bytes([self.kind]) + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.public.id.hex()}+{packed}"

    @property
    def public(self) -> PublicKey:
        """The key that checks what this one signs."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return PublicKey(self.name, self.kind, key.public_bytes_raw())

    def sign_bytes(self, message: bytes) -> bytes:
        """:return: the 64 bytes of an Ed25519 signature"""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def sign(self, text: str) -> str:
        """:return: the signature line under a note of this text"""
        return signature_line(self.public, self.sign_bytes(text.encode()))


def check_name(name: str) -> None:
    """:raise NoteError: unless a key may have this name"""
    if not name or "+" in name or any(c.isspace() for c in name):
        raise _malformed("the name of a key has neither spaces nor +")


def _parse_key(text: str) -> tuple[str, str, int, bytes]:
    try:
        name, given_id, packed = text.split("+", 2)
        raw = decode_base64(packed)
    except (ValueError, EntryError):
        raise _malformed("not a key") from None
    check_name(name)
    if not raw:
        raise _malformed("not a key")
    return name, given_id, raw[0], raw[1:]


@dataclass(frozen=True)
class Signature:
    """One signature line; ``blob`` is what follows the key id."""

    name: str
    key_id: bytes
    blob: bytes

    def is_by(self, key: PublicKey) -> bool:
        """:return: whether it names this key; that it is genuine is another matter"""
        return (self.name, self.key_id) == (key.name, key.id)


def signature_line(key: PublicKey, blob: bytes) -> str:
    """:return: the line that says ``key`` made the signature ``blob``"""
    return f"\u2014 {key.name} {b64encode(key.id + blob).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A text, with its last newline, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]


def write(text: str, lines: Iterable[str]) -> str:
    """:return: the note of this text with these signature lines"""
    return f"{text}\n{''.join(lines)}"


def parse(note: str) -> Note:
    """:raise NoteError: if it is not a signed note"""
    if len(note.encode(errors="surrogatepass")) > MAX_BYTES:
        raise _malformed("the note is too long")
    if any(c < " " and c != "\n" or "\ud800" <= c <= "\udfff" for c in note):
        raise _malformed("the note holds characters no note may hold")
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise _malformed("not a signed note")
    signatures = tuple(map(_parse_line, lines[:-1].split("\n")))
    if len(signatures) > MAX_SIGNATURES:
        raise _malformed("the note has too many signatures")
    return Note(f"{text}\n", signatures)


def _parse_line(line: str) -> Signature:
    try:
        dash, name, packed = line.split(" ")
        check_name(name)
        raw = decode_base64(packed)
    except (ValueError, EntryError):
        raise _malformed("not a line of a signature") from None
    if dash != "\u2014" or len(raw) <= ID_SIZE:
        raise _malformed("not a line of a signature")
    return Signature(name, raw[:ID_SIZE], raw[ID_SIZE:])


def verify(note: Note, keys: Sequence[PublicKey]) -> list[PublicKey]:
    """Check the signatures by known Ed25519 keys; unknown ones are passed over.

    :return: the keys that signed, at least one
    :raise NoteError: ``signature_bad`` or ``key_unknown``
    """
    message, found = note.text.encode(), []
    for key in (key for key in keys if key.kind == ED25519):
        for signature in note.signatures:
            if not signature.is_by(key):
                continue
            if not key.verify(message, signature.blob):
                raise NoteError("signature_bad", f"{key.name} did not sign this")
            found.append(key)
    if not found:
        raise NoteError("key_unknown", "no signature is by a known key")
    return found
