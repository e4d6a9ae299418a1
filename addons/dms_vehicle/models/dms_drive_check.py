from odoo import api, fields, models
from odoo.exceptions import UserError

from .dms_drive_states import CHECKS
from .dms_gate_check import MOST_PHOTOS


class DmsDriveCheck(models.Model):
    """How a car looked when it was handed over or came back; never changed."""

    _name = "dms.drive.check"
    _description = "Hand-Over of a Drive"
    _inherit = ["dms.append.only", "dms.store.mixin"]
    _order = "id"

    drive_id = fields.Many2one(
        "dms.drive", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(default=None, ondelete="restrict")
    vehicle_id = fields.Many2one(related="drive_id.vehicle_id")
    kind = fields.Selection(CHECKS, required=True)
    at = fields.Datetime("When", required=True)
    user_id = fields.Many2one(
        "res.users", "Recorded by", required=True, ondelete="restrict"
    )
    odometer_km = fields.Integer("Odometer (km)")
    energy_percent = fields.Integer("Fuel or Charge (%)")
    damage = fields.Text("Damage Noted")
    photo_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        "Photos",
        domain=[("res_model", "=", "dms.drive.check")],
        readonly=True,
    )

    _once = models.UniqueIndex("(drive_id, kind)", "This was recorded already.")
    _energy = models.Constraint(
        "CHECK (COALESCE(energy_percent, 0) BETWEEN 0 AND 100)",
        "Fuel or charge is between 0 and 100 %.",
    )

    @api.depends("drive_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for check in self:
            check.display_name = f"{check.drive_id.name} · {kinds.get(check.kind)}"

    def _attach(self, photos):
        """Keep pictures (base64) with the check, smaller and without their place."""
        if len(photos) > MOST_PHOTOS:
            raise UserError(
                self.env._("At most %(count)s photos per check.", count=MOST_PHOTOS)
            )
        read = self.env["dms.gate.check"]._picture
        self.env["ir.attachment"].create(
            [
                {
                    "name": f"{self.kind}-{number}.jpg",
                    "raw": read(photo),
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for number, photo in enumerate(photos, start=1)
            ]
        )
