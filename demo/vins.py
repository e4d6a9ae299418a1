"""VINs that decode as valid ones of makers who do not exist."""

from collections import Counter

from odoo.addons.dms_vehicle.vin import with_check_digit
from odoo.addons.dms_vehicle.vin.model_year import CODES, CYCLE, FIRST_YEAR

ENERGY = {
    "petrol": "G",
    "diesel": "D",
    "electric": "E",
    "petrol_electric": "P",
    "gas": "N",
}


class Works:
    """Numbers the cars of each brand, as its works would."""

    def __init__(self):
        self._serials = Counter()

    def next_vin(self, offer) -> str:
        brand, trim = offer.brand, offer.trim
        self._serials[brand.code] += 1
        number = 100000 + self._serials[brand.code] * 37 % 899981
        variant = offer.series.trims.index(trim) + 1
        vds = f"{offer.series.vds}{ENERGY[trim.energy]}{variant}{trim.seats}0"
        year = CODES[(offer.year - FIRST_YEAR) % CYCLE]
        return with_check_digit(f"{brand.wmi}{vds}{year}{brand.plant}{number}")
