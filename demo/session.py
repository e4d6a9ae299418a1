"""Odoo without its server: configuration, registry, transactions."""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tools import config


class Session:
    def __init__(self, path: str, database: str):
        config.parse_config(["-c", path, "-d", database, "--log-level=warn"])
        self.registry = Registry(database)

    @contextmanager
    def transaction(self):
        """Yield an environment of the superuser; commit if nothing goes wrong."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def hang_up(self) -> None:
        """Close the connections: processes to come must not share them."""
        sql_db.close_all()
