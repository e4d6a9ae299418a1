"""The kinds of rules there are. Another kind is another class here."""

from collections.abc import Mapping
from typing import Final

from .gross_share import GrossShare
from .ladder import Ladder
from .penetration import Penetration
from .per_unit import PerUnit

RULES: Final[Mapping[str, type]] = {
    cls.kind: cls for cls in (PerUnit, GrossShare, Ladder, Penetration)
}
