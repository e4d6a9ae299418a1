"""Which order line, car and allocation a report of an OEM is about."""

from typing import NamedTuple

from odoo.fields import Domain

from .dms_vehicle_states import GONE


class Target(NamedTuple):
    line: object
    car: object
    allocation: object


class Targets:
    """Everything that some reports may be about, read by one query per model."""

    def __init__(self, env, company, reports):
        self.env = env
        self.company = company
        # who may report need not read every order; only those of the store are found
        root = env(su=True)
        self.orders = self._by(root["purchase.order"], "name", "order", reports)
        self.numbers = self._by(
            root["purchase.order.line"], "dms_oem_number", "oem_number", reports
        )
        self.allocations = self._by(
            root["dms.allocation"], "reference", "allocation", reports
        )
        self.cars = self._cars(root["dms.vehicle"], {r.vin for r in reports if r.vin})
        codes = {r.row.product_code for r in reports if r.row.product_code}
        self.products = root["product.product"]._dms_by_code(codes)
        self.references = self._references(root["dms.oem.report"], reports)
        self.found = {}
        self.named = {}

    def _by(self, model, field, name, reports):
        texts = {text for report in reports if (text := getattr(report.row, name))}
        domain = Domain("company_id", "=", self.company.id) & Domain(field, "in", texts)
        return model.search(domain).grouped(field) if texts else {}

    def _cars(self, model, vins):
        cars = model.with_context(active_test=False).search([("vin", "in", list(vins))])
        return {car.vin: car for car in cars}

    def _references(self, model, reports):
        wanted = [report.reference for report in reports]
        domain = Domain("company_id", "=", self.company.id)
        known = model.search_fetch(
            domain & Domain("reference", "in", wanted), ["reference"]
        )
        return set(known.mapped("reference"))

    # Finding

    def refusal(self, report):
        """:return: why a report is about nothing, False once its target is found"""
        lines, refusal = self._lines(report)
        if refusal := refusal or self._order_refusal(lines):
            return refusal
        car = self.cars.get(report.vin, self.env["dms.vehicle"])
        if refusal := car and self._car_refusal(report, car, lines):
            return refusal
        line = self._narrowed(report, car, lines)
        if len(line) != 1:
            return self._unclear(report, lines, line)
        if refusal := self._number_refusal(report, line):
            return refusal
        return self._settle(report, line, car)

    def _settle(self, report, line, car):
        allocation = self.allocations.get(report.row.allocation)
        refusal = self._allocation_refusal(report, line, allocation)
        if refusal := refusal or self._model_refusal(report, line, car):
            return refusal
        if refusal := self._room_refusal(report, line, car):
            return refusal
        self.found[report.number] = Target(line, car, allocation)
        return False

    def _lines(self, report):
        """:return: the car lines that may be meant, and why there are none"""
        # none, but of the same kind as what is found: who reads reports in need not buy
        row, none = report.row, self.env["purchase.order.line"].sudo()
        if row.order:
            order = self.orders.get(row.order)
            if not order:
                return none, self.env._(
                    "This store has no purchase order %(name)s.", name=row.order
                )
            return order.order_line.filtered("dms_is_vehicle"), False
        if row.oem_number:
            lines = self.numbers.get(row.oem_number)
            return lines or none, not lines and self.env._(
                "No order of this store has the OEM order number %(number)s.",
                number=row.oem_number,
            )
        if not report.vin:
            return none, self.env._(
                "Name the order, the OEM order number, or the VIN of the car."
            )
        return self._lines_of_car(report)

    def _lines_of_car(self, report):
        car = self.cars.get(report.vin)
        line = car and car.company_id == self.company and car.purchase_line_id
        if line:
            return line, False
        return self.env["purchase.order.line"], self.env._(
            "VIN %(vin)s is unknown: no car on an order of this store has it. Correct "
            "it, or name the order.",
            vin=report.vin,
        )

    def _narrowed(self, report, car, lines):
        row = report.row
        if row.line:
            lines = lines.filtered(lambda line: line.dms_line_number == row.line)
        if row.order and row.oem_number and row.oem_number in self.numbers:
            lines &= self.numbers[row.oem_number]
        if row.product_code:
            product = self.products.get(row.product_code)
            lines = lines.filtered(lambda line: line.product_id == product)
        return lines & car.purchase_line_id if car & lines.dms_vehicle_ids else lines

    # Refusing

    def _order_refusal(self, lines):
        for order in lines.order_id[:1]:
            if order.state not in ("purchase", "done"):
                return self.env._(
                    "Order %(name)s is not confirmed: confirm it first.",
                    name=order.name,
                )
        return False

    def _car_refusal(self, report, car, lines):
        order = car.purchase_line_id.order_id
        if car._dms_may_come_back():
            return report.row.status != "shipped" and car._held_message()
        if car.company_id != self.company:
            return car._held_message()
        if order and not order & lines.order_id:
            return self.env._(
                "VIN %(vin)s belongs to order %(other)s, not to %(order)s.",
                vin=car.vin,
                other=order.name,
                order=lines.order_id[:1].name,
            )
        return not order and car._held_message()

    def _unclear(self, report, lines, narrowed):
        name = lines.order_id[:1].name or report.row.order
        if narrowed:
            return self.env._(
                "Order %(name)s has several lines that may be meant: name the line or "
                "the model code.",
                name=name,
            )
        code = report.row.product_code
        if code and code not in self.products:
            return self.env._(
                "Model code %(code)s is unknown: correct it, or enter the model first.",
                code=code,
            )
        return self.env._(
            "Order %(name)s has no such car line: compare line, OEM order number and"
            " model code (line %(line)s, model %(code)s).",
            name=name,
            line=report.row.line or "-",
            code=code or "-",
        )

    def _number_refusal(self, report, line):
        """An OEM order number stands for one order and does not change."""
        known, number = line.dms_oem_number, report.row.oem_number
        if number and known and number != known:
            return self.env._(
                "Order %(name)s has the OEM order number %(known)s, not %(number)s.",
                name=line.order_id.name,
                known=known,
                number=number,
            )
        return False

    def _model_refusal(self, report, line, car):
        if report.row.status == "shipped" and not report.vin:
            return self.env._("A car that was shipped is reported with its VIN.")
        return car and car._dms_other_model(line.product_id)

    def _room_refusal(self, report, line, car):
        """A line names no more cars than it orders."""
        if not report.vin or car or report.row.status == "shipped":
            return False
        vins = {c.vin for c in line.dms_vehicle_ids if c.state not in GONE}
        vins |= self.named.setdefault(line, set())
        if report.vin not in vins and len(vins) >= line.product_qty:
            return self.env._(
                "VIN %(vin)s is one too many: order %(name)s has the VINs of all its "
                "cars of this line.",
                vin=report.vin,
                name=line.order_id.name,
            )
        self.named[line].add(report.vin)
        return False

    def _allocation_refusal(self, report, line, allocation):
        if not report.row.allocation:
            return False
        if not allocation:
            return self.env._(
                "This store has no allocation %(name)s.", name=report.row.allocation
            )
        return allocation._dms_refuse_product(line.product_id)
