"""Taking an invoice back: a red one mirrors the blue one in every field."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Final

from .invoice import Invoice
from .problem import Problem
from .state import State

OWN: Final = frozenset(
    (
        "code",
        "number",
        "issued_on",
        "machine",
        "receipt",
        "drawer",
        "is_deducted",
        "state",
        "reverses",
    )
)
"""What a red invoice has of its own."""

NEGATED: Final = ("gross", "net", "tax")


def counterpart(blue: Invoice, issued_on: date, **own: str) -> Invoice:
    """:param own: ``code``, ``number``, ``machine`` and ``drawer`` of the red invoice
    :return: the red invoice that takes all of the blue one back
    :raise ValueError: if the blue one is itself red, void or has no number
    """
    if blue.state in (State.RED, State.VOID) or not blue.number:
        raise ValueError("Only an issued blue invoice can be taken back.")
    negated = {name: -getattr(blue, name) for name in NEGATED}
    changes = {"code": "", "number": "", "receipt": ""} | own | negated
    return replace(
        blue, issued_on=issued_on, state=State.RED, reverses=blue.key, **changes
    )


def mirror_problems(red: Invoice, blue: Invoice) -> list[Problem]:
    """:return: ``reverses`` if it names another invoice, ``not_mirrored`` for each
    ``field`` that differs
    """
    expected = {f.name: getattr(blue, f.name) for f in fields(Invoice)}
    expected |= {name: -expected[name] for name in NEGATED}
    found = [
        Problem("not_mirrored", {"field": name})
        for name, value in expected.items()
        if name not in OWN and getattr(red, name) != value
    ]
    if red.reverses != blue.key:
        found.insert(0, Problem("reverses", {"found": red.reverses}))
    return found


def standing(invoices: Iterable[Invoice]) -> list[Invoice]:
    """:return: issued blue invoices that are neither void nor taken back;
    one out of control or abnormal still stands
    """
    known = list(invoices)
    taken_back = {i.reverses for i in known if i.state is State.RED}
    gone = (State.VOID, State.RED)
    return [
        i for i in known if i.number and i.state not in gone and i.key not in taken_back
    ]
