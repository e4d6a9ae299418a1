"""What is wrong with an invoice, for programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """A stable code with the facts that its message needs."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
