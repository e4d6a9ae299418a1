from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import routing


class DmsGroup(models.Model):
    _inherit = "dms.group"

    detour_factor = fields.Float(
        digits=(4, 2),
        default=1.3,
        help="How much longer roads are than the straight line, where no router was "
        "asked. About 1.3 in China.",
    )
    road_speed = fields.Integer(
        "Average Speed (km/h)",
        default=60,
        help="From door to door, where no router was asked.",
    )
    tiles_url = fields.Char(
        "Map Tiles",
        help="Address of the background of the map, such as "
        "https://tiles.example/{z}/{x}/{y}.png. Browsers of your staff load it from "
        "there. Without one the map shows a grid of degrees and calls nobody.",
    )
    tiles_attribution = fields.Char(
        "Source of the Tiles",
        help="Shown on the map, as their owner wants it: © OpenStreetMap contributors.",
    )
    tiles_datum = fields.Selection(
        selection=lambda self: self._selection_datum(),
        string="Coordinates of the Tiles",
        required=True,
        default="wgs84",
        help="Tiles of Amap or Tencent are shifted: the map shifts the stores with "
        "them.",
    )

    _detour_range = models.Constraint(
        "CHECK (detour_factor BETWEEN 1 AND 3)",
        "The detour factor lies between 1 and 3.",
    )
    _speed_range = models.Constraint(
        "CHECK (road_speed BETWEEN 5 AND 130)",
        "The average speed lies between 5 and 130 km/h.",
    )

    @api.model
    def _selection_datum(self):
        names = {
            "wgs84": self.env._("WGS-84 (GPS, OpenStreetMap)"),
            "gcj02": self.env._("GCJ-02 (Amap, Tencent)"),
        }
        return list(names.items())

    @api.constrains("tiles_url")
    def _check_tiles_url(self):
        for group in self.filtered("tiles_url"):
            try:
                routing.check_template(group.tiles_url)
            except routing.TilesProblem as problem:
                raise ValidationError(group._tiles_message(problem)) from problem

    def _tiles_message(self, problem):
        example = "https://tiles.example/{z}/{x}/{y}.png"
        messages = {
            "address": self.env._(
                "The tiles need an address that begins with https, such as "
                "%(example)s.",
                example=example,
            ),
            "missing": self.env._(
                "The address of the tiles lacks %(names)s. It looks like %(example)s.",
                names=problem.names,
                example=example,
            ),
            "unknown": self.env._(
                "The address of the tiles has %(names)s, which nobody can fill in. It "
                "looks like %(example)s.",
                names=problem.names,
                example=example,
            ),
        }
        return messages[problem.code]

    def _dms_estimator(self):
        self.ensure_one()
        return routing.Estimator(self.detour_factor, self.road_speed)

    def _dms_tiles(self):
        """Return what a map needs to draw its background; no address: a grid."""
        self.ensure_one()
        return {"url": self.tiles_url or "", "source": self.tiles_attribution or ""}
