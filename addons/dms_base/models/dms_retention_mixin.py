import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

LEAST_DAYS = 7
BATCH = 10_000
# a row goes if the transaction names a later moment, and a young one never does
IS_KEPT = f"""
    FOR EACH ROW WHEN (OLD.%s >= LEAST(
        COALESCE(
            NULLIF(current_setting('dms.forget_before', true), '')::timestamp,
            '-infinity'
        ),
        (now() AT TIME ZONE 'UTC') - interval '{LEAST_DAYS} days'
    ))
"""
# a queue of rows: what was let go must not be walked over again every night
CLEAN_UP = "ALTER TABLE %s SET (autovacuum_vacuum_scale_factor = 0.02)"
NEXT = """
    SELECT max(id), bool_or(%(moment)s < %(horizon)s)
      FROM (
               SELECT id, %(moment)s FROM %(table)s
                WHERE id > %(after)s ORDER BY id LIMIT %(size)s
           ) oldest
"""
FORGET = """
    DELETE FROM %(table)s old
     WHERE id > %(after)s AND id <= %(until)s
       AND %(moment)s < %(horizon)s AND NOT (%(stays)s)
"""


class DmsRetentionMixin(models.AbstractModel):
    """Append-only rows that come by the thousand, and go after so many days.

    Ids follow the time, so the oldest rows stand at the low end of the primary key:
    they are found without an index of their own, which each insert would pay for.
    """

    _name = "dms.retention.mixin"
    _description = "Append-only Records Kept for a While"
    _inherit = ["dms.append.only"]
    _dms_dated_by = "at"  # a column, by which a row grows old
    _dms_keep_days = ("", 0)  # system parameter and its default; 0: for ever

    def init(self):
        result = super().init()
        if not self._abstract:
            self.env.cr.execute(SQL(CLEAN_UP, SQL.identifier(self._table)))
        return result

    def _dms_refuse_rows(self):
        self._dms_refuse("row", "BEFORE UPDATE", "FOR EACH ROW")
        self._dms_refuse("young", "BEFORE DELETE", IS_KEPT % self._dms_dated_by)

    @api.model
    def _dms_horizon(self):
        """:return: rows from before this moment go; None if all are kept"""
        name, default = self._dms_keep_days
        # a parameter of the system, for the rows of all stores
        text = self.env["ir.config_parameter"].sudo().get_param(name, default)
        try:
            days = int(text)
        except ValueError:
            _logger.error("%s is no number of days: all rows are kept", name)
            return None
        days = days and max(days, LEAST_DAYS)
        return fields.Datetime.now() - timedelta(days=days) if days > 0 else None

    @api.model
    def _dms_stays(self):
        """:return: SQL about a row ``old``: whether it stays, however old it is"""
        return SQL("FALSE")

    @api.model
    def _dms_before_forgetting(self, horizon):
        """Note what must be known of the rows once they are gone."""

    @api.model
    def _cron_forget(self, batch_size=BATCH):
        """Let go what is old, a batch in each transaction."""
        if not (horizon := self._dms_horizon()):
            return
        self._dms_before_forgetting(horizon)
        after, cron = 0, self.env["ir.cron"]
        while until := self._dms_next(after, horizon, batch_size):
            count = self._dms_forget(after, until, horizon)
            after = until
            # how many more there are, nobody counts
            if not cron._commit_progress(count, remaining=1):
                return
        cron._commit_progress(remaining=0)

    @api.model
    def _dms_next(self, after, horizon, size):
        """:return: the last id of the next batch, None if none of it is old"""
        query = SQL(NEXT, **self._dms_names(horizon), after=after, size=size)
        ((until, has_old),) = self.env.execute_query(query)
        return until if has_old else None

    @api.model
    def _dms_forget(self, after, until, horizon):
        """Delete what is old among the rows after an id up to another.

        :return: how many rows have gone
        """
        cr, names = self.env.cr, self._dms_names(horizon)
        stays = self._dms_stays()
        cr.execute("SELECT set_config('dms.forget_before', %s, true)", [str(horizon)])
        cr.execute(SQL(FORGET, **names, after=after, until=until, stays=stays))
        count = cr.rowcount
        cr.execute("SELECT set_config('dms.forget_before', '', true)")
        self.invalidate_model(flush=False)
        return count

    @api.model
    def _dms_names(self, horizon):
        return {
            "table": SQL.identifier(self._table),
            "moment": SQL.identifier(self._dms_dated_by),
            "horizon": horizon,
        }
