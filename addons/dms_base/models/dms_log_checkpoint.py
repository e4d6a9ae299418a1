from base64 import b64decode, b64encode

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

from .. import timestamp
from ..merkle import Checkpoint, NoteError, notes
from ..merkle.entries import decode_hash, encode_base64
from .timestamp_authority import PROVIDER


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
    key_id = fields.Many2one("dms.log.key", required=True, ondelete="restrict")
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
        """Keep what witnesses signed under this checkpoint, once for each of them.

        :param str lines: signature lines, as a witness answers ``add-checkpoint``
        :return: the dms.log.endorsement records of the witnesses who signed these
            lines; lines of unknown witnesses are passed over
        :raise NoteError: if it is not signature lines, or a known witness did not sign
        :raise ConcurrencyError: if the same came at the same moment; try again
        """
        self.ensure_one()
        text = notes.parse(self.note).text
        given = notes.parse(notes.write(text, [lines]))
        if given.text != text:
            raise NoteError("malformed", "signature lines alone are taken")
        signed = {
            witness: (signature, witness._check(text, signature))
            for witness, signature in self._witnesses()._pair(given.signatures)
        }
        known = self.endorsement_ids.filtered("witness_id")
        added = [
            witness._prepare_endorsement(self, *proof)
            for witness, proof in signed.items()
            if witness not in known.witness_id
        ]
        return self._endorse(added) | known.filtered(lambda e: e.witness_id in signed)

    def _witnesses(self):
        return self.env["dms.log.witness"].search(Domain.TRUE)

    def _endorse(self, vals_list):
        try:
            with self.env.cr.savepoint():
                return self.env["dms.log.endorsement"].create(vals_list)
        except psycopg2.errors.UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error

    @api.model
    def _cron_timestamp(self):
        """Have the last checkpoint stamped by each timestamp authority, once."""
        checkpoint = self._latest()
        # whose connector it is plays no part: the log is one for all stores
        connectors = self.env["dms.connector"].sudo()
        for connector in connectors.search(
            [("provider", "=", PROVIDER), ("state", "!=", "draft")]
        ):
            if checkpoint and not checkpoint._was_sent_to(connector):
                checkpoint._ask_for_timestamp(connector)

    def _was_sent_to(self, connector):
        messages = self.env["dms.outbox.message"].sudo()  # see above
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        mine = [("connector_id", "=", connector.id)]
        return messages.search_count([*domain, *mine], limit=1)

    def _ask_for_timestamp(self, connector):
        """Send a request through the outbox; the answer comes to ``_keep_timestamp``.

        :param connector: dms.connector record of a timestamp authority
        :return: the message
        """
        query = timestamp.query(self._text())
        payload = {"query": encode_base64(query)}
        return connector._dms_send("log.checkpoint", payload, record=self)

    def _keep_timestamp(self, answer, query, pem):
        """Check the answer of a timestamp authority and keep it.

        :param answer: TimeStampResp in DER
        :param query: the request it answers, in DER
        :param pem: certificates to trust, as bytes
        :return: the new dms.log.endorsement record
        :raise TimestampError: if it does not hold
        """
        self.ensure_one()
        trust = timestamp.Trust.from_pem(pem)
        stamp = timestamp.check_answer(answer, query, self._text(), trust)
        return self.env["dms.log.endorsement"].create(
            {
                "checkpoint_id": self.id,
                "kind": "timestamp",
                "name": stamp.authority,
                "at": stamp.at.replace(tzinfo=None),
                "token": b64encode(answer),
            }
        )

    def _text(self):
        """Return what is signed and stamped, as bytes."""
        self.ensure_one()
        return notes.parse(self.note).text.encode()
