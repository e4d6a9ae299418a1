"""Between whom a certificate may change hands."""

from typing import Final, NamedTuple

HOLDERS: Final = ("oem", "bank", "store", "customer")
_WAYS: Final = {
    "oem": {"bank", "store"},
    "bank": {"store"},
    "store": {"bank", "store", "customer", "oem"},
    "customer": {"store"},
}


class Place(NamedTuple):
    """Where a certificate lies.

    :ivar holder: one of ``HOLDERS``
    :ivar which: tells two of the same kind apart: a bank, a safe; 0 for none
    """

    holder: str
    which: int = 0


def move_problem(
    source: Place, target: Place, lender: int = 0, is_loan: bool = False
) -> str:
    """Say why a certificate may not go from one place to another.

    :param lender: the bank it is pledged to, 0 for none
    :param is_loan: the bank lends it for some days; the pledge goes on
    :return: ``""`` if it may, else ``same_place``, ``no_way``, ``not_pledged`` (to a
        bank only as its pledge), ``other_bank``, ``not_released`` or ``no_loan``
    """
    if source == target:
        return "same_place"
    if target.holder not in _WAYS[source.holder]:
        return "no_way"
    if is_loan:
        return "" if lender and source.holder == "bank" else "no_loan"
    if target.holder == "bank":
        return _bank_problem(target, lender)
    return "not_released" if lender else ""


def _bank_problem(target: Place, lender: int) -> str:
    if not lender:
        return "not_pledged"
    return "" if target.which == lender else "other_bank"
