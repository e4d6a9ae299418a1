"""How a dataclass says which part of an element each of its fields is."""

from dataclasses import dataclass, field
from typing import Any, Final

KIND: Final = "adf.kind"
NAME: Final = "adf.name"
CLASS: Final = "adf.class"


def attribute(name: str) -> Any:
    """Declare a field for an attribute of the element."""
    return field(default="", metadata={KIND: "attribute", NAME: name})


def content() -> Any:
    """Declare a field for the text of the element itself."""
    return field(default="", metadata={KIND: "content"})


def text(name: str) -> Any:
    """Declare a field for a child that holds text only."""
    return field(default="", metadata={KIND: "text", NAME: name})


def one(name: str, cls: type) -> Any:
    """Declare a field for a child that is there at most once; empty if it is not."""
    metadata = {KIND: "one", NAME: name, CLASS: cls}
    return field(default_factory=cls, metadata=metadata)


def many(name: str, cls: type) -> Any:
    """Declare a field for children of one name, a tuple in their order."""
    return field(default=(), metadata={KIND: "many", NAME: name, CLASS: cls})


@dataclass(frozen=True, slots=True)
class Node:
    """An element. Two of the same content are equal.

    :ivar unknown: attributes that the format does not have, as pairs
    :ivar extras: children that the format does not have, or has once only, as XML
    """

    unknown: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    extras: tuple[str, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Id(Node):
    """A number somebody gave it; ``source`` says who, ``sequence`` in which order."""

    value: str = content()
    sequence: str = attribute("sequence")
    source: str = attribute("source")
