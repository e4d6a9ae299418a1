"""Where in a mail the ADF is: in an attachment or in its text."""

import re

from lxml import html

FILE = re.compile(r"\.(xml|adf)$", re.IGNORECASE)
XML = re.compile(r"(<\?adf.*?\?>\s*)?<adf\b.*", re.DOTALL | re.IGNORECASE)
MARK = re.compile(rb"<(\?adf|adf[\s>])", re.IGNORECASE)


def xml_of_mail(message):
    """:param dict message: as Odoo's mail gateway has parsed it
    :return: bytes or text that means to be ADF, None if nothing does
    """
    for attachment in message.get("attachments") or ():
        name, content = attachment[0] or "", attachment[1]
        data = content.encode() if isinstance(content, str) else content
        if FILE.search(name) and MARK.search(data[:2000]):
            return data
    return _of_text(message.get("body") or "")


def _of_text(body):
    """A text mail comes as HTML with its signs escaped; others as they were."""
    for text in (_text(body), str(body)):
        if found := XML.search(text):
            whole = found[0]
            end = whole.lower().rfind("</adf>")
            return whole[: end + len("</adf>")] if end > 0 else whole
    return None


def _text(body):
    return html.fromstring(body).text_content() if body.strip() else ""
