from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    dms_vehicle_ids = fields.One2many("dms.vehicle", "owner_id", "Vehicles")
    dms_vehicle_count = fields.Integer(
        "Number of Vehicles", compute="_compute_dms_vehicle_count"
    )

    def _compute_dms_vehicle_count(self):
        counts = dict(
            self.env["dms.vehicle"]._read_group(
                [("owner_id", "in", self.ids)], ["owner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.dms_vehicle_count = counts.get(partner, 0)

    def action_dms_view_vehicles(self):
        self.ensure_one()
        return self.dms_vehicle_ids._open("dms.vehicle", self.dms_vehicle_ids)

    def _dms_has_login(self):
        """:return: whether somebody of this bank logs in here and so can co-sign"""
        self.ensure_one()
        # whether a bank has logins is asked by people who may not read users
        users = self.env["res.users"].sudo()
        return bool(
            users.search_count(
                [
                    ("share", "=", True),
                    (
                        "partner_id.commercial_partner_id",
                        "=",
                        self.commercial_partner_id.id,
                    ),
                ],
                limit=1,
            )
        )
