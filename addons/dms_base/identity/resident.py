"""GB 11643: the number of the resident identity card of China."""

from stdnum.cn import ric
from stdnum.exceptions import ValidationError
from stdnum.util import clean, isdigits


def resident_number(text: str) -> str:
    """Check length, digits, check character and date of birth.

    The place is not checked, as ``ric.validate`` would: its table ages, cards of new
    districts are valid, and Odoo's import hook hides the table from ``stdnum``.

    :return: the 18 characters, without blanks and hyphens, in ASCII, the X as a
        capital letter
    :raise ValueError: if it cannot be such a number; the message does not repeat it
    """
    number = clean(text, " -").upper()
    if len(number) != 18 or not isdigits(number[:-1]):
        raise ValueError("Not 17 digits and a check character.")
    if number[-1] != ric.calc_check_digit(number):
        raise ValueError("The check character is wrong.")
    try:
        ric.get_birth_date(number)
    except ValidationError:
        raise ValueError("The date of birth is impossible.") from None
    return number
