"""From XML to dataclasses."""

from collections.abc import Callable, Mapping
from dataclasses import Field, fields, replace
from typing import Any, Final, TypeVar

from lxml import etree

from .document import Adf, Instruction
from .error import AdfError
from .node import CLASS, KIND, NAME, Node
from .safe import root_of

LARGEST: Final = 1_000_000
"""Bytes; a prospect has two thousand."""

SomeNode = TypeVar("SomeNode", bound=Node)
Children = dict[str, list[etree._Element]]


def parse(data: bytes | str, largest: int = LARGEST) -> Adf:
    """Read a file of one or more prospects.

    :param data: as it came; a text loses the encoding it claims to have
    :raise AdfError: says what is wrong with it
    """
    raw = data.encode() if isinstance(data, str) else data
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not raw:
        raise AdfError("empty")
    if len(raw) > largest:
        raise AdfError("too_large", size=len(raw), largest=largest)
    return _document(root_of(_undeclared(raw) if isinstance(data, str) else raw))


def _undeclared(raw: bytes) -> bytes:
    """Drop the XML declaration: a text was decoded by whoever had the bytes"""
    return raw.partition(b"?>")[2].lstrip() if raw.startswith(b"<?xml ") else raw


def _document(root: etree._Element) -> Adf:
    if _local(root.tag) != "adf":
        raise AdfError("not_adf", found=etree.QName(root).localname)
    document = read(Adf, root)
    if not document.prospects:
        raise AdfError("no_prospect")
    namespaces = ((prefix or "", uri) for prefix, uri in root.nsmap.items())
    return replace(
        document,
        instructions=_instructions(root),
        namespaces=tuple(namespaces),
        namespace=etree.QName(root).namespace or "",
    )


def _instructions(root: etree._Element) -> tuple[Instruction, ...]:
    before = reversed(list(root.itersiblings(etree.PI, preceding=True)))
    return tuple(Instruction(pi.target, pi.text or "") for pi in before)


def read(cls: type[SomeNode], element: etree._Element) -> SomeNode:
    """:return: the element as ``cls`` declares it; what is left over in ``extras`` and
    ``unknown``
    """
    children: Children = {}
    for child in element.iterchildren(etree.Element):
        children.setdefault(_local(child.tag), []).append(child)
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    values: dict[str, Any] = {}
    for field in fields(cls):
        if reader := _READERS.get(field.metadata.get(KIND, "")):
            values[field.name] = reader(element, attributes, children, field)
    left = [child for same in children.values() for child in same]
    extras = tuple(_as_text(child) for child in left)
    return cls(**values, unknown=tuple(attributes.items()), extras=extras)


def _local(tag: str) -> str:
    """Return the name without namespace, in small letters: some senders shout"""
    return etree.QName(tag).localname.lower()


def _as_text(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)


def _words(element: etree._Element) -> str:
    return "".join(element.itertext(etree.Element)).strip()


def _attribute(
    _element: object, attributes: dict[str, str], _children: object, field: Field[Any]
) -> str:
    return attributes.pop(field.metadata[NAME], "")


def _content(element: etree._Element, *_rest: object) -> str:
    return (element.text or "").strip()


def _first(children: Children, field: Field[Any]) -> etree._Element | None:
    """Take the first child of the name; others of the name stay"""
    same = children.get(field.metadata[NAME])
    return same.pop(0) if same else None


def _text(
    _element: object, _attributes: object, children: Children, field: Field[Any]
) -> str:
    child = _first(children, field)
    return "" if child is None else _words(child)


def _one(
    _element: object, _attributes: object, children: Children, field: Field[Any]
) -> Node:
    cls = field.metadata[CLASS]
    child = _first(children, field)
    return cls() if child is None else read(cls, child)


def _many(
    _element: object, _attributes: object, children: Children, field: Field[Any]
) -> tuple[Node, ...]:
    same = children.pop(field.metadata[NAME], [])
    return tuple(read(field.metadata[CLASS], child) for child in same)


_READERS: Final[Mapping[str, Callable[..., Any]]] = {
    "attribute": _attribute,
    "content": _content,
    "text": _text,
    "one": _one,
    "many": _many,
}
