from contextlib import contextmanager, nullcontext

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name

from ..models.dms_connector import NETWORKS
from .connectors import LOOPBACK, prepare_connector


class CommittedCase(BaseCase):
    """Rows are committed here, so each test takes away what it has made."""

    def setUp(self):
        super().setUp()
        # `odoo --test-enable` holds this lock while it runs tests
        self.patch(Registry, "_lock", nullcontext())
        self.registry = Registry(get_db_name())

    @contextmanager
    def transaction(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})


class CommittedMessages(CommittedCase):
    """Messages and connectors that other processes see."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            parameters = env["ir.config_parameter"]
            before = parameters.get_param(NETWORKS)
            parameters.set_param(NETWORKS, LOOPBACK)
        self.addCleanup(self._forget, before)

    def make_connector(self, **vals):
        """:return: the id of a committed connector"""
        with self.transaction() as env:
            store = env.ref("base.main_company")
            connector = env["dms.connector"].create(prepare_connector(store, **vals))
            return connector.id

    def _forget(self, networks):
        with self.transaction() as env:
            for name in ("dms.outbox.message", "dms.inbox.message", "dms.connector"):
                env[name].with_context(active_test=False).search([]).unlink()
            env["ir.config_parameter"].set_param(NETWORKS, networks)
