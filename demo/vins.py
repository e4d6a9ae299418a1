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

    def next_vin(self, brand, series, trim, year: int) -> str:
        self._serials[brand.code] += 1
        number = 100000 + self._serials[brand.code] * 37 % 899981
        code = CODES[(year - FIRST_YEAR) % CYCLE]
        variant = series.trims.index(trim) + 1
        vds = f"{series.vds}{ENERGY[trim.energy]}{variant}{trim.seats}0"
        return with_check_digit(f"{brand.wmi}{vds}{code}{brand.plant}{number}")
