from odoo import models
from odoo.exceptions import UserError

from ..transfer import deviation


class DmsTransferRequest(models.Model):
    """Which cars a store can promise, and at which price."""

    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    def _dms_check_cars(self, chosen):
        missing = [line for line, car in chosen.items() if not car]
        if missing:
            raise UserError(
                self.env._(
                    "Choose a car for: %(models)s.",
                    models=", ".join(line.product_id.display_name for line in missing),
                )
            )
        cars = self.env["dms.vehicle"].concat(*chosen.values())
        if len(set(cars.ids)) < len(cars):
            raise UserError(self.env._("The same car is chosen twice."))
        # his own store's cars; the lock lets no other transaction promise them
        cars.sudo()._dms_claim()
        cars.invalidate_recordset(["state", "company_id"])
        self._dms_check_offered(cars.sudo(), chosen)

    def _dms_check_offered(self, cars, chosen):
        # who decides is told why a car cannot be had, wherever it is
        offered = cars.filtered_domain(
            cars._dms_offered_domain(self.sudo().giving_company_id)
        )
        promised = self._dms_promised(cars)
        for line, car in chosen.items():
            if car.id not in offered.ids or car.id in promised:
                raise UserError(self._dms_not_free(car.sudo(), promised))
            if line.product_id and line.product_id != car.sudo().product_id:
                raise UserError(car.sudo()._dms_other_model(line.product_id))

    def _dms_promised(self, cars):
        # a car promised to any store is promised
        lines = self.env["dms.transfer.line"].sudo()
        held = lines.search([("vehicle_id", "in", cars.ids), ("holds", "=", True)])
        return {line.vehicle_id.id: line.request_id for line in held}

    def _dms_not_free(self, car, promised):
        if car.id in promised:
            other = promised[car.id]
            return self.env._(
                "VIN %(vin)s is promised to %(store)s already (%(number)s).",
                vin=car.vin,
                store=other.company_id.name,
                number=other.name,
            )
        return self.env._(
            "VIN %(vin)s is not free in stock any more; choose another car or refuse.",
            vin=car.vin,
        )

    def _dms_check_price(self, line, price, by_rule, rule, reason):
        if price <= 0:
            raise UserError(
                self.env._(
                    "%(car)s needs a price above zero.",
                    car=line.vin or line.product_id.display_name,
                )
            )
        if deviation(price, by_rule) <= rule.limit_percent:
            return
        may = self.env.su or self.env.user.has_group("dms_base.group_dms_store_manager")
        if not may or not (reason or "").strip():
            raise UserError(
                self.env._(
                    "%(car)s: by rule the price is %(price)s, free to change by"
                    " %(limit)s%%. Beyond that the store manager decides and says why.",
                    car=line.vin or line.product_id.display_name,
                    price=line.currency_id.format(by_rule),
                    limit=f"{rule.limit_percent:g}",
                )
            )
