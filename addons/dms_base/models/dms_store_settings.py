from odoo import api, fields, models


class DmsStoreSettings(models.AbstractModel):
    """What is decided for each store.

    ``res.company`` keeps it, and the wizards that open and change stores inherit it
    through ``dms.store.details``: a field added here is in all of them.
    """

    _name = "dms.store.settings"
    _description = "Settings of a Store"

    dms_store_kind = fields.Selection(
        [
            ("4s", "4S store"),
            ("showroom", "City showroom"),
            ("service", "Service station"),
            ("used_car", "Used-car store"),
            ("parts_centre", "Parts centre"),
        ],
        string="Kind of store",
    )
    dms_store_code = fields.Char(
        string="Store code", help="Short code of the store, unique in its dealer group."
    )
    dms_brand_ids = fields.Many2many(
        "dms.brand",
        string="Brands authorised",
        help="Brands whose cars this store may sell or repair under warranty.",
    )
    dms_region_id = fields.Many2one("dms.region", string="Sales region")
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

    @api.model
    def _setting_fields(self):
        """Return the names of all settings, those of other addons too."""
        fields_ = self.env["dms.store.settings"]._fields.values()
        names = {field.name for field in fields_ if field.store}
        return sorted(names.difference(models.MAGIC_COLUMNS))
