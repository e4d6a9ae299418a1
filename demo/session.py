"""Odoo without its server: configuration, registry, environment."""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


@contextmanager
def environment(path: str, database: str):
    """Yield an environment of the superuser; what is not committed is lost."""
    config.parse_config(["-c", path, "-d", database, "--log-level=warn"])
    with Registry(database).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})
        cr.rollback()
