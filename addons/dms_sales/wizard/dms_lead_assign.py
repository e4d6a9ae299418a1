from odoo import api, fields, models


class DmsLeadAssign(models.TransientModel):
    """A manager gives leads to a consultant, with a reason."""

    _name = "dms.lead.assign"
    _description = "Give Leads to a Consultant"

    lead_ids = fields.Many2many("crm.lead", string="Leads", required=True)
    choice_ids = fields.Many2many(
        "res.users", compute="_compute_choice_ids", export_string_translation=False
    )
    user_id = fields.Many2one(
        "res.users",
        "Sales Consultant",
        required=True,
        domain="[('id', 'in', choice_ids)]",
    )
    reason = fields.Char(required=True, default=lambda self: self._default_reason())

    @api.model
    def _default_reason(self):
        return self.env._("The manager decided.")

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if self.env.context.get("active_model") == "crm.lead":
            defaults["lead_ids"] = [(6, 0, self.env.context.get("active_ids", []))]
        return defaults

    @api.depends("lead_ids")
    def _compute_choice_ids(self):
        for wizard in self:
            stores = wizard.lead_ids.company_id
            users = [store._dms_consultants() for store in stores]
            users = [*users, *(store._dms_sales_manager() for store in stores)]
            wizard.choice_ids = self.env["res.users"].union(*users)

    def action_apply(self):
        self.ensure_one()
        self.lead_ids.dms_reassign(self.user_id.id, self.reason)
        return {"type": "ir.actions.act_window_close"}
