from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies.filtered("dms_group_id")._dms_value_cars_one_by_one()
        return companies

    def write(self, vals):
        joining = self.filtered(lambda company: not company.dms_group_id)
        res = super().write(vals)
        if vals.get("dms_group_id"):
            joining._dms_value_cars_one_by_one()
        return res

    def _dms_value_cars_one_by_one(self):
        """Each car carries its own cost, posted when it is billed and invoiced.

        With FIFO, Odoo takes the cost of a delivery from the serial numbers that
        left; with the average method it would take the product's average instead.
        """
        self.write({"inventory_valuation": "real_time", "cost_method": "fifo"})
        category = self.env.ref("dms_vehicle.product_category_vehicles", False)
        for company in self if category else []:
            category.with_company(company)._dms_use_perpetual_fifo()
