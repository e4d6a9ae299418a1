"""Who of a store gets the next lead: who sells well and has time for it."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

# As many open leads as halve what one more is worth.
CAPACITY = 20
# So many closed leads count like what the whole store has shown.
PRIOR = 20
# Of a store without history.
FIRST_RATE = 0.1


@dataclass(frozen=True, slots=True)
class Consultant:
    """``open``: leads in work; ``won`` of ``closed`` leads lately."""

    key: Hashable
    open: int = 0
    won: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A consultant's place in the ranking.

    :ivar rate: share of leads won, from 0 to 1, drawn towards that of the store
    :ivar worth: expected orders from one more lead, given how many there are already
    """

    key: Hashable
    open: int
    rate: float
    worth: float


def rank(
    consultants: Sequence[Consultant], avoid: Collection[Hashable] = ()
) -> list[Place]:
    """Order consultants, the best for the next lead first.

    :param avoid: who shall get it only if nobody else is there
    """
    base = _rate_of_all(consultants)
    places = [_place(one, base) for one in consultants]
    return sorted(places, key=lambda place: (place.key in avoid, -place.worth))


def _rate_of_all(consultants: Sequence[Consultant]) -> float:
    closed = sum(one.closed for one in consultants)
    return sum(one.won for one in consultants) / closed if closed else FIRST_RATE


def _place(one: Consultant, base: float) -> Place:
    rate = (one.won + PRIOR * base) / (one.closed + PRIOR)
    worth = rate / (1 + one.open / CAPACITY)
    return Place(one.key, one.open, rate, worth)
