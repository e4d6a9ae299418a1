"""The XML of messages."""

from dataclasses import dataclass

from lxml import etree

from .errors import WeChatError

LARGEST = 100_000
WORDS = ("Content", "Recognition", "Label", "Title", "Url", "Event")


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a customer sent.

    :ivar sender: OpenID of the customer with this account
    :ivar account: original id of the account
    :ivar kind: text, image, voice, video, location, link or event
    :ivar text: the words; of a voice those that were recognised, of a place its name,
        of a link its title and address, of an event what happened
    :ivar media: number under which the platform keeps an image for three days
    :ivar number: MsgId; of events, which have none, sender and time
    :ivar sealed: in safe mode what is to be opened first; then all else is empty
    """

    sender: str = ""
    account: str = ""
    kind: str = ""
    text: str = ""
    number: str = ""
    media: str = ""
    sealed: str = ""


def read(xml: bytes) -> Incoming:
    """:raise WeChatError: ``xml``"""
    found = _fields(xml)
    if sealed := found.get("Encrypt", ""):
        return Incoming(account=found.get("ToUserName", ""), sealed=sealed)
    sender, kind = found.get("FromUserName", ""), found.get("MsgType", "")
    if not (sender and kind):
        raise WeChatError("xml")
    moment = f"{sender}-{found.get('CreateTime', '')}"
    return Incoming(
        sender,
        found.get("ToUserName", ""),
        kind,
        " ".join(filter(None, (found.get(name) for name in WORDS))),
        found.get("MsgId") or moment,
        found.get("MediaId", ""),
    )


def _fields(xml: bytes) -> dict[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    if len(xml) > LARGEST or b"<!DOCTYPE" in xml:
        raise WeChatError("xml")
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise WeChatError("xml") from error
    return {child.tag: child.text or "" for child in root if isinstance(child.tag, str)}


def reply(open_id: str, text: str) -> dict:
    """:return: the JSON of ``POST /cgi-bin/message/custom/send``"""
    return {"touser": open_id, "msgtype": "text", "text": {"content": text}}
