"""Each document that moves a car records its event, once, in its transaction."""

from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.dms_base.merkle import canonical

from .common import VehicleCommon, new_vin


@tagged("post_install", "-at_install")
class TestRecord(VehicleCommon):
    """What ``_dms_record`` promises to whoever calls it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.region = cls.env["dms.region"].create({"name": "East", "code": "T-EAST"})
        cls.store_a1.write({"city": "上海", "dms_region_id": cls.region.id})
        cls.car = cls.env["dms.vehicle"].create(
            {"vin": new_vin(), "company_id": cls.store_a1.id}
        )

    def test_an_event_is_recorded_as_it_was_at_that_time(self):
        at = datetime(2026, 11, 24, 8, 0)
        event = self.car._dms_record("vehicle.serviced", at=at, document=self.customer)
        self.assertRecordValues(
            event,
            [
                {
                    "vehicle_id": self.car.id,
                    "vin": self.car.vin,
                    "code": "vehicle.serviced",
                    "kind_id": self.env.ref("dms_vehicle.event_kind_serviced").id,
                    "at": at,
                    "company_id": self.store_a1.id,
                    "region_id": self.region.id,
                    "odometer_km": 0,
                    "person": False,
                    "res_model": "res.partner",
                    "res_id": self.customer.id,
                }
            ],
        )

    def test_the_log_tells_when_and_where(self):
        at = datetime(2026, 11, 24, 8, 0)
        entry = self.car._dms_record("vehicle.serviced", at=at).entry_id
        body = {"at": "2026-11-24T08:00:00Z", "place": "上海"}
        self.assertRecordValues(
            entry,
            [
                {
                    "kind": "vehicle.serviced",
                    "subject": self.car.vin,
                    "company_id": self.store_a1.id,
                    "body": canonical(body),
                }
            ],
        )

    def test_many_cars_cost_as_many_statements_as_one(self):
        cars = self.env["dms.vehicle"].create(
            [{"vin": new_vin(), "company_id": self.store_a1.id} for _n in range(30)]
        )
        cars._dms_record("vehicle.serviced", person=self.customer)
        self.env.flush_all()
        for some in (cars[:1], cars):
            # the log, the events, the names found before
            with self.assertQueryCount(3):
                some._dms_record("vehicle.serviced", person=self.customer)

    def test_an_unknown_kind_is_refused_by_its_name(self):
        with self.assertRaisesRegex(ValueError, r"vehicle\.flown"):
            self.car._dms_record("vehicle.flown")

    def test_nobody_writes_an_event_himself(self):
        with self.assertRaises(UserError):
            self.env["dms.vehicle.event"].create({"vehicle_id": self.car.id})
        manager = self.user("store_manager", self.store_a1)
        with self.assertRaises(AccessError):
            self.env["dms.vehicle.event"].with_user(manager).create({})
