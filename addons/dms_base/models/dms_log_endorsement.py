from odoo import fields, models


class DmsLogEndorsement(models.Model):
    """What somebody outside says about a checkpoint: a witness or an authority."""

    _name = "dms.log.endorsement"
    _description = "Confirmation of a Checkpoint"
    _inherit = ["dms.append.only"]
    _order = "id"
    _rec_name = "name"
    _log_access = False

    checkpoint_id = fields.Many2one(
        "dms.log.checkpoint", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("witness", "Witness"), ("timestamp", "Timestamp authority")], required=True
    )
    name = fields.Char("Confirmed by", required=True)
    witness_id = fields.Many2one("dms.log.witness", ondelete="restrict")
    at = fields.Datetime("Time", required=True, help="As the other side states it.")
    line = fields.Text("Signature line")
    token = fields.Binary("Timestamp (RFC 3161)", attachment=False)

    _witness_uniq = models.UniqueIndex(
        "(checkpoint_id, witness_id) WHERE witness_id IS NOT NULL",
        "A witness confirms a checkpoint once.",
    )
