"""Providers: how one kind of other side wants to be spoken to."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from . import outcome
from .exchange import Answer, Incoming, Malformed, Message, Request
from .keys import unique_key

P = TypeVar("P", bound="type[Provider]")

_providers: dict[str, type["Provider"]] = {}


class Provider:
    """Turns messages into requests and reads the answers; holds no state.

    A subclass is registered by name and overrides what differs::

        @register("bank_x", "Bank X")
        class BankX(Provider):
            def request(self, message, endpoint): ...
    """

    name: str = ""
    label: str = ""

    def request(self, message: Message, endpoint: str) -> Request:
        """:return: the request that carries the message; no authentication in it"""
        raise NotImplementedError

    def verdict(self, answer: Answer, now: float) -> outcome.Verdict:
        """What an answer means. Override where a 200 may carry a refusal."""
        return outcome.of_answer(answer, now)

    def delivered(self, message: Any, answer: Answer) -> None:
        """Keep what the other side answered, in the transaction that notes it.

        :param message: a record of ``dms.outbox.message``, as superuser
        :raise Exception: undoes what was done here; the message stays delivered and
            shows the reason
        """

    def given_up(self, message: Any) -> None:
        """Tell those who wait for it that a message died, in the same transaction.

        :param message: a record of ``dms.outbox.message``, as superuser
        :raise Exception: undoes what was done here; the message is dead all the same
        """

    def probe(self, endpoint: str) -> Request:
        """:return: a request without effect, to test the connection"""
        return Request("GET", endpoint, key=unique_key())

    def incoming(self, headers: Mapping[str, str], body: bytes) -> Incoming:
        """Read what came in through the hook, after its signature was checked.

        :raise Malformed: with the reason
        """
        raise Malformed("this connector takes no messages")

    def receive(self, message: Any) -> Any:
        """Do what an incoming message asks for, in the transaction that stores it.

        :param message: a record of ``dms.inbox.message``, as the system, in the store
            of its connector; ``message._data()`` is its content
        :return: a JSON object that is answered, also to whoever repeats the message,
            or None
        :raise Exception: undoes what was done; the message is tried again later
        """
        raise NotImplementedError(f"{self.name} takes no messages")


def register(name: str, label: str) -> Callable[[P], P]:
    """Make a provider known under ``name``.

    :param label: what people read, in English
    :raise ValueError: if another class has the name
    """

    def add(provider: P) -> P:
        known = _providers.setdefault(name, provider)
        if (known.__module__, known.__qualname__) != (
            provider.__module__,
            provider.__qualname__,
        ):
            raise ValueError(f"{known.__module__} has the provider {name} already")
        _providers[name] = provider
        provider.name, provider.label = name, label
        return provider

    return add


def provider(name: str) -> Provider:
    """:raise LookupError: if no loaded addon has it"""
    if name not in _providers:
        raise LookupError(f"there is no provider {name}")
    return _providers[name]()


def providers() -> dict[str, type[Provider]]:
    """:return: the classes by name, in the order of registration"""
    return dict(_providers)
