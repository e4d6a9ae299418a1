from odoo import api, fields, models


class DmsTransferLine(models.Model):
    """How many keys went with a car, for both stores; not where they hang there."""

    _name = "dms.transfer.line"
    _inherit = ["dms.transfer.line"]

    # neither store may read the keys of the other
    keys_sent = fields.Integer(compute="_compute_keys", compute_sudo=True)
    keys_taken_in = fields.Integer(compute="_compute_keys", compute_sudo=True)
    keys_missing = fields.Integer(compute="_compute_keys", compute_sudo=True)

    @api.depends("stage")
    def _compute_keys(self):
        sent = self._dms_sent_keys().grouped("vehicle_id")
        for line in self:
            keys = sent.get(line.vehicle_id) or line.env["dms.key.item"]
            found = keys.mapped("arrival")
            line.keys_sent = len(keys)
            line.keys_taken_in = found.count("arrived")
            line.keys_missing = found.count("missing")

    def _dms_sent_keys(self):
        """:return: what left with the deliveries of these lines and is not back"""
        moves = self.env["dms.key.move"].search(
            [
                ("step", "=", "hand_over"),
                ("picking_id", "in", self.sale_line_id.move_ids.picking_id.ids),
            ]
        )
        return moves.item_id.filtered(
            lambda key: key.move_ids.sorted("id")[-1:] in moves
        )


class DmsTransferRequest(models.Model):
    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    has_keys = fields.Boolean(compute="_compute_has_keys")

    @api.depends("line_ids.keys_sent")
    def _compute_has_keys(self):
        for request in self:
            request.has_keys = any(request.line_ids.mapped("keys_sent"))

    def action_view_keys(self):
        """Open what this store has, or had, of the keys of these cars."""
        self.ensure_one()
        self.check_access("read")
        # the cars may be gone; their keys are read as the user
        cars = self.sudo().line_ids.vehicle_id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_key_item_action"
        )
        return dict(action, domain=[("vehicle_id", "in", cars.ids)], context={})
