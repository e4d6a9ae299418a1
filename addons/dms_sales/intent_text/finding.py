"""One thing that a text tells."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """What was found, where, and what it means.

    :param kind: ``model``, ``rival``, ``budget``, ``urgency``, ``payment``,
        ``trade_in`` or ``mood``
    :param start: of the first character; ``end`` is behind the last
    :param value: of a model or rival what the caller gave; of a budget (least, most) in
        yuan; of urgency the days; of payment ``loan``, ``cash`` or ``lease``; of a
        trade-in True or False; of mood 1 or -1
    """

    kind: str
    start: int
    end: int
    text: str
    value: Any
