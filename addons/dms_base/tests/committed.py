from contextlib import contextmanager, nullcontext

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name

from ..models.dms_connector import NETWORKS
from .connectors import LOOPBACK, prepare_connector


class CommittedCase(BaseCase):
    """Tests whose rows are seen by other processes, and taken away afterwards."""

    def setUp(self):
        super().setUp()
        # `odoo --test-enable` holds this lock while it runs tests
        self.patch(Registry, "_lock", nullcontext())
        self.registry = Registry(get_db_name())
        with self.transaction() as env:
            parameters = env["ir.config_parameter"]
            before = parameters.get_param(NETWORKS)
            parameters.set_param(NETWORKS, LOOPBACK)
        self.addCleanup(self._forget, before)

    @contextmanager
    def transaction(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def make_connector(self, **vals):
        """:return: the id of a committed connector"""
        with self.transaction() as env:
            store = env.ref("base.main_company")
            connector = env["dms.connector"].create(prepare_connector(store, **vals))
            return connector.id

    def _forget(self, networks):
        with self.transaction() as env:
            for table in ("dms_outbox_message", "dms_inbox_message", "dms_connector"):
                env.cr.execute(f"DELETE FROM {table}")  # pylint: disable=sql-injection
            env["ir.config_parameter"].set_param(NETWORKS, networks)
