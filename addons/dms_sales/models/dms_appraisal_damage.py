from odoo import api, fields, models

from .dms_appraisal_words import DAMAGES, PANELS, SIZES


class DmsAppraisalRepair(models.Model):
    """What it usually costs to repair a damage; a store may have its own prices."""

    _name = "dms.appraisal.repair"
    _description = "Price of a Repair"
    _order = "kind, size, panel, id"
    _rec_name = "kind"

    company_id = fields.Many2one(
        "res.company", "Only in Store", index=True, help="Empty: in every store."
    )
    kind = fields.Selection(DAMAGES, "Damage", required=True)
    size = fields.Selection(SIZES, required=True)
    panel = fields.Selection(PANELS, help="Empty: wherever the damage is.")
    amount = fields.Float(
        "Price (CNY)", digits=(10, 2), required=True, help="Without VAT."
    )
    active = fields.Boolean(default=True)

    _not_negative = models.Constraint(
        "CHECK (amount >= 0)", "The price of a repair is not negative."
    )

    @api.model
    def _dms_prices(self, company):
        """:return: the prices that hold in a store, the most exact ones first"""
        rows = self.search([("company_id", "in", [company.id, False])])
        return rows.sorted(lambda row: (not row.panel, not row.company_id, row.id))


class DmsAppraisalDamage(models.Model):
    """One damage on one panel of an appraised car."""

    _name = "dms.appraisal.damage"
    _description = "Damage of an Appraised Car"
    _inherit = ["dms.store.mixin"]
    _order = "id"
    _rec_name = "panel"

    appraisal_id = fields.Many2one(
        "dms.appraisal", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="appraisal_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    panel = fields.Selection(PANELS, required=True)
    kind = fields.Selection(DAMAGES, "Damage", required=True, default="scratch")
    size = fields.Selection(SIZES, required=True, default="small")
    cost = fields.Monetary(
        "Repair",
        compute="_compute_cost",
        store=True,
        readonly=False,
        precompute=True,
        help="By the list of repairs, without VAT; change it where it costs more.",
    )
    note = fields.Char("Remark")

    _not_negative = models.Constraint(
        "CHECK (COALESCE(cost, 0) >= 0)", "The price of a repair is not negative."
    )

    @api.depends("panel", "kind", "size")
    def _compute_cost(self):
        prices = {}
        for line in self:
            store = line.company_id or line.appraisal_id.company_id or self.env.company
            if store not in prices:
                prices[store] = self.env["dms.appraisal.repair"]._dms_prices(store)
            line.cost = line._dms_price(prices[store])

    def _dms_price(self, rows):
        found = rows.filtered(
            lambda row: (
                (row.kind, row.size) == (self.kind, self.size)
                and row.panel in (False, self.panel)
            )
        )
        return found[:1].amount

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._dms_check_open()
        return lines

    def write(self, vals):
        self._dms_check_open()
        res = super().write(vals)
        if "appraisal_id" in vals:
            self._dms_check_open()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_only_before_valuation(self):
        self._dms_check_open()

    def _dms_check_open(self):
        if not self.env.su:
            self.appraisal_id._check_may_write({"damage_ids": True})
