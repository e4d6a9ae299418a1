import logging

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .. import keydir, sealed
from ..fields import Encrypted
from .dms_sealed_key import KEK_PREFIX

JOBS = {
    "data": "dms_base.ir_cron_dms_reseal",
    "index": "dms_base.ir_cron_dms_reindex",
}

_logger = logging.getLogger(__name__)


class DmsSealedKey(models.Model):
    """Replacing keys, and sealing again what the old ones sealed.

    Old keys go on opening, so nobody waits and nothing has to happen at once. See
    docs/encryption.md.
    """

    _inherit = "dms.sealed.key"

    def action_rotate(self):
        """Put a fresh key in the place of each key in use."""
        self.check_access("write")
        for key in self.sudo():
            key._rotate()
        # whoever may replace a key may have the work begin
        for purpose in set(self.mapped("purpose")):
            self.env.ref(JOBS[purpose]).sudo()._trigger()

    def _rotate(self):
        self.ensure_one()
        if self.state != "active":
            raise UserError(self.env._("Only a key in use is replaced."))
        self.state = "retired"
        self.flush_recordset(["state"])
        return self._make(self.purpose, [self.company_id.id])

    @api.model
    def action_rotate_kek(self):
        """Make a new key-encryption key and wrap all keys with it.

        :raise UserError: if a key cannot be opened; then all stay as they were
        """
        self.check_access("write")
        keys = self.sudo().search(Domain.TRUE)
        opened = [(key, key._unwrap()) for key in keys]
        if lost := [key.key_id for key, secret in opened if secret is None]:
            raise UserError(
                self.env._(
                    "These keys cannot be opened: %(keys)s. Restore the key folder "
                    "first.",
                    keys=", ".join(lost),
                )
            )
        name = self._next_kek()
        for key, secret in opened:
            wrapped = self._wrap(name, key.key_id, key.purpose, secret)
            key.write({"kek": name, "wrapped": wrapped})
        self._changed()

    def _next_kek(self):
        newest = keydir.names(KEK_PREFIX)[-1]
        return self._new_kek(int(newest.removeprefix(KEK_PREFIX)) + 1)

    # ------------------------------------------------------------
    # Sealing again
    # ------------------------------------------------------------

    @api.model
    def _cron_reseal(self, batch_size=500):
        """Seal again, under the keys in use, what retired keys sealed.

        Every batch is committed: whenever this stops, it goes on where it was. What
        cannot be opened is logged and left alone.

        :return: number of values sealed again
        """
        heads = self._retired_heads()
        fields = self._encrypted_fields() if heads else []
        remaining = sum(self._count_old(field, heads) for field in fields)
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        done = sum(self._reseal_field(field, heads, batch_size) for field in fields)
        return done + self.env["dms.sealed.file"]._dms_reseal_all()

    def _reseal_field(self, field, heads, batch_size):
        """Work through one field in the order of the ids."""
        done, last_id = 0, 0
        while rows := self._old_rows(field, heads, last_id, batch_size):
            last_id = rows[-1][0]
            done += self._reseal_rows(field, rows)
            if not self.env["ir.cron"]._commit_progress(len(rows)):
                break
        return done

    def _reseal_rows(self, field, rows):
        records = self.env[field.model_name].sudo().browse([row[0] for row in rows])
        field._fetch_company(records)
        sealed_again = [
            (record.id, old, new)
            for record, (_id, old) in zip(records, rows, strict=True)
            if (new := self._resealed(field, record, old))
        ]
        if sealed_again:
            self._replace(field.model_name, field.name, sealed_again)
            records.invalidate_recordset([field.name])
        return len(sealed_again)

    def _resealed(self, field, record, envelope):
        masked = field._opened(envelope, record, self._keys())
        try:
            return field._reseal(masked, record)
        except UserError:
            _logger.warning("%s of %s cannot be opened", field, record)
            return None

    def _replace(self, model_name, column, rows):
        """Put new values in place of the old ones, unless those changed meanwhile.

        Not by the ORM: for everybody else nothing changes, so nothing is to be
        tracked, stamped or noted.

        :param rows: (id, old, new)
        """
        self.env.execute_query(
            SQL(
                "UPDATE %(table)s SET %(column)s = fresh.new"
                " FROM (VALUES %(rows)s) AS fresh (id, old, new)"
                " WHERE %(table)s.id = fresh.id AND %(table)s.%(column)s = fresh.old"
                " RETURNING %(table)s.id",
                table=SQL.identifier(self.env[model_name]._table),
                column=SQL.identifier(column),
                rows=SQL(", ").join(rows),
            )
        )

    def _old_rows(self, field, heads, last_id, limit):
        return self.env.execute_query(
            SQL(
                "SELECT id, %(column)s FROM %(table)s"
                " WHERE id > %(last_id)s AND left(%(column)s, %(length)s) IN %(heads)s"
                " ORDER BY id LIMIT %(limit)s",
                column=SQL.identifier(field.name),
                table=SQL.identifier(self.env[field.model_name]._table),
                last_id=last_id,
                length=len(heads[0]),
                heads=tuple(heads),
                limit=limit,
            )
        )

    def _count_old(self, field, heads):
        rows = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM %s WHERE left(%s, %s) IN %s",
                SQL.identifier(self.env[field.model_name]._table),
                SQL.identifier(field.name),
                len(heads[0]),
                tuple(heads),
            )
        )
        return rows[0][0]

    def _retired_heads(self):
        keys = self.sudo().search([("purpose", "=", "data"), ("state", "=", "retired")])
        ids = [bytes.fromhex(key.key_id) for key in keys]
        return [head for key_id in ids for head in sealed.beginnings_of(key_id)]

    @api.model
    def _encrypted_fields(self):
        """Return all fields of all models that hold envelopes."""
        return [
            field
            for model in self.env.registry.values()
            if model._auto and not model._abstract
            for field in model._fields.values()
            if isinstance(field, Encrypted) and field.store
        ]
