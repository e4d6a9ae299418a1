from odoo import api, fields, models

ADDRESS = ["street", "city", "zip", "state_id", "phone", "email"]


class DmsStoreDetails(models.AbstractModel):
    """What a group admin says about a store, under the names of res.company."""

    _name = "dms.store.details"
    _description = "Store Details"
    _inherit = ["dms.store.settings"]

    company_id = fields.Many2one("res.company", string="Store", readonly=True)
    dms_store_kind = fields.Selection(required=True)
    dms_store_code = fields.Char(required=True)
    street = fields.Char()
    city = fields.Char()
    zip = fields.Char()
    state_id = fields.Many2one(
        "res.country.state",
        string="Province",
        domain="[('country_id', '=?', country_id)]",
    )
    phone = fields.Char()
    email = fields.Char()

    @api.model
    def _detail_fields(self):
        """Return the names shared with res.company."""
        return [*self._setting_fields(), *ADDRESS]

    def _prepare_details(self):
        """Return the values to write on the store."""
        return self._convert_to_write(
            {name: self[name] for name in self._detail_fields()}
        )
