"""What a deal contains, and what a clause asks for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """:ivar car: ``new`` or ``used``
    :ivar energy: as of the model: ``electric``, ``plug_in``, ``petrol`` …
    :ivar deposit: ``earnest``, ``advance`` or ``none``
    """

    car: str = "new"
    energy: str = ""
    deposit: str = "none"
    loan: bool = False
    trade_in: bool = False


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a deal has to contain; None asks for nothing."""

    car: str | None = None
    energy: str | None = None
    deposit: str | None = None
    loan: bool | None = None
    trade_in: bool | None = None


def applies(conditions: Conditions, facts: Facts) -> bool:
    """:return: whether the clause belongs into the contract of the deal

    >>> applies(Conditions(deposit="earnest"), Facts(deposit="advance"))
    False
    >>> applies(Conditions(), Facts())
    True
    """
    return all(
        getattr(conditions, name) in (None, getattr(facts, name))
        for name in Conditions.__slots__
    )
