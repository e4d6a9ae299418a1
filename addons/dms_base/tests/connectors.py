"""What tests of connectors share: a connector, an other side, a worker's run."""

import socket
import tempfile
from contextlib import contextmanager
from pathlib import Path

from dms_simulator.oem_echo import OemEcho

from ..models.dms_connector import NETWORKS
from .common import ISOLATION_FACTORIES, DmsCommon

LOOPBACK = "127.0.0.0/8 ::1/128"


def prepare_connector(store, **vals):
    return {
        "name": "Maker",
        "code": "oem",
        "company_id": store.id,
        "endpoint": "https://oem.example/in",
        "auth_kind": "none",
        "state": "active",
    } | vals


class ConnectorCommon(DmsCommon):
    """Connectors may call this machine; :meth:`oem` starts another side on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(NETWORKS, LOOPBACK)
        cls.admin = cls.user("group_admin", cls.store_a1)
        cls.consultant = cls.user("sales_consultant", cls.store_a1)

    def oem(self, **options):
        """Return a simulator that runs until the end of the test."""
        return self.enterContext(OemEcho(**options))

    def connector(self, url="https://oem.example/in", store=None, **vals):
        vals = prepare_connector(store or self.store_a1, endpoint=url, **vals)
        return self.env["dms.connector"].create(vals)

    @contextmanager
    def connectors_to_nowhere(self, **vals):
        """Yield a connector to a port where nobody listens."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            yield self.connector(f"http://127.0.0.1:{taken.getsockname()[1]}", **vals)

    def folder(self):
        """Return a folder that lasts until the end of the test."""
        return Path(self.enterContext(tempfile.TemporaryDirectory()))

    def deliver(self):
        """Let the scheduler run a worker once, commits and all."""
        worker = self.env.ref("dms_base.ir_cron_outbox_1")
        with self.enter_registry_test_mode():
            error = worker.method_direct_trigger()
        self.assertEqual(error, True)
        self.env.invalidate_all()


def _make_connector(case, store):
    vals = prepare_connector(store, code="isolation", token="isolation-token")
    return case.env["dms.connector"].create(vals)


def _make_outgoing(case, store):
    connector = _make_connector(case, store)
    return connector._dms_send("isolation.test", {"text": "Isolation"})


def _make_incoming(case, store):
    return case.env["dms.inbox.message"].create(
        {
            "connector_id": _make_connector(case, store).id,
            "company_id": store.id,
            "kind": "isolation.test",
            "payload": '"Isolation"',
        }
    )


def _make_webhook(case, store):
    return case.env["dms.webhook"].create(
        {
            "name": "Isolation",
            "url": "https://isolation.example",
            "company_id": store.id,
        }
    )


ISOLATION_FACTORIES |= {
    "dms.connector": _make_connector,
    "dms.outbox.message": _make_outgoing,
    "dms.inbox.message": _make_incoming,
    "dms.webhook": _make_webhook,
}
