from odoo import fields, models
from odoo.exceptions import UserError

from .chosen import chosen


class DmsKeyEnter(models.TransientModel):
    """Keys of many cars at once: what is entered already stays as it is."""

    _name = "dms.key.enter"
    _description = "Enter Keys"

    vehicle_ids = fields.Many2many(
        "dms.vehicle",
        string="Cars",
        required=True,
        default=lambda self: chosen(self.env, "dms.vehicle"),
    )
    key_count = fields.Selection(
        [("1", "One"), ("2", "Two")], "Keys per Car", required=True, default="2"
    )
    with_card = fields.Boolean("Card Key")
    with_folder = fields.Boolean("Document Folder")
    with_cable = fields.Boolean("Charging Cable")

    def action_apply(self):
        """Enter them and show the keys of these cars."""
        self.ensure_one()
        if not self.vehicle_ids:
            raise UserError(self.env._("Choose at least one car."))
        keys = self.env["dms.key.item"]
        keys._dms_make(self.vehicle_ids, self._kinds())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_key_item_action"
        )
        mine = [("vehicle_id", "in", self.vehicle_ids.ids)]
        return dict(action, domain=mine, context={})

    def _kinds(self):
        kinds = ["key1", "key2"][: int(self.key_count)]
        chosen_too = (
            (self.with_card, "card"),
            (self.with_folder, "folder"),
            (self.with_cable, "cable"),
        )
        return kinds + [kind for wanted, kind in chosen_too if wanted]
