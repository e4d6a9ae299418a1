from contextlib import contextmanager

from psycopg2 import OperationalError, errors

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from .common import DmsCommon
from .log_common import append

TABLES = ("leaf", "tile", "checkpoint", "entry")


@tagged("post_install", "-at_install")
class TestLogCommitted(TransactionCase):
    """Several connections at once, real commits, real failures.

    What the tests commit is taken away again with the triggers off.
    """

    def setUp(self):
        super().setUp()
        DmsCommon.use_own_key_folder.__func__(type(self))
        self.addCleanup(self._take_everything_away)

    @contextmanager
    def connection(self):
        """An environment on a connection of its own; commits at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def _take_everything_away(self):
        with self.connection() as env:
            env.cr.execute("DELETE FROM dms_log_waiting")
            for table in TABLES:
                name = SQL.identifier(f"dms_log_{table}")
                trigger = SQL.identifier(f"dms_log_{table}_refuse_row")
                query = "ALTER TABLE %s DISABLE TRIGGER %s; DELETE FROM %s"
                env.cr.execute(SQL(query, name, trigger, name))
                query = "ALTER TABLE %s ENABLE ALWAYS TRIGGER %s"
                env.cr.execute(SQL(query, name, trigger))
            env.cr.execute("DELETE FROM dms_log_key")

    def append(self, count=1, **vals):
        with self.connection() as env:
            append(env, env.company, count, **vals)

    def sequence(self, limit=1000):
        with self.connection() as env:
            return env["dms.log.sequencer"]._sequence(limit)

    def assertWhole(self, size):
        """The log has this many leaves, is proven, and nothing waits."""
        with self.connection() as env:
            self.assertEqual(env["dms.log"]._size(), size)
            self.assertEqual(env["dms.log"]._check_all(), [])
            self.assertEqual(env["dms.log.checkpoint"]._latest().size, size)
            self.assertEqual(env["dms.log.sequencer"]._count_waiting(), 0)

    def test_two_sequencers_do_not_meet(self):
        self.append(10)
        with self.connection() as first:
            self.assertEqual(first["dms.log.sequencer"]._sequence(4), 4)
            self.assertEqual(self.sequence(), 0)
        self.assertEqual(self.sequence(), 6)
        self.assertWhole(10)

    def test_a_sequencer_with_an_old_view_fails_and_doubles_nothing(self):
        self.append(10)
        with self.assertRaises(errors.SerializationFailure), mute_logger("odoo.sql_db"):
            with self.connection() as old:
                old.cr.execute("SELECT 1")  # its view of the database begins here
                self.assertEqual(self.sequence(), 10)
                old["dms.log.sequencer"]._sequence()
        self.assertWhole(10)

    def test_transactions_that_end_late_lose_no_entry(self):
        with self.connection() as slow:
            append(slow, slow.company, 2, kind="test.slow")
            self.append(3)
            self.assertEqual(self.sequence(), 3)
        self.assertEqual(self.sequence(), 2)
        self.assertWhole(5)

    def test_appending_waits_for_nobody(self):
        with self.connection() as first, self.connection() as second:
            append(first, first.company, subject="LZZ1")
            first["dms.log.sequencer"]._sequence()
            second.cr.execute("SET LOCAL lock_timeout = '2s'")
            append(second, second.company, subject="LZZ1")
        self.sequence()
        self.assertWhole(2)

    def test_a_session_killed_in_the_middle_of_a_batch(self):
        self.append(10)
        self.assertEqual(self.sequence(4), 4)
        with (
            self.assertRaises(OperationalError),
            mute_logger("odoo.sql_db"),
            self.connection() as victim,
        ):
            self.assertEqual(victim["dms.log.sequencer"]._sequence(4), 4)
            self._kill(victim)
            victim.cr.execute("SELECT 1")
        self.assertEqual(self.sequence(), 6)
        self.assertWhole(10)

    def test_a_process_killed_after_the_commit(self):
        """The database knows the batch, the file in the key folder does not."""
        self.append(10)
        with self.connection() as env:
            self.assertEqual(env["dms.log.sequencer"]._sequence(4), 4)
            env.cr.postcommit.clear()
        self.assertEqual(self.sequence(), 6)
        self.assertWhole(10)

    def test_a_full_disk_at_any_table_leaves_the_log_whole(self):
        self.append(300)
        for table in ("leaf", "tile", "checkpoint"):
            with self.subTest(table=table), self._full_disk(f"dms_log_{table}"):
                with self.assertRaises(errors.DiskFull), mute_logger("odoo.sql_db"):
                    self.sequence()
        self.assertEqual(self.sequence(), 300)
        self.assertWhole(300)

    def test_a_full_disk_between_batches(self):
        self.append(600)
        self.assertEqual(self.sequence(300), 300)
        with self._full_disk("dms_log_tile"):
            with self.assertRaises(errors.DiskFull), mute_logger("odoo.sql_db"):
                self.sequence(300)
        self.assertEqual(self.sequence(300), 300)
        self.assertWhole(600)

    @contextmanager
    def _full_disk(self, table):
        """PostgreSQL's own error, raised when a row is added."""
        self._execute(
            "CREATE FUNCTION test_full() RETURNS trigger AS $$ BEGIN"
            " RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full';"
            " END $$ LANGUAGE plpgsql;"
            "CREATE TRIGGER test_full BEFORE INSERT ON %s"
            " FOR EACH ROW EXECUTE FUNCTION test_full()",
            SQL.identifier(table),
        )
        try:
            yield
        finally:
            self._execute("DROP FUNCTION test_full CASCADE")

    def _execute(self, query, *args):
        with self.connection() as env:
            env.cr.execute(SQL(query, *args))

    def _kill(self, env):
        pid = env.cr._cnx.get_backend_pid()
        self._execute("SELECT pg_terminate_backend(%s)", pid)
