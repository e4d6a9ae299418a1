from dataclasses import replace

from odoo import fields, models

from odoo.addons.dms_base.money import HUNDRED, ZERO

from ..desk import Line, Sheet, gross, totals
from ..desk.line import DISCOUNTS
from .money import exact


class SaleOrder(models.Model):
    """A variant as the core knows it: one arithmetic for screen, paper and approval."""

    _name = "sale.order"
    _inherit = ["sale.order"]

    dms_loan_ids = fields.One2many("dms.deal.loan", "order_id", "Loan", copy=True)
    dms_trade_in_ids = fields.One2many(
        "dms.deal.trade.in", "order_id", "Trade-In", copy=True
    )

    def _dms_sheet(self, lines=None):
        """:param lines: those that count, of a fleet order; all of them if None
        :return: the core's ``Sheet`` of this variant

        With what it costs: never hand it, or what is computed of it, to a user without
        asking ``_dms_sees_cost``.
        """
        self.ensure_one()
        # costs are needed for consents, whoever asks
        order = self.sudo().with_company(self.company_id)
        lines = order.order_line if lines is None else lines.sudo()
        lines = [*lines.with_company(self.company_id)._dms_desk_lines()]
        lines += order.dms_loan_ids._dms_desk_lines()
        lines += order._dms_expectations()._dms_lines(tuple(lines))
        return Sheet(
            tuple(lines),
            order.dms_trade_in_ids._dms_trade_in(),
            order.dms_loan_ids._dms_financing(),
            max(exact(order.amount_paid), ZERO),
        )

    def _dms_expectations(self):
        brand = self._dms_car_line().product_id.dms_brand_id
        day = fields.Date.to_date(self.date_order) or fields.Date.today()
        rules = self.env["dms.deal.expectation"]
        return rules._dms_rules(self.company_id, brand, day)

    def _dms_car_line(self):
        return self.order_line._dms_cars()[:1]

    def _dms_totals(self):
        """:return: the core's ``Totals`` of this variant"""
        return totals(self._dms_sheet())

    def _dms_gross(self, lines=None):
        """:return: the core's ``Gross`` of this variant; see ``_dms_sheet``"""
        return gross(self._dms_sheet(lines))

    def _dms_price_of_car(self):
        """:return: car less discounts, in yuan with VAT and without it"""
        lines = self.order_line.filtered(
            lambda line: line.dms_block in ("car", *DISCOUNTS)
        )
        return sum(lines.mapped("price_total")), sum(lines.mapped("price_subtotal"))

    def _dms_most_lent(self, terms):
        """:return: yuan that a lender finances here, None if it decides by itself"""
        if not terms.max_percent:
            return None
        price, _net = self._dms_price_of_car()
        return self.currency_id.round(price * terms.max_percent / 100)

    def _dms_sees_cost(self):
        return self.env.user.has_group("dms_sales.group_cost")


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line"]

    def _dms_desk_lines(self):
        """:return: the core's lines; notes and down payments are none"""
        for line in self:
            if line.product_id and not line.display_type and not line.is_downpayment:
                yield from line._dms_desk_parts()

    def _dms_desk_parts(self):
        """Yield the line; of an OEM's discount what is above it is the store's own."""
        whole = self._dms_desk_line()
        own = -whole.charge - whole.income
        if self.dms_block != "oem_discount" or own <= 0:
            yield whole
            return
        if whole.income:
            yield replace(whole, charge=-whole.income)
        yield replace(whole, block="store_discount", charge=-own, income=ZERO)

    def _dms_desk_line(self):
        charge = exact(self.price_total)
        passed_on = self.product_id.dms_is_passed_on
        return Line(
            self.dms_block or "accessories",
            charge,
            cost=ZERO if passed_on else self._dms_desk_cost(),
            income=self._dms_paid_by_oem(charge),
            percent=self._dms_vat_percent(),
            is_passed_on=passed_on,
            listed=self._dms_listed(),
            name=self.product_id.name,
        )

    def _dms_paid_by_oem(self, charge):
        """:return: what the OEM pays of its discount, with VAT: no more than the price
        of the product says, if it says one
        """
        if self.dms_block != "oem_discount":
            return ZERO
        price = abs(self.product_id.lst_price)
        if not price:
            return -charge
        return min(-charge, exact(self._dms_with_vat(price, self.product_uom_qty)))

    def _dms_vat_percent(self):
        taxes = self.tax_ids.flatten_taxes_hierarchy()
        rates = taxes.filtered(lambda tax: tax.amount_type == "percent")
        return exact(sum(rates.mapped("amount")))

    def _dms_desk_cost(self):
        """:return: what the store spends on it, in yuan without VAT"""
        if self.dms_vehicle_id:
            return exact(self.dms_vehicle_id._dms_cost())
        cost = self.product_id.standard_price
        if not cost and self.dms_block == "car":
            cost = self.product_id.seller_ids[:1].price
        return max(exact(cost * self.product_uom_qty), ZERO)

    def _dms_listed(self):
        """:return: the price by the list, in yuan with VAT, None if it says nothing"""
        product = self.product_id
        if self.dms_block in DISCOUNTS or product.dms_is_passed_on:
            return None
        extras = self.product_no_variant_attribute_value_ids
        price = product.lst_price + sum(extras.mapped("price_extra"))
        if not price:
            return None
        if price == self.price_unit and not self.discount:
            return exact(self.price_total)
        return exact(self._dms_with_vat(price, self.product_uom_qty))

    def _dms_with_vat(self, price, quantity=1.0):
        found = self.tax_ids.compute_all(
            price, self.currency_id, quantity, product=self.product_id
        )
        return found["total_included"]

    def _dms_price_unit_for(self, price):
        """:param price: of one, in yuan with VAT, as people say it
        :return: the price as this line keeps it
        """
        included = any(self.tax_ids.mapped("price_include"))
        if included or not self.tax_ids:
            return price
        # Odoo keeps prices as exact as they come, so the total is what was said
        return float(exact(price) * HUNDRED / (HUNDRED + self._dms_vat_percent()))
