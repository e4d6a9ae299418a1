from odoo import models

GOODS_ON_HAND = "l10n_cn_common_account_1405"


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _post_load_data(self, template_code, company, template_data):
        res = super()._post_load_data(template_code, company, template_data)
        if company.dms_group_id:
            self._dms_value_cars_as_goods(company)
        return res

    def _dms_value_cars_as_goods(self, company):
        """Chinese charts value stock as raw material, a dealer's stock is goods."""
        account = self.with_company(company).ref(GOODS_ON_HAND, False)
        if account:
            company.account_stock_valuation_id = account
            self.env["ir.default"].set(
                "product.category",
                "property_stock_valuation_account_id",
                account.id,
                company_id=company.id,
            )
