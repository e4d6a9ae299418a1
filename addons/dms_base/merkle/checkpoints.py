"""A checkpoint: what a log says it is at one moment (C2SP tlog-checkpoint)."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from . import notes
from .entries import EntryError, decode_hash
from .notes import NoteError, PublicKey

# Browsers count exactly up to 2^53; a log that long is not of this world.
_SIZE = re.compile(r"0|[1-9]\d{0,14}", re.ASCII)


@dataclass(frozen=True)
class Checkpoint:
    """The log ``origin`` has ``size`` leaves below ``root`` (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Lines after the third are extensions, which are passed over.

        :raise NoteError: ``malformed``
        """
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not lines[0] or not _SIZE.fullmatch(lines[1]):
            raise NoteError("malformed", "not a checkpoint")
        try:
            return cls(lines[0], int(lines[1]), decode_hash(lines[2]))
        except EntryError:
            raise NoteError("malformed", "not a checkpoint") from None


def open_checkpoint(note: str, keys: Sequence[PublicKey]) -> Checkpoint:
    """:return: the checkpoint in a note that one of the log's keys signed
    :raise NoteError: ``malformed``, ``key_unknown`` or ``signature_bad``
    """
    parsed = notes.parse(note)
    checkpoint = Checkpoint.parse(parsed.text)
    notes.verify(parsed, [key for key in keys if key.name == checkpoint.origin])
    return checkpoint
