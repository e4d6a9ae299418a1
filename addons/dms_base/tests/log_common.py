import os
import shutil
import tempfile
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tools import SQL

from ..merkle import Frontier, leaf_hash
from .common import ISOLATION_FACTORIES, DmsCommon


def append(env, company, count=1, **vals):
    """Append entries about one car after the other, or about ``subject``."""
    return env["dms.log.entry"]._append(
        [
            {
                "kind": "test.happened",
                "subject": f"CAR{number}",
                "company_id": company.id,
                "body": {"number": number},
                **vals,
            }
            for number in range(count)
        ]
    )


def record(env):
    """Sequence all that waits, and do what follows a commit."""
    count = env["dms.log.sequencer"]._sequence()
    env.cr.postcommit.run()
    env.invalidate_all()
    return count


@contextmanager
def changeable(env, *tables):
    """Let rows of append-only tables be changed, as only a superuser can."""
    for table in tables:
        _switch(env, table, "DISABLE")
    yield
    for table in tables:
        _switch(env, table, "ENABLE ALWAYS")


def _switch(env, table, how):
    env.cr.execute(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass"
        " AND starts_with(tgname, %s)",
        [table, f"{table}_refuse_"],
    )
    for (trigger,) in env.cr.fetchall():
        env.cr.execute(
            SQL(
                "ALTER TABLE %s %s TRIGGER %s",
                SQL.identifier(table),
                SQL(how),
                SQL.identifier(trigger),
            )
        )


def _entry(case, store):
    return append(case.env, store, subject="Isolation subject")


def _leaf(case, store):
    entry = _entry(case, store)
    case.env["dms.log.sequencer"]._sequence()
    return case.env["dms.log.leaf"].search([("entry_id", "=", entry.id)])


ISOLATION_FACTORIES["dms.log.entry"] = _entry
ISOLATION_FACTORIES["dms.log.leaf"] = _leaf


class LogCommon(DmsCommon):
    """A log whose key folder, like the database, is as before after each test."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        shutil.copytree(self.key_folder, folder.name, dirs_exist_ok=True)
        self.startPatcher(patch.dict(os.environ, {"DMS_KEY_DIR": folder.name}))
        self.key_folder = folder.name

    def append(self, count=1, store=None, **vals):
        return append(self.env, store or self.store_a1, count, **vals)

    def record(self):
        return record(self.env)

    def latest(self):
        return self.env["dms.log.checkpoint"]._latest()

    def root_of_all(self):
        """Return the root over all leaves, computed the plain way."""
        leaves = self.env["dms.log"]._leaves(0, self.env["dms.log"]._size())
        return Frontier().extend(map(leaf_hash, leaves)).root

    def _forge(self, query, *args):
        """Do what only a superuser can: change recorded rows."""
        tables = [f"dms_log_{name}" for name in ("entry", "leaf", "tile", "checkpoint")]
        with changeable(self.env, *tables):
            self.env.cr.execute(SQL(query, *args))
        self.env.invalidate_all()
