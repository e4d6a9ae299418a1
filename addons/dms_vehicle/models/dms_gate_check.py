import base64

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import (
    binary_to_image,
    image_apply_opt,
    image_fix_orientation,
)

from .dms_gate_states import CHECKS

MOST_PHOTOS = 8
PHOTO_SIDE = 1920
QUALITY = 85
BROKEN = (UserError, OSError, ValueError, SyntaxError)
# a picture that would fill the memory of the server is none either
UNREADABLE = (*BROKEN, Image.DecompressionBombError)


class DmsGateCheck(models.Model):
    """What the guard saw when a car passed him; never changed afterwards."""

    _name = "dms.gate.check"
    _description = "Gate Check"
    _inherit = ["dms.append.only", "dms.store.mixin"]
    _order = "id desc"

    pass_id = fields.Many2one(
        "dms.gate.pass", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(default=None, ondelete="restrict")
    vin = fields.Char(related="pass_id.vin", string="VIN")
    plate = fields.Char(related="pass_id.plate")
    reason = fields.Selection(related="pass_id.reason")
    kind = fields.Selection(CHECKS, required=True)
    at = fields.Datetime("When", required=True)
    user_id = fields.Many2one("res.users", "Guard", required=True, ondelete="restrict")
    odometer_km = fields.Integer("Odometer (km)", help="0: not read.")
    fuel_percent = fields.Integer("Fuel or Charge (%)", help="0: not read.")
    damage = fields.Text("Damage Noted")
    photo_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        "Photos",
        domain=[("res_model", "=", "dms.gate.check")],
        readonly=True,
    )

    _once = models.UniqueIndex("(pass_id, kind)", "The guard has checked this already.")
    _company_idx = models.Index("(company_id, id DESC)")
    _fuel = models.Constraint(
        "CHECK (COALESCE(fuel_percent, 0) BETWEEN 0 AND 100)",
        "Fuel or charge is between 0 and 100 %.",
    )

    @api.depends("pass_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for check in self:
            check.display_name = f"{check.pass_id.name} · {kinds.get(check.kind)}"

    # Photos are taken with the check and never afterwards

    def _attach(self, photos):
        if len(photos) > MOST_PHOTOS:
            raise UserError(
                self.env._("At most %(count)s photos per check.", count=MOST_PHOTOS)
            )
        self.env["ir.attachment"].create(
            [
                {
                    "name": f"{self.kind}-{number}.jpg",
                    "raw": self._picture(photo),
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for number, photo in enumerate(photos, start=1)
            ]
        )

    def _picture(self, photo):
        """Return the picture, smaller and without what a phone writes into it.

        :raise UserError: if it is none
        """
        try:
            raw = base64.b64decode(photo, validate=True)
            picture = image_fix_orientation(binary_to_image(raw))
            picture.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
            return image_apply_opt(picture, "JPEG", quality=QUALITY)
        except UNREADABLE as error:
            raise UserError(self.env._("One of the photos is no picture.")) from error
