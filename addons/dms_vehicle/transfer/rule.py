"""Which of several price rules is meant for a car and the store that asks."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Terms:
    """What a rule is for; ``None`` is anything. ``key`` is given back."""

    key: Hashable
    store: Hashable | None = None
    brand: Hashable | None = None
    kind: str | None = None
    sequence: int = 10
    valid_from: date | None = None
    valid_to: date | None = None

    def fits(self, store, brand, kind, day) -> bool:
        wanted = ((self.store, store), (self.brand, brand), (self.kind, kind))
        if any(mine not in (None, theirs) for mine, theirs in wanted):
            return False
        begins, ends = self.valid_from or date.min, self.valid_to or date.max
        return begins <= day <= ends

    def _rank(self):
        named = [mine is None for mine in (self.store, self.brand, self.kind)]
        return (sum(named), *named, self.sequence)


def best(rules: Iterable[Terms], *, store, brand, kind, day) -> Hashable | None:
    """Return the key of the most specific rule, ``None`` if none fits.

    More named conditions win; of equally many the receiving store counts more than
    the brand, and the brand more than the kind; then the sequence decides.
    """
    fitting = [rule for rule in rules if rule.fits(store, brand, kind, day)]
    return min(fitting, key=Terms._rank).key if fitting else None
