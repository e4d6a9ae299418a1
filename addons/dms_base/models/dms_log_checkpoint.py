from base64 import b64decode

from odoo import api, fields, models

from ..merkle import Checkpoint, notes
from ..merkle.entries import decode_hash, encode_base64


class DmsLogCheckpoint(models.Model):
    """What the log said it was, signed."""

    _name = "dms.log.checkpoint"
    _description = "Checkpoint of the Log"
    _inherit = ["dms.append.only"]
    _order = "id desc"
    _rec_name = "size"
    _log_access = False

    origin = fields.Char("Log", required=True)
    size = fields.Integer("Entries", required=True)
    root = fields.Char(
        "Root hash", required=True, help="One hash over all entries, in base64."
    )
    note = fields.Text(
        "Signed note",
        required=True,
        help="Keep this text: it proves later that nothing was changed since.",
    )
    key_id = fields.Many2one("dms.log.key", "Key", required=True, ondelete="restrict")
    at = fields.Datetime("Time", required=True)
    endorsement_ids = fields.One2many(
        "dms.log.endorsement", "checkpoint_id", string="Confirmed by"
    )
    published_note = fields.Text(
        "Signed note with witnesses", compute="_compute_published_note"
    )

    _size_uniq = models.UniqueIndex(
        "(origin, size)", "The log has one checkpoint of each size."
    )

    @api.depends("endorsement_ids")
    def _compute_published_note(self):
        for checkpoint in self:
            lines = checkpoint.endorsement_ids.filtered("line").mapped("line")
            checkpoint.published_note = checkpoint.note + "".join(lines)

    @api.model
    def _latest(self):
        """Return the last checkpoint, none if nothing was ever recorded."""
        return self.search([], limit=1)

    @api.model
    def _sign(self, keys, size, root):
        """Sign the tree of ``size`` leaves below ``root``.

        :param keys: dms.log.key records of one log, whose private keys are here; two
            of them while one takes over from the other
        """
        text = Checkpoint(keys[0].origin, size, root).text
        lines = [key._private().sign(text) for key in keys]
        return self.create(
            {
                "origin": keys[0].origin,
                "size": size,
                "root": encode_base64(root),
                "note": notes.write(text, lines),
                "key_id": keys[-1].id,
                "at": fields.Datetime.now(),
            }
        )

    def _root(self):
        """Return the root hash as 32 bytes."""
        self.ensure_one()
        return decode_hash(self.root)

    def _timestamps(self):
        """Return the answers of timestamp authorities about this checkpoint, in DER."""
        tokens = self.endorsement_ids.filtered("token").mapped("token")
        return [b64decode(token) for token in tokens]

    def _add_cosignatures(self, lines):
        """Keep what witnesses signed under this checkpoint.

        :param str lines: signature lines, as a witness answers ``add-checkpoint``
        :return: the new dms.log.endorsement records; lines of unknown witnesses and
            those known already are passed over
        :raise NoteError: if it is not signature lines, or a known witness did not sign
        """
        self.ensure_one()
        text = notes.parse(self.note).text
        signatures = notes.parse(notes.write(text, [lines])).signatures
        witnesses = self.env["dms.log.witness"].search([])
        known = set(self.endorsement_ids.mapped("line"))
        added = []
        for witness, signature in witnesses._pair(signatures):
            time = witness._check(text, signature)
            line = notes.signature_line(witness._public(), signature.blob)
            if line not in known:
                added.append(witness._prepare_endorsement(self, line, time))
        return self.env["dms.log.endorsement"].create(added)
