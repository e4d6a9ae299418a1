"""Who buys, sells or stands between."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .judges import Judges
from .problem import Problem
from .uscc import is_uscc

Sort = Literal["company", "person", "other"]


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an invoice.

    :ivar name: 名称
    :ivar number: 纳税人识别号/统一社会信用代码 of a company, 身份证号 of a person
    :ivar sort: ``company``, ``person`` with a resident card, or ``other``: passport,
        military card and what else is not checked here
    """

    name: str = ""
    number: str = ""
    sort: Sort = "company"
    address: str = ""
    phone: str = ""
    bank: str = ""
    account: str = ""


def party_problems(party: Party, role: str, judges: Judges) -> Iterator[Problem]:
    """:param role: ``buyer``, ``seller``, ``market`` or ``dealer``, a fact of each
        problem
    :return: ``missing`` with its field, ``company_number`` or ``person_number``; no
        problem repeats a number of a person
    """
    for name in ("name", "number"):
        if not getattr(party, name).strip():
            yield Problem("missing", {"field": f"{role}.{name}"})
    if not party.number.strip():
        return
    if party.sort == "company" and not is_uscc(party.number):
        yield Problem("company_number", {"role": role, "number": party.number})
    if party.sort == "person" and not judges.is_resident(party.number):
        yield Problem("person_number", {"role": role})
