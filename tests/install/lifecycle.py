"""One addon in a database of its own, from installation to uninstallation."""

import re
from pathlib import Path

from devtools import databases
from devtools.odoo import Workbench
from devtools.settings import ADDONS

COMPLAINT = re.compile(r"^[-\d]+ [:,\d]+ \d+ (WARNING|ERROR|CRITICAL) ")
UNINSTALL = """
addon = env["ir.module.module"].search([("name", "=", "{addon}")])
addon.button_immediate_uninstall()
"""
OWN_MODELS = """
    SELECT model.model
      FROM ir_model model
      JOIN ir_model_data data ON data.model = 'ir.model' AND data.res_id = model.id
  GROUP BY model.model
    HAVING array_agg(DISTINCT data.module::text) = ARRAY['{addon}']
"""
# Tables and views that neither a model nor a many-to-many field accounts for.
ORPHANS = """
    SELECT relname
      FROM pg_class
     WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
       AND relnamespace = 'public'::regnamespace
       AND starts_with(relname, 'dms_')
       AND relname NOT IN (SELECT replace(model, '.', '_') FROM ir_model)
       AND relname NOT IN (SELECT name FROM ir_model_relation)
"""
# Functions belong to no model: with the last addon the last one must be gone.
FUNCTIONS = """
    SELECT proname
      FROM pg_proc
     WHERE starts_with(proname, 'dms_')
       AND NOT EXISTS (
           SELECT FROM ir_module_module
            WHERE starts_with(name, 'dms_') AND state = 'installed'
       )
"""


class Life:
    """Runs the steps and answers what the database looks like after each."""

    def __init__(self, bench: Workbench, database: str, addon: str):
        self.bench = bench
        self.database = database
        self.addon = addon

    def install(self) -> list[str]:
        """:return: what the log complains about"""
        return complaints(databases.install(self.bench, self.database, [self.addon]))

    def upgrade(self) -> list[str]:
        """:return: what the log complains about"""
        return complaints(databases.upgrade(self.bench, self.database, [self.addon]))

    def uninstall(self) -> list[str]:
        """Through the ORM, as the Apps screen does; :return: the complaints"""
        log = self.bench.log(f"uninstall-{self.database}")
        conf = self.bench.configuration("dev")
        shell = ["shell", "-c", str(conf), "-d", self.database, "--no-http"]
        script = UNINSTALL.format(addon=self.addon)
        self.bench.run(*shell, log=log, input=script)
        return complaints(log)

    def state(self) -> str:
        query = f"SELECT state FROM ir_module_module WHERE name = '{self.addon}'"
        return self._column(query)[0]

    def own_models(self) -> list[str]:
        """:return: the models that exist because of this addon alone"""
        return self._column(OWN_MODELS.format(addon=self.addon))

    def records(self) -> list[str]:
        """:return: the external ids that still name this addon"""
        query = f"SELECT name FROM ir_model_data WHERE module = '{self.addon}'"
        return self._column(query)

    def orphans(self) -> list[str]:
        """:return: tables, views and functions that no installed addon explains"""
        return self._column(ORPHANS) + self._column(FUNCTIONS)

    def addons(self) -> set[str]:
        """:return: the addons of the suite that are installed"""
        query = "SELECT name FROM ir_module_module WHERE state = 'installed'"
        return set(ADDONS) & set(self._column(query))

    def tables(self) -> set[str]:
        return set(self._column("SELECT tablename FROM pg_tables"))

    def _column(self, query: str) -> list[str]:
        return self.bench.server.psql(self.database, query).stdout.splitlines()


def complaints(log: Path) -> list[str]:
    """:return: the lines of a log that are warnings or worse"""
    lines = log.read_text("utf-8").splitlines()
    return [line for line in lines if COMPLAINT.match(line)]
