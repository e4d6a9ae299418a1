"""What each kind of rule can do."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Protocol

from .deal import Deal
from .line import Line


class Rule(Protocol):
    """:ivar kind: names the class where a plan is written down
    :ivar name: of the rule, once in a plan
    """

    kind: ClassVar[str]

    @property
    def name(self) -> str: ...

    def lines(self, deals: Sequence[Deal]) -> Iterator[Line]:
        """:return: what the deals of a period bring by this rule; nothing for zero"""
        ...

    def problem(self) -> str:
        """:return: a code of ``PlanError``, ``""`` if the rule makes sense"""
        ...
