from odoo.addons.dms_base.models.dms_connector import NETWORKS
from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES
from odoo.addons.dms_base.tests.connectors import LOOPBACK, prepare_connector

from dms_simulator.osrm import Osrm

from .common import VehicleCommon

SHANGHAI = {"dms_latitude": 31.2304, "dms_longitude": 121.4737}
SUZHOU = {"dms_latitude": 31.2990, "dms_longitude": 120.5853}
BEIJING = {"dms_latitude": 39.9042, "dms_longitude": 116.4074}
NOWHERE = {"dms_latitude": 0, "dms_longitude": 0}


def _isolated_distance(case, store):
    """The stores of group A are measured, once they have coordinates."""
    case.store_a1.write(SHANGHAI)
    case.store_a2.write(SUZHOU)
    pair = [("company_id", "=", store.id)]
    return case.env["dms.store.distance"].search(pair, limit=1)


ISOLATION_FACTORIES["dms.store.distance"] = _isolated_distance


class RoutingCommon(VehicleCommon):
    """A1 lies in Shanghai, A2 in Suzhou and B1 in Beijing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(NETWORKS, LOOPBACK)
        cls.store_a1.write(SHANGHAI)
        cls.store_a2.write(SUZHOU)
        cls.store_b1.write(BEIJING)
        cls.distances = cls.env["dms.store.distance"]

    def router(self, store=None, **options):
        """Return a simulator that a connector of a store of group A leads to."""
        simulator = self.enterContext(Osrm(**options))
        self.connect(simulator.url, store)
        return simulator

    def connect(self, url, store=None, **vals):
        vals = {"code": "routing", "provider": "osrm", "name": "Router", **vals}
        vals = prepare_connector(store or self.store_a1, endpoint=url, **vals)
        return self.env["dms.connector"].create(vals)

    def deliver(self):
        """Let the scheduler run a worker once, commits and all."""
        worker = self.env.ref("dms_base.ir_cron_outbox_1")
        with self.enter_registry_test_mode():
            self.assertEqual(worker.method_direct_trigger(), True)
        self.env.invalidate_all()

    def measure(self):
        """Ask the router and wait for its answer."""
        self.distances._refresh(self.group_a)
        self.deliver()

    def row(self, one, other):
        pair = [("company_id", "=", one.id), ("to_company_id", "=", other.id)]
        return self.distances.search(pair)

    def asked(self):
        """Return the questions to the router, the oldest first."""
        kind = [("kind", "=", "routing.table")]
        return self.env["dms.outbox.message"].search(kind, order="id")
