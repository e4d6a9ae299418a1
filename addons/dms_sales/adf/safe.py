"""XML from strangers, read without following what it points to."""

from typing import Final

from lxml import etree

from .error import AdfError

_OPTIONS: Final = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "strip_cdata": True,
}


def root_of(data: bytes) -> etree._Element:
    """:return: the outermost element
    :raise AdfError: ``not_xml`` or ``doctype``

    Without a document type there are no entities to expand, near or far. The parser's
    own limits end what tries to grow before that can be seen.
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(**_OPTIONS))
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise AdfError("not_xml", line=line, column=column) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise AdfError("doctype")
    return root
