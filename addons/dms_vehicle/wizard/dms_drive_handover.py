import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.dms_drive_states import CHECKS


class DmsDriveHandover(models.TransientModel):
    """Reading, fuel, damage, photos and keys, when a car goes out or comes back."""

    _name = "dms.drive.handover"
    _description = "Hand a Car Over or Take It Back"

    drive_id = fields.Many2one("dms.drive", required=True, ondelete="cascade")
    kind = fields.Selection(CHECKS, required=True, default="out")
    vehicle_id = fields.Many2one(related="drive_id.vehicle_id")
    last_km = fields.Integer("Last Reading", related="vehicle_id.odometer_km")
    odometer_km = fields.Integer("Odometer (km)", required=True)
    energy_percent = fields.Integer("Fuel or Charge (%)")
    damage = fields.Text("Damage Seen", help="Empty: none but what is known.")
    photo_ids = fields.Many2many("ir.attachment", string="Photos")
    key_ids = fields.Many2many(
        "dms.key.item",
        string="Keys and Plates",
        compute="_compute_key_ids",
        store=True,
        readonly=False,
        domain="['|', ('vehicle_id', '=', vehicle_id), ('vehicle_id', '=', False),"
        " ('state', '=', 'cabinet')]",
        help="What the driver gets; it comes back with the car.",
    )

    @api.depends("drive_id", "kind")
    def _compute_key_ids(self):
        for wizard in self:
            if wizard.kind == "back":
                wizard.key_ids = wizard.drive_id.key_ids
                continue
            wizard.key_ids = self.env["dms.key.item"].search(
                [
                    ("vehicle_id", "=", wizard.drive_id.vehicle_id.id),
                    ("kind", "=", "key1"),
                    ("state", "=", "cabinet"),
                ],
                limit=1,
            )

    def action_apply(self):
        self.ensure_one()
        if not self.odometer_km:
            raise UserError(self.env._("Type what the odometer shows."))
        reading = {
            "odometer_km": self.odometer_km,
            "energy_percent": self.energy_percent,
            "damage": self.damage,
            "photos": [
                base64.b64encode(photo.raw).decode() for photo in self.photo_ids
            ],
        }
        if self.kind == "out":
            self.drive_id.hand_out(**reading, keys=self.key_ids)
        else:
            self.drive_id.bring_back(**reading)
        return {"type": "ir.actions.act_window_close"}
