"""From dataclasses to XML, in the order of the format."""

from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from typing import Any, Final

from lxml import etree

from .document import Adf
from .error import AdfError
from .node import KIND, NAME, Node
from .safe import root_of


def write(document: Adf) -> bytes:
    """:return: the file in UTF-8; what is empty is left out
    :raise AdfError: ``character`` if a text holds what XML forbids, ``not_xml`` if one
        of the extras is none
    """
    try:
        root = _root(document)
        for target, words in document.instructions:
            root.addprevious(etree.ProcessingInstruction(target, words or None))
    except AdfError:
        raise
    except ValueError as error:
        raise AdfError("character") from error
    tree = root.getroottree()
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True)


def _root(document: Adf) -> etree._Element:
    nsmap = {prefix or None: uri for prefix, uri in document.namespaces}
    root = etree.Element(_tag("adf", document.namespace), nsmap=nsmap)
    _fill(root, document)
    return root


def _tag(name: str, namespace: str) -> str:
    return f"{{{namespace}}}{name}" if namespace else name


def _fill(element: etree._Element, node: Node) -> None:
    for field in fields(node):
        if writer := _WRITERS.get(field.metadata.get(KIND, "")):
            writer(element, field, getattr(node, field.name))
    for name, value in node.unknown:
        element.set(name, value)
    element.extend(root_of(extra.encode()) for extra in node.extras)


def _child(parent: etree._Element, field: Field[Any]) -> etree._Element:
    namespace = etree.QName(parent).namespace or ""
    return etree.SubElement(parent, _tag(field.metadata[NAME], namespace))


def _attribute(element: etree._Element, field: Field[Any], value: str) -> None:
    if value:
        element.set(field.metadata[NAME], value)


def _content(element: etree._Element, _field: Field[Any], value: str) -> None:
    element.text = value or None


def _text(element: etree._Element, field: Field[Any], value: str) -> None:
    if value:
        _child(element, field).text = value


def _one(element: etree._Element, field: Field[Any], value: Node) -> None:
    if value != type(value)():
        _fill(_child(element, field), value)


def _many(element: etree._Element, field: Field[Any], value: tuple[Node, ...]) -> None:
    for node in value:
        _fill(_child(element, field), node)


_WRITERS: Final[Mapping[str, Callable[..., None]]] = {
    "attribute": _attribute,
    "content": _content,
    "text": _text,
    "one": _one,
    "many": _many,
}
