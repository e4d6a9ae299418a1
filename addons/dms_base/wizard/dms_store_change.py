from odoo import api, fields, models


class DmsStoreChange(models.TransientModel):
    _name = "dms.store.change"
    _description = "Change a Store"
    _inherit = ["dms.store.details"]

    company_id = fields.Many2one(required=True, ondelete="cascade")
    country_id = fields.Many2one(related="company_id.country_id")

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        known = self._take_over(defaults.get("company_id"))
        return defaults | {name: known[name] for name in known.keys() & set(fields)}

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [self._take_over(vals.get("company_id")) | vals for vals in vals_list]
        )

    @api.model
    def _take_over(self, company_id):
        """Return what the wizard starts with for this store."""
        store = self.env["res.company"].browse(company_id)
        if not store:
            return {}
        names = self._detail_fields()
        return store._convert_to_write({name: store[name] for name in names})

    def action_apply(self):
        """Write the details on the store, on behalf of the current user.

        :raise AccessError: if the current user does not manage the store
        """
        self.ensure_one()
        self.env.user._dms_check_manages_stores(self.company_id)
        store = self.company_id.with_env(self.env.user._dms_service().env)
        store.write(self._prepare_details())
        return {"type": "ir.actions.act_window_close"}
