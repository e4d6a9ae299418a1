"""A dealer's used car bears VAT by its own rule (减按 0.5%), whatever its model bears.

Source: 财政部 税务总局公告2020年第17号, 2023年第63号; the core ``motor_invoice`` has
the rates with their days.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..motor_invoice import RateError, used_percent
from ..motor_invoice.used import RATES
from .money import exact

GROUP_OF = "l10n_cn_sales_excluded_13"


def used_vat_percent(env, day):
    """:return: VAT in percent on used cars sold on a day, Decimal
    :raise UserError: if no rate is known
    """
    try:
        return used_percent(day)
    except RateError as error:
        raise UserError(
            env._(
                "No VAT rate for used cars is known for %(day)s: ask for an update.",
                day=day,
            )
        ) from error


class AccountTax(models.Model):
    _inherit = "account.tax"

    dms_is_used_cars = fields.Boolean(
        "On Used Cars", help="The simplified VAT on cars that a dealer bought used."
    )


class AccountChartTemplate(models.AbstractModel):
    _name = "account.chart.template"
    _inherit = ["account.chart.template"]

    def _post_load_data(self, template_code, company, template_data):
        res = super()._post_load_data(template_code, company, template_data)
        if company.dms_group_id:
            self._dms_prepare_used_cars(company)
        return res

    def _dms_prepare_used_cars(self, company):
        """Each rate of the rule becomes a tax of the store, once."""
        like = self.with_company(company).ref(GROUP_OF, False)
        # the chart of a store is set up whoever opens it
        taxes = self.env["account.tax"].sudo().with_company(company)
        known = taxes.search(
            [("company_id", "=", company.id), ("dms_is_used_cars", "=", True)]
        )
        wanted = {float(rate) for *_days, rate in RATES} - set(known.mapped("amount"))
        for percent in sorted(wanted if like else ()):
            like.sudo().copy(self._prepare_used_tax(percent, like.sudo()))

    @api.model
    def _prepare_used_tax(self, percent, like):
        group = like.tax_group_id.copy({"name": f"VAT {percent:g}%"})
        return {
            "tax_group_id": group.id,
            "name": f"{percent:g}% used cars",
            "description": False,
            "invoice_label": f"{percent:g}%",
            "amount": percent,
            "price_include_override": "tax_included",
            "dms_is_used_cars": True,
        }


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line"]

    @api.depends("dms_vehicle_id")
    def _compute_tax_ids(self):
        res = super()._compute_tax_ids()
        for line in self:
            if line._dms_sells_used():
                line.tax_ids = line._dms_used_tax()
        return res

    @api.onchange("dms_vehicle_id")
    def _onchange_dms_vehicle_id_price(self):
        # not by dependence: the VIN of a new car leaves the price that was agreed
        if self._dms_sells_used():
            self._reset_price_unit()

    def _reset_price_unit(self):
        """A used car costs what is asked for it, not what its model costs new."""
        if not self._dms_sells_used():
            return super()._reset_price_unit()
        asked = self.dms_vehicle_id.dms_asking_price
        self.price_unit = self.technical_price_unit = asked

    def _dms_sells_used(self):
        return self.dms_block == "car" and self.dms_vehicle_id.is_used

    def _dms_used_tax(self):
        """:return: the tax of the day of the order
        :raise UserError: if no rate is known, or the store lacks the tax
        """
        day = fields.Date.to_date(self.order_id.date_order) or fields.Date.today()
        percent = float(used_vat_percent(self.env, day))
        # taxes of the store are read for whoever sells
        taxes = self.env["account.tax"].sudo()
        return taxes.search(
            [
                ("company_id", "=", self.company_id.id),
                ("dms_is_used_cars", "=", True),
                ("amount", "=", percent),
            ],
            limit=1,
        ).with_env(self.env)

    def _dms_listed(self):
        """:return: of a used car its first asking price"""
        if self._dms_sells_used():
            return exact(self.dms_vehicle_id.dms_first_price) or None
        return super()._dms_listed()
