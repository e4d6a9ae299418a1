"""An amount in the characters that nobody can alter (大写).

Zeros between digits are read once, those at the end not at all; where the last digit of
the yuan or that of the jiao is zero, 零 stands before what follows. 整 ends an amount
in whole yuan or whole jiao: after 角 banks leave it open (可以不写), vouchers need it
(应当写); after 分 it is not written.

Sources: 正确填写票据和结算凭证的基本规定 (银发〔1997〕393号, annex 1) for notes,
会计基础工作规范 article 52 for invoices and other vouchers.
"""

import re
from decimal import Decimal
from typing import Final

from odoo.addons.dms_base.money import cents

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("仟", "佰", "拾", "")
GROUPS: Final = ("", "万", "亿")
LIMIT: Final = Decimal(10) ** 12
NEGATIVE: Final = "（负数）"
"""How red invoices write an amount below zero."""


def capitals(amount: Decimal) -> str:
    """:param amount: in yuan, whole cents, below a trillion
    :return: as on an invoice, below zero with （负数） in front
    :raise ValueError: for parts of cents or too large an amount

    >>> capitals(Decimal("107000.53"))
    '壹拾万柒仟元零伍角叁分'
    """
    if amount != cents(amount) or abs(amount) >= LIMIT:
        raise ValueError("Only whole cents below a trillion can be written out.")
    sign = NEGATIVE if amount < 0 else ""
    yuan, rest = divmod(int(abs(amount) * 100), 100)
    return sign + _joined(yuan, *divmod(rest, 10))


def _joined(yuan: int, jiao: int, fen: int) -> str:
    whole = f"{_integer(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return f"{whole or '零元'}整"
    zero = "零" if yuan and (not jiao or yuan % 10 == 0) else ""
    tenths = f"{DIGITS[jiao]}角" if jiao else ""
    return whole + zero + tenths + (f"{DIGITS[fen]}分" if fen else "整")


def _integer(number: int) -> str:
    """Write groups of four digits; a group that starts with zeros has one in front"""
    text = ""
    for rank in reversed(range(len(GROUPS))):
        group = number // 10_000**rank % 10_000
        if group:
            text += _group(group) + GROUPS[rank]
        elif text and not text.endswith("零"):
            text += "零"
    return text.strip("零").replace("零零", "零")


def _group(group: int) -> str:
    """Write four digits with their places, with one zero for each gap before a digit"""
    digits = (
        DIGITS[int(digit)] + (place if digit != "0" else "")
        for digit, place in zip(f"{group:04}", PLACES, strict=True)
    )
    return re.sub("零+", "零", "".join(digits)).removesuffix("零")
