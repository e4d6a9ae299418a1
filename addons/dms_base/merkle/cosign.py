"""A witness's signature under a checkpoint: C2SP cosignature/v1."""

from . import notes
from .notes import COSIGNATURE, PrivateKey, PublicKey, Signature

_TIME_SIZE = 8


def _message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def cosign(key: PrivateKey, text: str, time: int) -> str:
    """:param text: the checkpoint without signatures
    :param time: seconds since 1970
    :return: the signature line
    """
    blob = key.sign_bytes(_message(text, time))
    return notes.signature_line(key.public, time.to_bytes(_TIME_SIZE, "big") + blob)


def cosigned_at(key: PublicKey, text: str, signature: Signature) -> int | None:
    """:return: when the witness signed, in seconds since 1970; None if it did not"""
    if key.kind != COSIGNATURE or not signature.is_by(key):
        return None
    time = int.from_bytes(signature.blob[:_TIME_SIZE], "big")
    genuine = key.verify(_message(text, time), signature.blob[_TIME_SIZE:])
    return time if genuine else None
