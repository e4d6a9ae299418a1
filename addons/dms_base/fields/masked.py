from collections.abc import Callable, Iterable
from functools import partial
from itertools import repeat
from typing import NamedTuple

from ..sealed import Context, Keyring, SealedError


class Masked(str):
    """What everybody sees of a secret; it still knows the way to it.

    A program that copies a value from record to record copies the secret without
    seeing it. Everything that leaves the server is a plain ``str`` of the mask. The way
    is hidden behind a name with two underscores, which expressions of templates and
    server actions may not use.
    """

    __slots__ = ("__open",)

    def __new__(cls, text: str, open_: Callable[[], str]):
        masked = super().__new__(cls, text)
        masked.__open = open_
        return masked

    def __eq__(self, other):
        same = str.__eq__(self, other)
        if same is not True or not isinstance(other, Masked):
            return same
        return _lead_to_same(self.__open, other.__open)

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__

    def __reduce_ex__(self, protocol):
        return str, (str(self),)

    @classmethod
    def many(cls, texts: Iterable[str], ways: Iterable[Callable[[], str]]):
        """:return: a list; sooner made than one by one"""
        made = []
        for text, way in zip(texts, ways, strict=True):
            masked = str.__new__(cls, text)
            masked.__open = way
            made.append(masked)
        return made

    @classmethod
    def __way__(cls, masked):
        return masked.__open


class Plain:
    """The way to a secret that was just typed and is not sealed yet."""

    __slots__ = ("__text",)

    def __init__(self, text: str):
        self.__text = text

    def __call__(self) -> str:
        return self.__text


class Envelope(NamedTuple):
    """The way to a secret that lies in the database."""

    text: str
    model: str
    field: str
    record: int
    ring: Keyring

    @classmethod
    def many(
        cls, texts: Iterable[str], context: Context, records: Iterable[int], ring
    ) -> "list[Envelope]":
        """:param context: where one of them belongs; the others only differ in record
        :return: one for each text; sooner made than one by one
        """
        model, field, _record = context
        rows = zip(texts, repeat(model), repeat(field), records, repeat(ring))
        return list(map(partial(tuple.__new__, cls), rows))

    @property
    def context(self) -> Context:
        return Context(self.model, self.field, self.record)

    def __call__(self) -> str:
        return self.ring.open(self.text, self.context)


def _lead_to_same(one, other) -> bool:
    if isinstance(one, Envelope) and isinstance(other, Envelope):
        if (one.text, one.context) == (other.text, other.context):
            return True
    try:
        return one() == other()
    except SealedError:
        return False


def way_of(masked: Masked) -> Plain | Envelope:
    """:return: the callable that yields the secret; it may raise SealedError"""
    return Masked.__way__(masked)
