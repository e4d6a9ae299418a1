import os
import shutil
import tempfile
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
        tables = ("entry", "leaf", "tile", "checkpoint")
        for table in tables:
            self._switch(f"dms_log_{table}", "DISABLE")
        self.env.cr.execute(SQL(query, *args))
        for table in tables:
            self._switch(f"dms_log_{table}", "ENABLE ALWAYS")
        self.env.invalidate_all()

    def _switch(self, table, how):
        for suffix in ("row", "table"):
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE %s %s TRIGGER %s",
                    SQL.identifier(table),
                    SQL(how),
                    SQL.identifier(f"{table}_refuse_{suffix}"),
                )
            )
