import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .. import sealed

_logger = logging.getLogger(__name__)

# Longer than any transaction that still writes tokens under the key of before.
GRACE = timedelta(days=1)


class DmsSealedIndex(models.AbstractModel):
    """Replacing the index key: every token is made again, and searches go on.

    A token begins with the tag of its key. As long as an index key is being replaced,
    values are searched for under it, too.
    """

    _name = "dms.sealed.index"
    _description = "Search Tokens of Encrypted Fields"

    @api.model
    def _cron_reindex(self, batch_size=500):
        """Make the tokens again that are not those of the index key in use.

        Every batch is committed: whenever this stops, it goes on where it was. What
        cannot be opened is logged and keeps its token.

        :return: number of tokens made again
        """
        if not self._keys_being_replaced():
            return 0
        tag, columns = self._index_tag(), self._blind_fields()
        remaining = sum(self._count_old_tokens(field, tag) for field in columns)
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        done = sum(self._reindex_field(field, tag, batch_size) for field in columns)
        self._retire_for_good(tag, columns)
        return done

    def _keys_being_replaced(self):
        retired = [("purpose", "=", "index"), ("state", "=", "retired")]
        return self._all_keys().search(retired)

    def _all_keys(self):
        # a job of the server, whoever starts it
        return self.env["dms.sealed.key"].sudo()

    def _index_tag(self):
        current = [("purpose", "=", "index"), ("state", "=", "active")]
        return sealed.tag_of(bytes.fromhex(self._all_keys().search(current).key_id))

    def _blind_fields(self):
        return [field for field in self._all_keys()._encrypted_fields() if field.blind]

    def _retire_for_good(self, tag, columns):
        """Search under the old keys no longer, if nothing is left of them."""
        old = self._keys_being_replaced()
        old = old.filtered(lambda key: key.write_date < fields.Datetime.now() - GRACE)
        if old and not any(self._count_old_tokens(field, tag) for field in columns):
            old.state = "spent"
            old._changed()

    def _reindex_field(self, field, tag, batch_size):
        """Work through one field in the order of the ids."""
        done, last_id = 0, 0
        while rows := self._old_tokens(field, tag, last_id, batch_size):
            last_id = rows[-1][0]
            done += self._reindex_rows(field, rows)
            if not self.env["ir.cron"]._commit_progress(len(rows)):
                break
        return done

    def _reindex_rows(self, field, rows):
        records = self.env[field.model_name].sudo().browse([row[0] for row in rows])
        made = [
            (record.id, old, new)
            for record, (_id, envelope, old) in zip(records, rows, strict=True)
            if (new := self._reindexed(field, record, envelope))
        ]
        if made:
            self._all_keys()._replace(field.model_name, field.token_name, made)
            records.invalidate_recordset([field.token_name])
        return len(made)

    def _reindexed(self, field, record, envelope):
        masked = field._opened(envelope or "", record, self._all_keys()._keys())
        try:
            return field._token(masked, record)
        except UserError:
            _logger.warning("%s of %s cannot be opened", field, record)
            return None

    def _old_tokens(self, field, tag, last_id, limit):
        return self.env.execute_query(
            SQL(
                "SELECT id, %s, %s %s AND id > %s ORDER BY id LIMIT %s",
                SQL.identifier(field.name),
                SQL.identifier(field.token_name),
                self._from_old_tokens(field, tag),
                last_id,
                limit,
            )
        )

    def _count_old_tokens(self, field, tag):
        query = SQL("SELECT count(*) %s", self._from_old_tokens(field, tag))
        return self.env.execute_query(query)[0][0]

    def _from_old_tokens(self, field, tag):
        return SQL(
            "FROM %(table)s WHERE left(%(token)s, %(length)s) <> %(tag)s",
            table=SQL.identifier(self.env[field.model_name]._table),
            token=SQL.identifier(field.token_name),
            length=sealed.TAG_LENGTH,
            tag=tag,
        )
