"""Where requests may go: not into the network the server itself stands in.

Whoever may enter an address could otherwise make the server call machines that only it
can reach, and read their answers (server-side request forgery).
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from .exchange import NotSent

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network


class AddressRefused(Exception):
    """An address that must not be called; the text says why."""


@dataclass(frozen=True)
class AddressGuard:
    """:param allowed: networks that may be called though they are not public, also
    without TLS"""

    allowed: tuple[IPNetwork, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "AddressGuard":
        """:param text: networks such as "127.0.0.0/8, 10.1.0.0/16"
        :raise ValueError: if one cannot be read"""
        names = text.replace(",", " ").split()
        return cls(tuple(ipaddress.ip_network(name) for name in names))

    def check_url(self, url: str) -> None:
        """Check what can be known without asking the name service.

        :raise AddressRefused: with the reason
        """
        parts = _split(url)
        address = _literal(parts.hostname)
        if address:
            self.check_address(address, parts.scheme)
        elif parts.scheme != "https" and not self.allowed:
            raise AddressRefused(f"{url}: only https is allowed")

    def check_address(self, address: IPAddress, scheme: str) -> None:
        """:raise AddressRefused: unless this address may be called"""
        plain = _unmapped(address)
        if any(plain in network for network in self.allowed):
            return
        if not plain.is_global or plain.is_multicast:
            raise AddressRefused(f"{address} is not a public address")
        if scheme != "https":
            raise AddressRefused(f"{address}: only https is allowed")

    def resolve(self, host: str, port: int, scheme: str) -> str:
        """Look a name up once and check; the caller connects to what this returns.

        A second look-up could give another address than the one that was checked.

        :raise NotSent: if the name is unknown
        :raise AddressRefused: if any of its addresses must not be called
        """
        addresses = _look_up(host, port)
        for address in addresses:
            self.check_address(ipaddress.ip_address(address.partition("%")[0]), scheme)
        return addresses[0]


def _split(url: str):
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise AddressRefused(f"{url} is not an address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AddressRefused(f"{url} is not an http(s) address")
    if parts.username or parts.password:
        raise AddressRefused("credentials do not belong into an address")
    return parts


def _literal(host: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _unmapped(address: IPAddress) -> IPAddress:
    """::ffff:10.0.0.1 and 64:ff9b::10.0.0.1 are 10.0.0.1 in disguise."""
    if not isinstance(address, ipaddress.IPv6Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _look_up(host: str, port: int) -> list[str]:
    try:
        found: Iterable = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSent(f"the name {host} is not known: {error}") from error
    return [str(entry[4][0]) for entry in found]
