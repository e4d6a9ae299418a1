from datetime import datetime, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..merkle import NoteError, PublicKey, cosigned_at, notes
from ..merkle.notes import COSIGNATURE


class DmsLogWitness(models.Model):
    """Somebody outside who watches that the log only grows, and signs that it does."""

    _name = "dms.log.witness"
    _description = "Witness of the Log"
    _order = "name, id"

    name = fields.Char(required=True)
    vkey = fields.Char(
        "Public key",
        required=True,
        help="The witness's key for cosignatures, as the witness publishes it: "
        "name+id+key.",
    )
    active = fields.Boolean(default=True)

    _vkey_uniq = models.Constraint("UNIQUE (vkey)", "This witness is known already.")

    @api.constrains("vkey")
    def _check_vkey(self):
        for witness in self:
            try:
                is_witness = witness._public().kind == COSIGNATURE
            except NoteError:
                is_witness = False
            if not is_witness:
                raise ValidationError(
                    self.env._(
                        "%(key)s is not the key of a witness. Copy the whole text the "
                        "witness publishes, for example witness.example+1a2b3c4d+BA…",
                        key=witness.vkey,
                    )
                )

    def _public(self):
        self.ensure_one()
        return PublicKey.parse(self.vkey)

    def _pair(self, signatures):
        """Return (witness, signature) for each signature that names one of these."""
        return [
            (witness, signature)
            for witness in self
            for signature in signatures
            if signature.is_by(witness._public())
        ]

    def _check(self, text, signature):
        """Return when the witness signed, in seconds since 1970.

        :raise NoteError: ``signature_bad`` if it did not
        """
        time = cosigned_at(self._public(), text, signature)
        if time is None:
            raise NoteError(
                "signature_bad", f"{self.name} did not sign this checkpoint"
            )
        return time

    @api.ondelete(at_uninstall=False)
    def _unlink_except_who_signed(self):
        signed = [("witness_id", "in", self.ids)]
        if self.env["dms.log.endorsement"].search_count(signed, limit=1):
            raise UserError(
                self.env._("A witness that has signed is archived, not deleted.")
            )

    def _prepare_endorsement(self, checkpoint, signature, time):
        line = notes.signature_line(self._public(), signature.blob)
        return {
            "checkpoint_id": checkpoint.id,
            "kind": "witness",
            "name": self.name,
            "witness_id": self.id,
            "at": datetime.fromtimestamp(time, timezone.utc).replace(tzinfo=None),
            "line": line,
        }
