"""Numbers of identity cards and bank accounts, of nobody."""

from stdnum.cn import ric

# Neither a district of China nor the first digits of a bank card
NOWHERE = "009999"


def resident_number(rng, year: int) -> str:
    """The number of an identity card of a place that does not exist, check character
    after GB 11643."""
    born = f"{year}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    number = f"{NOWHERE}{born}{rng.randrange(1000):03d}"
    return number + ric.calc_check_digit(number + "0")


def bank_account(rng) -> str:
    """An account of 19 digits at no bank: no issuer has numbers that begin so."""
    return f"{NOWHERE}{rng.randrange(10**13):013d}"
