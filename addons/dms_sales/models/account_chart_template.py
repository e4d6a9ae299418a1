from odoo import models

OTHER_PAYABLES = "l10n_cn_common_account_2241"
GOODS_VAT = "l10n_cn_sales_excluded_13"
SERVICE_VAT = "l10n_cn_sales_excluded_6"
# of small and of large companies
NON_OPERATING = {
    "dms_sales.product_earnest_kept": (
        *("l10n_cn_account_5301", "l10n_cn_large_bis_account_6301"),
    ),
    "dms_sales.product_earnest_double": (
        *("l10n_cn_account_5711", "l10n_cn_large_bis_account_6711"),
    ),
}
SERVICES = ("loan", "registration")


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _post_load_data(self, template_code, company, template_data):
        res = super()._post_load_data(template_code, company, template_data)
        if company.dms_group_id:
            self._dms_prepare_desk(company)
            self._dms_prepare_cancellation(company)
        return res

    def _dms_prepare_cancellation(self, company):
        """Earnest money kept, or paid double, is no revenue and bears no VAT."""
        charts = self.with_company(company)
        for xmlid, names in NON_OPERATING.items():
            # the chart of a store is set up whoever opens it
            product = self.env.ref(xmlid).sudo().with_company(company)
            product.taxes_id -= product.taxes_id._filter_taxes_by_company(company)
            accounts = [charts.ref(name, False) for name in names]
            if account := next(filter(None, accounts), None):
                product.property_account_income_id = account

    def _dms_prepare_desk(self, company):
        """What is passed on waits on an account for it; the rest bears its VAT."""
        products = self.env["product.template"].sudo().with_company(company)
        for product in products.search([("dms_block", "not in", (False, "car"))]):
            if product.dms_is_passed_on:
                self._dms_pass_on(product, company)
            else:
                self._dms_tax(product, company)

    def _dms_pass_on(self, product, company):
        product.taxes_id -= product.taxes_id._filter_taxes_by_company(company)
        account = self.with_company(company).ref(OTHER_PAYABLES, False)
        if account and not product.property_account_income_id:
            product.property_account_income_id = account

    def _dms_tax(self, product, company):
        rate = SERVICE_VAT if product.dms_block in SERVICES else GOODS_VAT
        tax = self.with_company(company).ref(rate, False)
        if tax:
            product.taxes_id -= product.taxes_id._filter_taxes_by_company(company)
            product.taxes_id += tax
