"""Vehicle identification numbers: read, check and explain them.

Follows ISO 3779 (structure), ISO 3780 (makers and countries), 49 CFR 565 and
GB 16735 (check digit and model year where North America and China demand
them). Standard library only; the tables travel with the package.

>>> from odoo.addons.dms_vehicle.vin import decode, explain
>>> car = decode("lfv2a21k 8a3000001", today_year=2026)
>>> car.valid, car.check_digit, car.make, car.country, car.year
(True, 'ok', 'Volkswagen', 'CN', 2010)
>>> car.maker, car.makes, car.years
('FAW-Volkswagen', ('Volkswagen', 'Audi', 'Jetta'), (1980, 2010))
>>> decode("LFV2A21K7A3000001").reason
'The check digit at position 9 is 7 but should be 8; at least one character is wrong.'
>>> explain(decode("WVWZZZ1KZAW000001").warnings[0])
'Position 9 holds the filler Z instead of a check digit.'

A VIN issued in North America or China with a wrong check digit is refused;
elsewhere the digit is the maker's own business and never a reason to refuse.
"""

from .alphabet import ALPHABET
from .checksum import check_digit, check_digit_status, with_check_digit
from .country import country_of
from .decoder import Decoded, decode
from .model_year import years_of_code
from .problem import MESSAGES, Problem, explain
from .text import normalise
from .wmi import MAKERS, Maker, maker_of, wmi_of

__all__ = [
    "ALPHABET",
    "MAKERS",
    "MESSAGES",
    "Decoded",
    "Maker",
    "Problem",
    "check_digit",
    "check_digit_status",
    "country_of",
    "decode",
    "explain",
    "maker_of",
    "normalise",
    "with_check_digit",
    "wmi_of",
    "years_of_code",
]
