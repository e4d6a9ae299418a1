import hashlib
import hmac
import secrets

from odoo import api, fields, models
from odoo.tools import SQL

SALT_BYTES = 32


class DmsPseudonym(models.Model):
    """What the log calls a person in the life of one thing, for a car its VIN.

    HMAC-SHA256 under a random salt, one for each person and subject: nobody can tell
    from the log that two cars have one owner. Without the salt the value means nothing
    and can never be computed again; see ``res.partner.action_dms_forget``.
    """

    _name = "dms.pseudonym"
    _description = "Name of a Person in the Log"
    _rec_name = "subject"
    _log_access = False
    _dms_audit = False  # the audit would remember what has to be forgotten

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    subject = fields.Char(required=True)
    salt = fields.Char(required=True, groups=fields.NO_ACCESS)
    value = fields.Char(required=True, groups=fields.NO_ACCESS)

    _subject_uniq = models.UniqueIndex(
        "(partner_id, subject)", "A person has one name for each subject."
    )

    @api.model
    def _values_of(self, pairs):
        """Return the pseudonyms of persons, made on first use.

        Two statements at most, however many pairs.

        :param pairs: iterable of (id of a partner, subject)
        :return: dict of pair to 64 hexadecimal digits
        """
        wanted = set(pairs)
        found = self._found(wanted)
        missing = sorted(wanted - found.keys())
        return found | self._make(missing)

    def _found(self, pairs):
        if not pairs:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, subject, value FROM dms_pseudonym"
                " WHERE (partner_id, subject) IN %s",
                tuple(pairs),
            )
        )
        return {(partner, subject): value for partner, subject, value in rows}

    def _make(self, pairs):
        rows = [(*pair, salt, _value(salt, *pair)) for pair, salt in _salted(pairs)]
        if rows:
            # Of two transactions that name one person, Odoo retries the second.
            self.env.execute_query(
                SQL(
                    "INSERT INTO dms_pseudonym (partner_id, subject, salt, value)"
                    " VALUES %s ON CONFLICT (partner_id, subject) DO NOTHING"
                    " RETURNING id",
                    SQL(", ").join(rows),
                )
            )
        return {(partner, subject): value for partner, subject, _salt, value in rows}


def _salted(pairs):
    return [(pair, secrets.token_hex(SALT_BYTES)) for pair in pairs]


def _value(salt, partner_id, subject):
    message = f"dms.pseudonym/1\n{partner_id}\n{subject}".encode()
    return hmac.new(bytes.fromhex(salt), message, hashlib.sha256).hexdigest()
