from psycopg2 import errors

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .log_common import LogCommon, append, record

TABLES = (
    "dms_log_entry",
    "dms_log_leaf",
    "dms_log_tile",
    "dms_log_checkpoint",
    "dms_log_endorsement",
)


@tagged("post_install", "-at_install")
class TestLogAppendOnly(LogCommon):
    """Recorded rows stay, whoever asks PostgreSQL to change them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        append(cls.env, cls.store_a1, 260)
        record(cls.env)
        checkpoint = cls.env["dms.log.checkpoint"]._latest()
        cls.env["dms.log.endorsement"].create(
            {
                "checkpoint_id": checkpoint.id,
                "kind": "witness",
                "name": "W",
                "at": "2026-01-01",
            }
        )
        cls.env.flush_all()

    def assertRefused(self, query, *args):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(errors.RestrictViolation, "append-only"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(SQL(query, *args))

    def test_every_table_refuses_update(self):
        for table in TABLES:
            with self.subTest(table=table):
                self.assertRefused("UPDATE %s SET id = id", SQL.identifier(table))

    def test_every_table_refuses_delete(self):
        for table in TABLES:
            with self.subTest(table=table):
                self.assertRefused("DELETE FROM %s", SQL.identifier(table))

    def test_every_table_refuses_truncate(self):
        for table in TABLES:
            with self.subTest(table=table):
                self.assertRefused("TRUNCATE %s CASCADE", SQL.identifier(table))

    def test_replication_mode_is_no_way_round(self):
        self.env.cr.execute("SHOW is_superuser")
        if self.env.cr.fetchone()[0] == "on":
            self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self.assertRefused("DELETE FROM dms_log_entry")

    def test_sql_in_a_server_action_is_refused(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Tidy up",
                "model_id": self.env["ir.model"]._get_id("dms.log.entry"),
                "state": "code",
                "code": "env.cr.execute(\"UPDATE dms_log_entry SET body = '{}'\")",
            }
        )
        with (
            mute_logger("odoo.sql_db"),
            # the sandbox of server actions wraps what happens in it
            self.assertRaisesRegex(ValueError, "RestrictViolation"),
            self.env.cr.savepoint(),
        ):
            action.run()

    def test_the_orm_refuses_in_words(self):
        for model in ("dms.log.entry", "dms.log.leaf", "dms.log.checkpoint"):
            record = self.env[model].search([], limit=1)
            with self.subTest(model=model):
                with self.assertRaisesRegex(UserError, "cannot be changed"):
                    record.write({"id": record.id})
                with self.assertRaisesRegex(UserError, "cannot be deleted"):
                    record.unlink()

    def test_every_kind_of_row_was_there_to_refuse(self):
        for table in TABLES:
            query = SQL("SELECT count(*) FROM %s", SQL.identifier(table))
            self.assertTrue(self.env.execute_query(query)[0][0], table)
