from odoo import api, models
from odoo.exceptions import UserError

from ..desk import gross, problems, totals
from ..desk.line import DISCOUNTS
from .desk_text import block_names, problem_text
from .money import exact
from .product_template import BLOCKS

OPEN = ("draft", "sent")


class SaleOrder(models.Model):
    """One variant on the screen of the desk: what it shows and what changes it.

    Prices here are with VAT, as the trade says them. Each change answers with the new
    sheet.
    """

    _name = "sale.order"
    _inherit = ["sale.order"]

    # What is shown

    @api.readonly
    def dms_desk_sheet(self):
        """:return: the variant as JSON: ``car``, ``blocks`` with ``lines``, ``loan``,
        ``trade_in``, ``totals``, ``problems``, and ``gross`` for those who may see it
        """
        self.ensure_one()
        self.check_access("read")
        sheet = self._dms_sheet()
        facts = self._dms_desk_facts(sheet)
        facts["gross"] = self._dms_desk_gross(sheet) if self._dms_sees_cost() else False
        return facts

    def _dms_desk_facts(self, sheet):
        """:return: what a customer may see, too"""
        loan, car = self.dms_loan_ids[:1], self.dms_trade_in_ids[:1]
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "is_open": self.state in OPEN and self.has_access("write"),
            "is_chosen": self.dms_is_chosen,
            "car": self._dms_desk_car(),
            "blocks": self._dms_desk_blocks(),
            "loan": loan and loan._dms_desk_facts() or False,
            "trade_in": car and car._dms_desk_facts() or False,
            "totals": self._dms_desk_totals(totals(sheet), loan),
            "problems": [
                problem_text(self.env, problem, self._dms_money)
                for problem in self._dms_problems(sheet)
            ],
        }

    def _dms_problems(self, sheet):
        """:return: what must not be offered, whoever agrees, as the core says it"""
        most = self.dms_loan_ids.terms_id.max_percent
        return problems(sheet, exact(most) if most else None)

    def _dms_money(self, amount):
        return self.currency_id.format(float(amount))

    def _dms_desk_car(self):
        line = self._dms_car_line()
        product = line.product_id.with_context(display_default_code=False)
        # which car it is, is said to whoever sees the offer
        vehicle = line.sudo().dms_vehicle_id
        return {
            "line_id": line.id,
            "product_id": product.id,
            "template_id": product.product_tmpl_id.id,
            "ptav_ids": (
                product.product_template_attribute_value_ids
                | line.product_no_variant_attribute_value_ids
            ).ids,
            "name": product.display_name or "",
            "vin": vehicle.vin or "",
        }

    def _dms_desk_blocks(self):
        names = block_names(self.env)
        lines = self.order_line.filtered("dms_block").grouped("dms_block")
        none = self.env["sale.order.line"]
        return [
            {
                "code": code,
                "name": names[code],
                "total": sum(lines.get(code, none).mapped("price_total")),
                "lines": [line._dms_desk_facts() for line in lines.get(code, none)],
            }
            for code, _label in BLOCKS
        ]

    def _dms_desk_totals(self, found, loan):
        return {
            "customer_pays": float(found.customer_pays),
            "traded_in": float(found.traded_in),
            "financed": float(found.financed),
            "paid": float(found.paid),
            "cash_needed": float(found.cash_needed),
            "monthly": float(found.monthly),
            "last_payment": float(found.last_payment),
            "months": found.months,
            "interest": float(found.interest),
            "annual_percent": loan.annual_percent,
        }

    def _dms_desk_gross(self, sheet):
        found = gross(sheet)
        names = block_names(self.env)
        has_cost = any(line.cost for line in sheet.of("car"))
        return {
            "blocks": {code: float(amount) for code, amount in found.blocks.items()},
            "names": {code: names[code] for code in found.blocks},
            "front": float(found.front),
            "back": float(found.back),
            "total": float(found.total),
            "lacks_cost": bool(sheet.of("car")) and not has_cost,
        }

    # What changes it

    def _dms_check_open(self):
        self.ensure_one()
        if self.state not in OPEN:
            raise UserError(
                self.env._(
                    "%(order)s is no longer an offer: add a variant, or cancel it"
                    " first.",
                    order=self.name,
                )
            )

    def dms_desk_add(self, product_id, price=None):
        """Put a product on the sheet, an accessory with its fitting.

        :param int product_id: a ``product.product``
        :param float price: with VAT; of a discount how much is taken off
        """
        self._dms_check_open()
        product = self.env["product.product"].browse(product_id)
        self._dms_add_products(product | product.dms_fitting_id)
        line = self.order_line.filtered(lambda one: one.product_id == product)[-1:]
        if price is not None:
            line._dms_charge(price)
        return self.dms_desk_sheet()

    def _dms_add_products(self, products):
        return self.env["sale.order.line"].create(
            [
                {"order_id": self.id, "product_id": product.id, "product_uom_qty": 1}
                for product in products
            ]
        )

    def dms_desk_line(self, line_id, price=None, quantity=None):
        """Change what a line costs, with VAT for one, or how many there are."""
        self._dms_check_open()
        line = self._dms_own_line(line_id)
        if quantity is not None:
            line.product_uom_qty = quantity
        if price is not None:
            line._dms_charge(price)
        return self.dms_desk_sheet()

    def dms_desk_remove(self, line_id):
        """Take a line off the sheet."""
        self._dms_check_open()
        self._dms_own_line(line_id).unlink()
        return self.dms_desk_sheet()

    def _dms_own_line(self, line_id):
        line = self.order_line.filtered(lambda one: one.id == line_id)
        if not line:
            raise UserError(self.env._("This line is gone: load the sheet again."))
        return line

    def dms_desk_car(self, product_id, vehicle_id=None, options=None):
        """Offer another model, or a car by its VIN.

        :param int product_id: the model with its colour and options
        :param int vehicle_id: the car, if it is known
        :param list options: values of attributes that make no variant of the model
        """
        self._dms_check_open()
        line = self._dms_car_line()
        vals = {"product_id": product_id, "dms_vehicle_id": vehicle_id or False}
        if options is not None:
            vals["product_no_variant_attribute_value_ids"] = [(6, 0, options)]
        if line:
            line.write(vals)
            line.with_context(force_price_recomputation=True)._compute_price_unit()
            self._dms_after_lines()
        else:
            self.env["sale.order.line"].create(vals | {"order_id": self.id})
        return self.dms_desk_sheet()

    def dms_desk_loan(self, terms_id, amount=0.0):
        """Finance the car.

        :param int terms_id: ``dms.loan.terms``; False ends the loan
        :param float amount: lent, in yuan
        """
        self._dms_check_open()
        fees = self.order_line.filtered(lambda line: line.dms_block == "loan")
        if not terms_id:
            self.dms_loan_ids.unlink()
            fees.unlink()
            return self.dms_desk_sheet()
        terms = self.env["dms.loan.terms"].browse(terms_id)
        if self.dms_loan_ids.terms_id != terms:
            self._dms_set_loan_fee(fees, terms)
        self._dms_set_own("dms_loan_ids", {"terms_id": terms.id, "amount": amount})
        return self.dms_desk_sheet()

    def _dms_set_loan_fee(self, fees, terms):
        if not terms.fee:
            return fees.unlink()
        fee = self.env.ref("dms_sales.product_loan_fee").product_variant_id
        line = fees[:1] or self._dms_add_products(fee)
        return line._dms_charge(terms.fee)

    def dms_desk_trade_in(self, values):
        """Take a car in.

        :param dict values: ``name``, ``allowance``, ``value``, ``payoff``; empty takes
            it off the sheet
        """
        self._dms_check_open()
        known = {"name", "allowance", "value", "payoff"}
        if values:
            chosen = {name: values[name] for name in known & set(values)}
            self._dms_set_own("dms_trade_in_ids", chosen)
        else:
            self.dms_trade_in_ids.unlink()
        return self.dms_desk_sheet()

    def _dms_set_own(self, name, values):
        records = self[name]
        if records:
            records.write(values)
        else:
            records.create({"order_id": self.id, **values})


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line"]

    def _dms_charge(self, price):
        """Let the customer pay ``price`` for one, in yuan with VAT."""
        for line in self:
            if line.dms_block in DISCOUNTS:
                price = -abs(price)
            line.price_unit = line._dms_price_unit_for(price)

    def _dms_desk_facts(self):
        quantity = self.product_uom_qty or 1
        product = self.product_id.with_context(display_default_code=False)
        return {
            "id": self.id,
            "product_id": product.id,
            "name": product.display_name,
            "quantity": self.product_uom_qty,
            "price": self.currency_id.round(self.price_total / quantity),
            "total": self.price_total,
            "listed": float(self.sudo()._dms_listed() or 0) / quantity,
            "is_passed_on": product.dms_is_passed_on,
        }


class DmsDealLoan(models.Model):
    _name = "dms.deal.loan"
    _inherit = ["dms.deal.loan"]

    def _dms_desk_facts(self):
        return {
            "terms_id": self.terms_id.id,
            "name": self.terms_id.name,
            "lender": self.terms_id.lender_id.name,
            "amount": self.amount,
            "percent": self.percent,
        }


class DmsDealTradeIn(models.Model):
    _name = "dms.deal.trade.in"
    _inherit = ["dms.deal.trade.in"]

    def _dms_desk_facts(self):
        return {
            "name": self.name,
            "allowance": self.allowance,
            "value": self.value,
            "payoff": self.payoff,
        }
