"""Who wants it, and how to reach them."""

from dataclasses import dataclass

from .node import Id, Node, attribute, content, many, one, text


@dataclass(frozen=True, slots=True)
class Name(Node):
    """``part``: full, first, middle, last, suffix; ``type``: individual, business."""

    value: str = content()
    part: str = attribute("part")
    type: str = attribute("type")


@dataclass(frozen=True, slots=True)
class Email(Node):
    value: str = content()
    preferredcontact: str = attribute("preferredcontact")


@dataclass(frozen=True, slots=True)
class Phone(Node):
    """``type``: voice, fax, cellphone or pager; ``time``: when to call."""

    value: str = content()
    type: str = attribute("type")
    time: str = attribute("time")
    preferredcontact: str = attribute("preferredcontact")


@dataclass(frozen=True, slots=True)
class Street(Node):
    value: str = content()
    line: str = attribute("line")


@dataclass(frozen=True, slots=True)
class Address(Node):
    type: str = attribute("type")
    streets: tuple[Street, ...] = many("street", Street)
    apartment: str = text("apartment")
    city: str = text("city")
    regioncode: str = text("regioncode")
    postalcode: str = text("postalcode")
    country: str = text("country")


@dataclass(frozen=True, slots=True)
class Contact(Node):
    primarycontact: str = attribute("primarycontact")
    names: tuple[Name, ...] = many("name", Name)
    emails: tuple[Email, ...] = many("email", Email)
    phones: tuple[Phone, ...] = many("phone", Phone)
    addresses: tuple[Address, ...] = many("address", Address)

    @property
    def full_name(self) -> str:
        """The name marked full, or else all parts in their order."""
        full = [name.value for name in self.names if name.part.lower() == "full"]
        parts = full[:1] or [name.value for name in self.names]
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class TimeFrame(Node):
    description: str = text("description")
    earliestdate: str = text("earliestdate")
    latestdate: str = text("latestdate")


@dataclass(frozen=True, slots=True)
class Customer(Node):
    contact: Contact = one("contact", Contact)
    ids: tuple[Id, ...] = many("id", Id)
    timeframe: TimeFrame = one("timeframe", TimeFrame)
    comments: str = text("comments")
