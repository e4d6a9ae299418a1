"""Asking for events in the order in which they happened."""

from collections.abc import Iterable, Sequence

from .event import Event


def earlier(event: Event, events: Iterable[Event]) -> list[Event]:
    """:return: those that happened before an event, in their order"""
    return [other for other in events if other.order < event.order]


def later(event: Event, events: Iterable[Event]) -> list[Event]:
    """:return: those that happened after an event, although recorded before it"""
    return [other for other in events if other.order > event.order]


def between(one: Event, other: Event, events: Sequence[Event]) -> list[Event]:
    """:return: those that happened between two events"""
    low, high = sorted((one.order, other.order))
    return [event for event in events if low < event.order < high]


def neighbours(event: Event, events: Sequence[Event]) -> list[Event]:
    """:return: the last one before and the first one after, as far as there are"""
    return earlier(event, events)[-1:] + later(event, events)[:1]
