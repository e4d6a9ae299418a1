"""The whole file: prospects, for whom they are, from whom they come."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from .customer import Contact, Customer, Email, Name, Phone
from .node import Id, Node, attribute, many, one, text
from .vehicle import Vehicle


@dataclass(frozen=True, slots=True)
class Vendor(Node):
    """The dealer that shall answer."""

    ids: tuple[Id, ...] = many("id", Id)
    vendorname: str = text("vendorname")
    url: str = text("url")
    contact: Contact = one("contact", Contact)


@dataclass(frozen=True, slots=True)
class Provider(Node):
    """The site that sends it."""

    ids: tuple[Id, ...] = many("id", Id)
    name: Name = one("name", Name)
    service: str = text("service")
    url: str = text("url")
    email: Email = one("email", Email)
    phone: Phone = one("phone", Phone)
    contact: Contact = one("contact", Contact)


@dataclass(frozen=True, slots=True)
class Prospect(Node):
    """``status``: new or resend."""

    status: str = attribute("status")
    ids: tuple[Id, ...] = many("id", Id)
    requestdate: str = text("requestdate")
    vehicles: tuple[Vehicle, ...] = many("vehicle", Vehicle)
    customer: Customer = one("customer", Customer)
    vendor: Vendor = one("vendor", Vendor)
    provider: Provider = one("provider", Provider)

    @property
    def requested(self) -> datetime | None:
        """When it was asked for, with the zone if the sender gave one (ISO 8601)."""
        stamp = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", self.requestdate)
        try:
            return datetime.fromisoformat(re.sub("[zZ]$", "+00:00", stamp))
        except ValueError:
            return None


class Instruction(NamedTuple):
    """A processing instruction, such as ``<?adf version="1.0"?>``."""

    target: str
    text: str


VERSION_1 = Instruction("adf", 'version="1.0"')


@dataclass(frozen=True, slots=True)
class Adf(Node):
    """:ivar instructions: in front of the outermost element
    :ivar namespaces: of the outermost element: prefix, ``""`` for none, and address
    :ivar namespace: of the elements of the format, ``""`` for none
    """

    prospects: tuple[Prospect, ...] = many("prospect", Prospect)
    instructions: tuple[Instruction, ...] = (VERSION_1,)
    namespaces: tuple[tuple[str, str], ...] = ()
    namespace: str = ""

    @property
    def version(self) -> str:
        """As the sender states it, ``""`` if it does not."""
        for target, words in self.instructions:
            if target.lower() == "adf":
                found = re.search(r"version\W+([\d.]+)", words, re.IGNORECASE)
                return found[1] if found else ""
        return ""
