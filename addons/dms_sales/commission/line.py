"""One reason for money."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple


class Line(NamedTuple):
    """:ivar rule: name of the rule, ``""`` for the cap of the plan
    :ivar code: what the explanation is: ``per_unit``, ``gross_share``, ``ladder``,
        ``penetration`` or ``cap``
    :ivar amount: in yuan, to the cent
    :ivar deal: key of the deal, ``""`` for all of the period together
    :ivar facts: what the explanation needs
    """

    rule: str
    code: str
    amount: Decimal
    deal: str
    facts: Mapping[str, Any]
