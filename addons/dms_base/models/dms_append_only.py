from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

REFUSE = """
    CREATE OR REPLACE FUNCTION dms_refuse_change() RETURNS trigger AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation';
    END $$ LANGUAGE plpgsql
"""

WAIT = """
    CREATE OR REPLACE FUNCTION %(wait)s() RETURNS trigger AS $$
    BEGIN
        INSERT INTO %(queue)s (id) SELECT id FROM inserted;
        RETURN NULL;
    END $$ LANGUAGE plpgsql;
    DROP TRIGGER IF EXISTS %(wait)s ON %(table)s;
    CREATE TRIGGER %(wait)s AFTER INSERT ON %(table)s
        REFERENCING NEW TABLE AS inserted
        FOR EACH STATEMENT EXECUTE FUNCTION %(wait)s()
"""


class DmsAppendOnly(models.AbstractModel):
    """Rows that are added and never changed, whoever asks.

    PostgreSQL refuses UPDATE, DELETE and TRUNCATE, also to the role the server uses
    and in replication mode; so raw SQL in a server action fails like ``write`` does.
    Whoever may disable triggers can still change rows: proofs must show it.
    """

    _name = "dms.append.only"
    _description = "Append-only Records"
    _log_access = False
    _dms_audit = False  # nothing to note that is not here already
    _dms_happens = False  # True: rows come by ``_dms_insert`` alone, not by ``create``

    def init(self):
        result = super().init()
        if not self._abstract:
            self.env.cr.execute(REFUSE)
            self._dms_refuse_rows()
            self._dms_refuse("table", "BEFORE TRUNCATE", "FOR EACH STATEMENT")
        return result

    def _dms_refuse_rows(self):
        self._dms_refuse("row", "BEFORE UPDATE OR DELETE", "FOR EACH ROW")

    def _dms_refuse(self, suffix, moment, scope):
        table = SQL.identifier(self._table)
        trigger = SQL.identifier(f"{self._table}_refuse_{suffix}")
        self.env.cr.execute(
            SQL(
                "DROP TRIGGER IF EXISTS %(trigger)s ON %(table)s;"
                "CREATE TRIGGER %(trigger)s %(moment)s ON %(table)s %(scope)s"
                " EXECUTE FUNCTION dms_refuse_change();"
                "ALTER TABLE %(table)s ENABLE ALWAYS TRIGGER %(trigger)s",
                trigger=trigger,
                table=table,
                moment=SQL(moment),
                scope=SQL(scope),
            )
        )

    def _dms_wait_in(self, queue):
        """Let each inserted row wait in a queue, by whatever way it came.

        :param queue: name of a table whose column ``id`` takes that of the row
        """
        names = {
            "table": SQL.identifier(self._table),
            "wait": SQL.identifier(f"{self._table}_wait"),
            "queue": SQL.identifier(queue),
        }
        self.env.cr.execute(SQL(WAIT, **names))

    def _dms_insert(self, columns, rows):
        """Insert rows in one statement.

        :param columns: names
        :param rows: tuples of their values
        :return: the records, in the order of ``rows``
        """
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING id",
                SQL(self._table),
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(rows),
            )
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        if vals_list and self._dms_happens:
            raise UserError(self.env._("Only what happens is recorded here."))
        return super().create(vals_list)

    def write(self, vals):
        # An access error comes first: it tells an outsider nothing.
        self.check_access("write")
        if self:
            raise UserError(self.env._("What is recorded here cannot be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What is recorded here cannot be deleted."))
