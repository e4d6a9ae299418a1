from odoo import api, fields, models

NAMES = (
    "detour_factor",
    "road_speed",
    "tiles_url",
    "tiles_attribution",
    "tiles_datum",
)


class DmsRoutingSettings(models.TransientModel):
    """By which a group admin, who may not write his dealer group, sets its map."""

    _name = "dms.routing.settings"
    _description = "Map and Distances"

    dms_group_id = fields.Many2one(
        "dms.group",
        "Dealer group",
        required=True,
        readonly=True,
        default=lambda self: self._default_dms_group_id(),
    )
    detour_factor = fields.Float(digits=(4, 2), required=True)
    road_speed = fields.Integer("Average Speed (km/h)", required=True)
    tiles_url = fields.Char("Map Tiles")
    tiles_attribution = fields.Char("Source of the Tiles")
    tiles_datum = fields.Selection(
        selection=lambda self: self.env["dms.group"]._selection_datum(),
        string="Coordinates of the Tiles",
        required=True,
    )

    @api.model
    def _default_dms_group_id(self):
        groups = self.env.user._dms_managed_groups()
        return (self.env.company.dms_group_id & groups) or groups[:1]

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        group = self.env["dms.group"].browse(values.get("dms_group_id"))
        known = {name: group[name] for name in NAMES if name in fields}
        return values | known

    def action_apply(self):
        """Write the settings on the dealer group, on behalf of the current user.

        :raise AccessError: if the current user does not manage the group
        """
        self.ensure_one()
        self.env.user._dms_check_manages_groups(self.dms_group_id)
        group = self.dms_group_id.with_env(self.env.user._dms_service().env)
        group.write({name: self[name] for name in NAMES})
        self.env["dms.store.distance"]._refresh(group)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
