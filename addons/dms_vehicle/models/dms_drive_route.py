from odoo import api, fields, models


class DmsDriveRoute(models.Model):
    """A way that test drives take: what a customer shall feel on it, and how long."""

    _name = "dms.drive.route"
    _description = "Test Drive Route"
    _inherit = ["dms.store.mixin"]
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    km = fields.Float("Length (km)", digits=(6, 1))
    minutes = fields.Integer("Duration (minutes)")
    note = fields.Text("What to Show", help="Bends, slopes, where assistants may help.")
    point_ids = fields.One2many(
        "dms.drive.route.point", "route_id", "Points of the Way"
    )
    line = fields.Json("Line on the Map", compute="_compute_line")
    active = fields.Boolean(default=True)

    _positive = models.Constraint(
        "CHECK (COALESCE(km, 0) >= 0 AND COALESCE(minutes, 0) >= 0)",
        "Length and duration are not negative.",
    )

    @api.depends("point_ids.latitude", "point_ids.longitude", "point_ids.sequence")
    def _compute_line(self):
        for route in self:
            points = route.point_ids.sorted(lambda point: (point.sequence, point.id))
            route.line = [
                {
                    "name": point.name,
                    "latitude": point.latitude,
                    "longitude": point.longitude,
                }
                for point in points
            ]


class DmsDriveRoutePoint(models.Model):
    """Where a route turns, or where there is something to show."""

    _name = "dms.drive.route.point"
    _description = "Point of a Route"
    _order = "sequence, id"

    route_id = fields.Many2one(
        "dms.drive.route", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="route_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Place", required=True)
    latitude = fields.Float(digits=(10, 7), help="WGS-84, in degrees.")
    longitude = fields.Float(digits=(10, 7), help="WGS-84, in degrees.")

    _on_earth = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "Latitude is between -90 and 90, longitude between -180 and 180 degrees.",
    )
