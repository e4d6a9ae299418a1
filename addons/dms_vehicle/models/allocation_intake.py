from typing import NamedTuple

from odoo.fields import Domain

from ..asn import AllocationRow, RowError
from ..pipeline import MonthError, month_of
from .intake import Intake
from .oem_text import report_refusal


class Promise(NamedTuple):
    number: int
    row: AllocationRow
    period: object


class AllocationIntake(Intake):
    """Rows about allocations.

    The same row once more changes nothing; a later day of validity wins.
    """

    def __init__(self, record):
        super().__init__(record.env, record.company_id)

    def run(self, rows):
        """:param rows: pairs of line number and cells by header"""
        promises = [p for number, cells in rows if (p := self._parsed(number, cells))]
        self.products = self.env["product.product"]._dms_by_code(
            {promise.row.product_code for promise in promises}
        )
        self.known = self._known([promise.row.reference for promise in promises])
        new = [vals for p in promises if (vals := self._taken(p))]
        self.env["dms.allocation"].create(new)
        self.accepted += len(new)
        self.problems.sort()

    def _about(self, cells):
        return AllocationRow.parse(cells).reference

    def _parsed(self, number, cells):
        about = ""
        try:
            row = AllocationRow.parse(cells)
            about = row.reference
            return Promise(number, row, month_of(row.period))
        except RowError as error:
            return self._reject(number, about, report_refusal(self.env, error))
        except MonthError as error:
            reason = self.env._(
                "“%(value)s” is no month; write it as 2026-12.", value=error
            )
            return self._reject(number, about, reason)

    def _known(self, references):
        domain = Domain("company_id", "=", self.company.id)
        domain &= Domain("reference", "in", references)
        return self.env["dms.allocation"].search(domain).grouped("reference")

    def _taken(self, promise):
        """:return: the values of a new allocation, None if there is none to make"""
        number, row, period = promise
        product = self.products.get(row.product_code)
        known = self.known.get(row.reference)
        if not product:
            reason = self.env._(
                "Model code %(code)s is unknown.", code=row.product_code
            )
            return self._reject(number, row.reference, reason)
        if known is None:
            self.known[row.reference] = self.env["dms.allocation"]
            return self._prepare(row, product, period)
        if not known:
            reason = self.env._(
                "Allocation %(name)s is listed twice.", name=row.reference
            )
            return self._reject(number, row.reference, reason)
        if refusal := known._dms_refuse_product(product):
            return self._reject(number, row.reference, refusal)
        return self._prolong(known, row, period)

    def _prolong(self, known, row, period):
        vals = {"valid_until": row.valid_until, "period": period}
        news = {name: value for name, value in vals.items() if known[name] != value}
        if news:
            known.write(news)
        self.accepted += bool(news)
        self.unchanged += not news

    def _prepare(self, row, product, period):
        return {
            "reference": row.reference,
            "company_id": self.company.id,
            "product_id": product.id,
            "period": period,
            "valid_until": row.valid_until,
        }
