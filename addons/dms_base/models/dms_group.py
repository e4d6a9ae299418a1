from odoo import api, fields, models


class DmsGroup(models.Model):
    _name = "dms.group"
    _description = "Dealer Group"
    _order = "name, id"

    name = fields.Char(required=True)
    code = fields.Char(
        required=True,
        help="Short code of the dealer group, unique in the database.",
    )
    active = fields.Boolean(default=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Currency of the figures that add up the stores of the group.",
    )
    company_ids = fields.One2many("res.company", "dms_group_id", string="Stores")
    store_count = fields.Integer(
        string="Number of stores", compute="_compute_store_count"
    )

    _code_uniq = models.Constraint(
        "UNIQUE (code)",
        "Another dealer group already has this code.",
    )

    @api.depends("company_ids")
    def _compute_store_count(self):
        counts = self.env["res.company"]._read_group(
            [("dms_group_id", "in", self.ids)], ["dms_group_id"], ["__count"]
        )
        count_by_group = dict(counts)
        for group in self:
            group.store_count = count_by_group.get(group, 0)

    def action_view_stores(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_base.res_company_store_action"
        )
        return action | {
            "domain": [("dms_group_id", "=", self.id)],
            "context": {"default_dms_group_id": self.id},
        }
