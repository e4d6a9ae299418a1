from typing import NamedTuple

from ..asn import CarRow, RowError
from ..vin import decode
from .intake import Intake
from .row_text import row_refusal
from .vin_text import vin_refusal


class Car(NamedTuple):
    number: int
    row: CarRow
    vin: str


class CarIntake(Intake):
    """Rows about cars. Subclasses say why one is refused and how it is taken in."""

    subject = "vin"

    def __init__(self, env, company):
        super().__init__(env, company)
        self.seen = set()

    def run(self, rows):
        """:param rows: pairs of line number and cells by header"""
        cars = [car for number, cells in rows if (car := self._parsed(number, cells))]
        self._load(cars)
        good = [car for car in cars if self._is_new(car)]
        if good:
            self._take_in(good)
        self.accepted = len(good)
        self.problems.sort()

    def _load(self, cars):
        """Read what the rows name, by one query per model."""
        self.held = self._held([car.vin for car in cars])
        self.products = self.env["product.product"]._dms_by_code(
            {car.row.product_code for car in cars if car.row.product_code}
        )

    def _refusal(self, car):
        """:return: why the car cannot be taken in, False if it can"""
        if car.row.product_code and car.row.product_code not in self.products:
            return self.env._(
                "Model code %(code)s is unknown: correct it, or enter the model first.",
                code=car.row.product_code,
            )
        return False

    def _is_known(self, car):
        """:return: whether the car was taken in before, so that nothing is to do"""
        return False

    def _take_in(self, cars):
        raise NotImplementedError

    def _parsed(self, number, cells):
        try:
            row = CarRow.parse(cells)
        except RowError as error:
            return self._reject(number, error.vin, row_refusal(self.env, error))
        decoded = decode(row.vin)
        if refusal := vin_refusal(self.env, decoded):
            return self._reject(number, row.vin, refusal)
        return Car(number, row, decoded.vin)

    def _about(self, cells):
        return CarRow.parse(cells).vin

    def _held(self, vins):
        # a car that another store holds is refused by name, never changed
        vehicles = self.env["dms.vehicle"].sudo().with_context(active_test=False)
        return {v.vin: v for v in vehicles.search([("vin", "in", vins)])}

    def _is_new(self, car):
        if car.vin in self.seen:
            reason = self.env._("VIN %(vin)s is listed twice.", vin=car.vin)
        elif self._is_known(car):
            self.unchanged += 1
            reason = None
        else:
            reason = self._refusal(car)
        self.seen.add(car.vin)
        if reason:
            self._reject(car.number, car.vin, reason)
        return reason is False

    def _coming_back(self, car):
        """:return: the known car that no store holds or expects, if it is one"""
        held = self.held.get(car.vin)
        return held if held and held._dms_may_come_back() else None
