"""What the tax office has to know of a purchase."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, get_args

from odoo.addons.dms_base.coded_error import CodedError

Kind = Literal["ice", "bev", "phev", "fcev"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


class PurchaseError(CodedError):
    """A purchase that cannot be; ``code`` is stable and meant for programs.

    Codes: ``kind``, ``price`` (not above zero), ``battery`` (negative, not below the
    price, or invoiced apart for a car that swaps no battery).
    """


@dataclass(frozen=True, slots=True)
class Purchase:
    """One car bought.

    :ivar on: day of purchase, which is that of the motor invoice
    :ivar price: of all that was bought, in yuan, without VAT
    :ivar kind: combustion (also hybrids that are not plugged in), battery electric,
        plug-in hybrid (also with range extender), fuel cell
    :ivar in_catalogue: the model stands in the catalogue of cars with relief
        (减免车辆购置税的新能源汽车车型目录) on that day
    :ivar electric_km: how far it goes on its battery alone, of a plug-in hybrid the
        equivalent all-electric range (等效全电里程) of its type approval; 0 for unknown
    :ivar is_passenger: a car for at most nine people (乘用车)
    :ivar swaps_battery: approved as a battery-swap car (换电模式)
    :ivar battery: the part of the price that a battery has on an invoice of its own, in
        yuan without VAT; 0 for a battery on the car's invoice
    """

    on: date
    price: Decimal
    kind: Kind = "ice"
    in_catalogue: bool = False
    electric_km: int = 0
    is_passenger: bool = True
    swaps_battery: bool = False
    battery: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise PurchaseError("kind")
        if self.price <= 0:
            raise PurchaseError("price")
        if not 0 <= self.battery < self.price:
            raise PurchaseError("battery")
        if self.battery and not self.swaps_battery:
            raise PurchaseError("battery")

    @property
    def base(self) -> Decimal:
        """What is taxed: the price without a battery invoiced apart (计税依据)."""
        return self.price - self.battery
