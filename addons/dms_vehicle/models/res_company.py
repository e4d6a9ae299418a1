from odoo import api, fields, models

CERTIFICATE_DAYS = 7
WARN_DAYS = 60
LIMIT_DAYS = 90


class ResCompany(models.Model):
    _inherit = "res.company"

    dms_certificate_required = fields.Boolean(
        "Deliver Only with Certificate",
        help="No car leaves for its customer before its certificate lies, free of any "
        "pledge, in a safe of the store or with the customer.",
    )
    dms_certificate_days = fields.Integer(
        "Days for a Handover",
        default=CERTIFICATE_DAYS,
        help="A certificate that is on its way for longer is overdue.",
    )

    dms_age_warn_days = fields.Integer(
        "Ageing after (days)",
        default=WARN_DAYS,
        help="Cars that stand in stock for longer are shown in yellow.",
    )
    dms_age_limit_days = fields.Integer(
        "Old after (days)",
        default=LIMIT_DAYS,
        help="Cars that stand in stock for longer are shown in red.",
    )

    _dms_age_days_order = models.Constraint(
        "CHECK (dms_age_warn_days >= 0 AND dms_age_limit_days >= dms_age_warn_days)",
        "A car is ageing before it is old: the second number of days cannot be "
        "smaller.",
    )

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
