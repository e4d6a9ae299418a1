from odoo import api, fields, models

KINDS = [
    ("compulsory", "Compulsory Traffic Insurance"),
    ("commercial", "Commercial Car Insurance"),
]
PRODUCTS = {
    "compulsory": "dms_sales.product_compulsory_insurance",
    "commercial": "dms_sales.product_commercial_insurance",
}


class DmsInsurancePolicy(models.Model):
    """One policy of a car sold, with an insurer that the customer chose."""

    _name = "dms.insurance.policy"
    _description = "Insurance Policy"
    _inherit = ["dms.store.mixin", "mail.thread"]
    _order = "date_from desc, id desc"
    _rec_name = "number"

    deal_id = fields.Many2one(
        "dms.deal", required=True, index=True, ondelete="restrict", check_company=True
    )
    partner_id = fields.Many2one(related="deal_id.partner_id", store=True)
    vehicle_id = fields.Many2one(
        related="deal_id.vehicle_id", store=True, index="btree_not_null"
    )
    kind = fields.Selection(KINDS, required=True, default="compulsory")
    insurer_id = fields.Many2one("res.partner", required=True)
    number = fields.Char("Policy No.", required=True, copy=False, index=True)
    date_from = fields.Date(
        "From", required=True, default=lambda self: fields.Date.context_today(self)
    )
    date_to = fields.Date(
        "Until",
        required=True,
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
        help="The last day that is insured.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    premium = fields.Monetary(
        compute="_compute_premium", store=True, readonly=False, precompute=True
    )
    vehicle_tax = fields.Monetary(
        "Vehicle and Vessel Tax", help="Collected by the insurer with the policy."
    )
    is_passed_on = fields.Boolean(
        "Paid through the Store",
        default=True,
        help="The store collects the premium for the insurer. Else the customer has"
        " paid the insurer.",
    )

    _number_uniq = models.UniqueIndex(
        "(company_id, insurer_id, number)", "This policy is entered already."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A policy ends after it begins."
    )
    _not_negative = models.Constraint(
        "CHECK (COALESCE(premium, 0) >= 0 AND COALESCE(vehicle_tax, 0) >= 0)",
        "Premium and tax are not negative.",
    )

    @api.depends("date_from")
    def _compute_date_to(self):
        for policy in self:
            end = policy.date_from and fields.Date.add(policy.date_from, years=1)
            policy.date_to = end and fields.Date.add(end, days=-1)

    @api.depends("kind", "deal_id")
    def _compute_premium(self):
        """What the sheet of the deal says the customer pays for it."""
        for policy in self:
            sold = policy._dms_sold()
            policy.premium = sum(sold.mapped("price_total")) or policy.premium

    def _dms_sold(self):
        product = self.env.ref(PRODUCTS[self.kind or "compulsory"])
        # who enters policies need not read orders
        lines = self.deal_id.sudo()._dms_lines()
        return lines.filtered(lambda line: line.product_template_id == product)

    @api.depends("number", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            one.display_name = f"{kinds.get(one.kind, '')} {one.number or ''}".strip()


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    policy_ids = fields.One2many("dms.insurance.policy", "deal_id", "Policies")
