from odoo import api, fields, models
from odoo.fields import Command


class DmsStoreDetails(models.AbstractModel):
    """What a group admin says about a store, under the names of res.company."""

    _name = "dms.store.details"
    _description = "Store Details"

    company_id = fields.Many2one("res.company", string="Store", readonly=True)
    dms_store_kind = fields.Selection(
        selection=lambda self: self._selection_store_kind(),
        string="Kind of store",
        required=True,
    )
    dms_store_code = fields.Char(
        string="Store code",
        required=True,
        help="Short code of the store, unique in its dealer group.",
    )
    dms_brand_ids = fields.Many2many(
        "dms.brand",
        string="Brands authorised",
    )
    dms_region_id = fields.Many2one(
        "dms.region",
        string="Sales region",
    )
    dms_latitude = fields.Float(
        string="Latitude",
        digits=(10, 7),
        help="WGS-84, in degrees, north is positive.",
    )
    dms_longitude = fields.Float(
        string="Longitude",
        digits=(10, 7),
        help="WGS-84, in degrees, east is positive.",
    )
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
    def _selection_store_kind(self):
        kind = self.env["res.company"]._fields["dms_store_kind"]
        return kind._description_selection(self.env)

    @api.model
    def _detail_fields(self):
        """Return the names shared with res.company."""
        return [
            "dms_store_kind",
            "dms_store_code",
            "dms_brand_ids",
            "dms_region_id",
            "dms_latitude",
            "dms_longitude",
            "street",
            "city",
            "zip",
            "state_id",
            "phone",
            "email",
        ]

    def _prepare_details(self):
        """Return the values to write on the store."""
        vals = {name: self[name] for name in self._detail_fields()}
        return vals | {
            "dms_brand_ids": [Command.set(self.dms_brand_ids.ids)],
            "dms_region_id": self.dms_region_id.id,
            "state_id": self.state_id.id,
        }
