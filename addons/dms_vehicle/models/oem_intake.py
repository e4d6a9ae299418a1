from typing import NamedTuple

import psycopg2

from odoo import fields
from odoo.exceptions import UserError

from odoo.addons.dms_base.delivery import derived_key

from ..asn import ReportRow, RowError
from ..pipeline import STATUSES, Told
from ..vin import decode
from .announcement import Announcement
from .dms_vehicle_states import COMING
from .intake import Intake
from .oem_change import CAR, LINE, Changes, car_details
from .oem_target import Targets
from .oem_text import report_refusal
from .oem_time import FUTURE, day_of, to_utc
from .vin_text import vin_refusal


class Report(NamedTuple):
    """One row that can be read; ``at`` is in UTC."""

    number: int
    row: ReportRow
    vin: str
    at: object
    reference: str

    @property
    def told(self):
        return Told(self.row.status, self.at, self.row.eta)


def take_reports(env, company, rows):
    """Take reports in, good rows at once; what the database refuses is found by halves.

    :param rows: list of (number, cells by header)
    :return: the intake
    """
    intake = OemIntake(env, company)
    try:
        with env.cr.savepoint():
            intake.run(rows)
        return intake
    except (UserError, psycopg2.IntegrityError) as error:
        if len(rows) == 1:
            return intake.refused(*rows[0], _reason(env, error))
    half = len(rows) // 2
    first = take_reports(env, company, rows[:half])
    return first.joined(take_reports(env, company, rows[half:]))


def _reason(env, error):
    if isinstance(error, UserError):
        return str(error)
    return env["dms.oem.report"]._sql_error_to_message(error)


class OemIntake(Intake):
    """Reports of an OEM; a query for each car that changes, else one for all."""

    def run(self, rows):
        """:param rows: pairs of line number and cells by header"""
        reports = [r for number, cells in rows if (r := self._parsed(number, cells))]
        self.targets = Targets(self.env, self.company, reports)
        good = [r for r in reports if self._is_new(r) and not self._is_refused(r)]
        lines = [self.targets.found[report.number].line for report in good]
        self.env["purchase.order.line"].concat(*lines)._dms_claim()
        good = [r for r in good if r.row.status != "shipped"] + self._announced(
            [r for r in good if r.row.status == "shipped"]
        )
        self._keep(good, self._changed(good))
        self.problems.sort()

    # Reading

    def _about(self, cells):
        return ReportRow.parse(cells).about

    def _parsed(self, number, cells):
        try:
            row = ReportRow.parse(cells)
        except RowError as error:
            return self._reject(number, error.vin, report_refusal(self.env, error))
        decoded = decode(row.vin or "")
        if row.vin and (refusal := vin_refusal(self.env, decoded)):
            return self._reject(number, row.about, refusal)
        at = to_utc(row.at, self.company)
        if at > fields.Datetime.now() + FUTURE:
            return self._reject(number, row.about, self._future(row))
        vin = decoded.vin if row.vin else ""
        return Report(number, row, vin, at, row.reference or _content_key(row, vin, at))

    def _future(self, row):
        return self.env._(
            "The time %(at)s lies in the future: correct the clock or the time zone.",
            at=row.at.isoformat(" ", "minutes"),
        )

    def _is_new(self, report):
        known = report.reference in self.targets.references
        self.unchanged += known
        return not known

    def _is_refused(self, report):
        reason = self.targets.refusal(report)
        if reason:
            self._reject(report.number, report.row.about, reason)
        else:
            self.targets.references.add(report.reference)
        return bool(reason)

    # Taking in

    def _announced(self, shipped):
        """Put shipped cars on the receipts of their orders.

        :return: the reports of those that are there now
        """
        orders = {}
        for report in shipped:
            order = self.targets.found[report.number].line.order_id
            orders.setdefault(order, []).append(report)
        refused = set()
        for order, reports in orders.items():
            refused |= self._announce(order, reports)
        return [report for report in shipped if report.number not in refused]

    def _announce(self, order, reports):
        pickings = order.picking_ids.with_env(self.env)
        pickings._dms_check_may_announce()
        announcement = Announcement(pickings.sudo())
        # of a car that is told of twice, the first row is the notice
        first = {report.vin: report for report in reversed(reports)}
        announcement.run((r.number, self._notice(r)) for r in first.values())
        bad = {vin: reason for _number, vin, reason in announcement.problems}
        refused = [report for report in reports if report.vin in bad]
        for report in refused:
            self._reject(report.number, report.vin, bad[report.vin])
        return {report.number for report in refused}

    def _notice(self, report):
        line, car, _allocation = self.targets.found[report.number]
        return {
            "vin": report.vin,
            "product_code": line.product_id.default_code,
            "engine_number": report.row.engine_number,
            "shipped_date": day_of(report.at, self.company),
            "expected_date": (car.expected_date if car else line.dms_eta)
            or report.row.eta,
        }

    def _changed(self, reports):
        """:return: the cars by VIN, and which reports changed something"""
        cars = self._cars(reports)
        on_cars, on_lines, news = Changes(CAR), Changes(LINE), set()
        for report in sorted(reports, key=lambda r: (r.at, r.number)):
            line = self.targets.found[report.number].line
            changed = on_lines.add(line, {"dms_oem_number": report.row.oem_number})
            car = cars.get(report.vin)
            changes, record = (on_cars, car) if car else (on_lines, line)
            changed |= changes.follow(record, report.told)
            if car:
                changed |= on_cars.add(car, car_details(report, car, self.company))
            elif report.row.eta:
                self._all_arrive(line, report, on_cars)
            news |= {report.number} if changed else set()
        on_lines.apply()
        on_cars.apply()
        news |= self._fulfil(reports, cars)
        self.accepted += len(news)
        self.unchanged += len(reports) - len(news)
        return cars, news

    def _all_arrive(self, line, report, on_cars):
        """A day of arrival of a line is that of its cars, until they have their own."""
        for car in line.dms_vehicle_ids.filtered(lambda car: car.state in COMING):
            on_cars.follow(car, Told(STATUSES[0], report.at, report.row.eta))

    def _cars(self, reports):
        """:return: the cars by VIN; new ones stand on their order"""
        # reports of the OEM make cars, whatever the role of who reads them in
        cars = self.env["dms.vehicle"].sudo().with_company(self.company)
        cars = cars.with_context(tracking_disable=True, active_test=False)
        wanted = {r.vin: self.targets.found[r.number].line for r in reports if r.vin}
        known = {car.vin: car for car in cars.search([("vin", "in", list(wanted))])}
        new = [
            {
                "vin": vin,
                "product_id": line.product_id.id,
                "purchase_line_id": line.id,
                "expected_date": line.dms_eta,
                "eta_at": line.dms_eta_at,
            }
            for vin, line in wanted.items()
            if vin not in known
        ]
        return known | {car.vin: car for car in cars.create(new)}

    def _fulfil(self, reports, cars):
        """:return: which reports gave an allocation its car"""
        news = set()
        for report in reports:
            allocation = self.targets.found[report.number].allocation
            if allocation and report.vin and allocation._dms_fulfil(cars[report.vin]):
                news.add(report.number)
        return news

    def _keep(self, reports, changed):
        cars, news = changed
        shared = {
            "company_id": self.company.id,
            "taken_at": fields.Datetime.now(),
            "user_id": self.env.uid,
        }
        self.env["dms.oem.report"]._append(
            [
                self._prepare_kept(report, cars)
                | {"is_news": report.number in news}
                | shared
                for report in sorted(reports, key=lambda report: report.number)
            ]
        )

    def _prepare_kept(self, report, cars):
        return {
            "reference": report.reference,
            "purchase_line_id": self.targets.found[report.number].line.id,
            "vehicle_id": cars[report.vin].id if report.vin else None,
            "vin": report.vin or None,
            "status": report.row.status,
            "at": report.at,
            "eta": report.row.eta,
            "consignment_date": report.row.consignment_date,
        }


def _content_key(row, vin, at):
    """:return: the same for the same content, however it was written"""
    days = [day and day.isoformat() for day in (row.eta, row.consignment_date)]
    place = [row.order, row.oem_number, row.line, vin, row.product_code]
    more = [row.engine_number, row.allocation]
    return derived_key(*place, row.status, at.isoformat(), *days, *more)
