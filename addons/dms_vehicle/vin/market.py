"""What the market a VIN was issued in demands beyond ISO 3779.

North America (49 CFR 565, CMVSS 115, NOM-001-SSP) and China (GB 16735) make
the check digit and numeric last characters mandatory. ISO 3779 itself leaves
both to the maker.
"""

from typing import Final

from .alphabet import ORDER
from .country import COUNTRIES

# ISO 3780 gives a few codes under 3 to Central America and the Caribbean;
# the cars still follow the rules of the market north of them.
_NORTH_AMERICAN: Final = frozenset(
    {first + second for first in "12345" for second in ORDER}
    | {code for code, country in COUNTRIES.items() if country == "US"}
)
_CHINESE: Final = frozenset(code for code in COUNTRIES if COUNTRIES[code] == "CN")
_STRICT: Final = _NORTH_AMERICAN | _CHINESE


def is_north_american(vin: str) -> bool:
    """Tell whether ``vin`` was issued under 49 CFR 565 or its counterparts."""
    return vin[:2] in _NORTH_AMERICAN


def is_chinese(vin: str) -> bool:
    """Tell whether ``vin`` was issued under GB 16735."""
    return vin[:2] in _CHINESE


def is_strict(vin: str) -> bool:
    """Tell whether ``vin`` was issued where check digit and serial are law."""
    return vin[:2] in _STRICT
