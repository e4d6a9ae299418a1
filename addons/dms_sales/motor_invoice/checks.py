"""What would make the tax office or the registry refuse an invoice."""

from collections.abc import Iterable, Iterator
from typing import Final

from .invoice import Car, Invoice
from .judges import Judges, vin_problems
from .party import party_problems
from .problem import Problem
from .red import standing
from .state import State

CODE_LENGTH: Final = 12
PAPER_LENGTH: Final = 8
DIGITAL_LENGTH: Final = 20
NEEDED: Final = ("category", "model", "origin", "engine")


def problems(
    invoice: Invoice, judges: Judges, others: Iterable[Invoice] = ()
) -> list[Problem]:
    """:param others: invoices known of this car; the invoice itself may be among them
    :return: all that is wrong with a blue invoice, in the order of the form; codes:

        - ``missing``: a ``field`` is empty
        - ``company_number``, ``person_number``: of which ``role``
        - ``vin_length``, ``vin``: not 17 characters, or the judge says no
        - ``certificate_missing``, ``import_papers``: of a domestic car
        - ``import_papers_missing``, ``certificate``: of an imported car
        - ``tonnage_missing``, ``tonnage``: of a truck, of another car
        - ``amount``: not above zero; ``split``: ``net`` and ``tax`` expected
        - ``deduction``: the buyer has no company's number
        - ``number``: not 12 + 8 digits, nor 20 without a code
        - ``car_invoiced``: by which ``number`` already
    """
    return [
        *party_problems(invoice.buyer, "buyer", judges),
        *_deduction(invoice),
        *_car(invoice.car, judges),
        *_amounts(invoice),
        *party_problems(invoice.seller, "seller", judges),
        *_number(invoice),
        *_once(invoice, others),
    ]


def _deduction(invoice: Invoice) -> Iterator[Problem]:
    if invoice.is_deducted and invoice.buyer.sort != "company":
        yield Problem("deduction")


def _car(car: Car, judges: Judges) -> Iterator[Problem]:
    for name in NEEDED:
        if not getattr(car, name).strip():
            yield Problem("missing", {"field": f"car.{name}"})
    if not car.seats:
        yield Problem("missing", {"field": "car.seats"})
    yield from vin_problems(car.vin, judges)
    yield from _imported(car) if car.is_import else _domestic(car)
    yield from _tonnage(car)


def _domestic(car: Car) -> Iterator[Problem]:
    if not car.certificate:
        yield Problem("certificate_missing")
    if papers := car.import_certificate or car.inspection:
        yield Problem("import_papers", {"found": papers})


def _imported(car: Car) -> Iterator[Problem]:
    for name in ("import_certificate", "inspection"):
        if not getattr(car, name):
            yield Problem("import_papers_missing", {"field": f"car.{name}"})
    if car.certificate:
        yield Problem("certificate", {"found": car.certificate})


def _tonnage(car: Car) -> Iterator[Problem]:
    if car.is_truck and car.tonnage <= 0:
        yield Problem("tonnage_missing")
    if not car.is_truck and car.tonnage:
        yield Problem("tonnage", {"found": car.tonnage})


def _amounts(invoice: Invoice) -> Iterator[Problem]:
    if invoice.gross <= 0:
        yield Problem("amount", {"gross": invoice.gross})
        return
    expected = invoice.split
    if (invoice.net, invoice.tax) != (expected.net, expected.tax):
        yield Problem("split", {"net": expected.net, "tax": expected.tax})


def _number(invoice: Invoice) -> Iterator[Problem]:
    """An invoice not issued yet has no number, which is no problem"""
    if not invoice.number and not invoice.code:
        return
    lengths = (len(invoice.code), len(invoice.number))
    digits = (invoice.code + invoice.number).isdecimal()
    if lengths not in ((CODE_LENGTH, PAPER_LENGTH), (0, DIGITAL_LENGTH)) or not digits:
        yield Problem("number", {"code": invoice.code, "number": invoice.number})


def _once(invoice: Invoice, others: Iterable[Invoice]) -> Iterator[Problem]:
    if invoice.state is not State.NORMAL:
        return
    for other in standing(others):
        same_car = other.car.vin == invoice.car.vin
        if same_car and other.key != invoice.key:
            yield Problem("car_invoiced", {"number": other.number})
