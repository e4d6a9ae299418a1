"""What reports of an OEM change on cars and order lines."""

from ..pipeline import Progress, follow
from .oem_time import day_of

CAR = {"status": "oem_status", "eta": "expected_date", "eta_at": "eta_at"}
LINE = {"status": "dms_oem_status", "eta": "dms_eta", "eta_at": "dms_eta_at"}


class Changes:
    """Collects what becomes of some records, report by report, and writes it once."""

    def __init__(self, names):
        self.names = names
        self.known = {}
        self.vals = {}

    def follow(self, record, told):
        """:return: whether the report says something new about the record"""
        known = self.known.get(record) or self._progress(record)
        after = self.known[record] = follow(known, told)
        news = {
            name: getattr(after, field)
            for field, name in self.names.items()
            if getattr(after, field) != getattr(known, field)
        }
        return self.add(record, news)

    def _progress(self, record):
        status, eta, eta_at = (record[name] or None for name in self.names.values())
        return Progress(status or "", eta, eta_at)

    def add(self, record, vals):
        """:return: whether these values are others than those of the record"""
        pending = self.vals.setdefault(record, {})
        news = {
            name: value
            for name, value in vals.items()
            if value and pending.get(name, record[name]) != value
        }
        pending.update(news)
        return bool(news)

    def apply(self):
        """Write what has changed, once for records with the same values."""
        alike = {}
        for record, vals in self.vals.items():
            alike.setdefault(tuple(sorted(vals.items())), []).append(record)
        for vals, records in alike.items():
            if vals:
                records[0].concat(*records[1:]).write(dict(vals))


def car_details(report, car, company):
    """:return: what a report says of a car besides its progress"""
    details = {
        "engine_number": report.row.engine_number,
        "consignment_date": report.row.consignment_date,
    }
    if report.row.status == "built" and not car.produced_date:
        details["produced_date"] = day_of(report.at, company)
    return details
