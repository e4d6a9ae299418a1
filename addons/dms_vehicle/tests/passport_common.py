from unittest.mock import patch
from urllib.parse import urlsplit

from odoo.fields import Command
from odoo.tests import HttpCase

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets
from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES
from odoo.addons.dms_base.tests.log_common import LogCommon, append, record

from ..controllers import passport as controller
from .common import VehicleCommon, _isolated_vehicle, new_vin

LIFE = (
    ("vehicle.received", "2026-01-05T02:00:00Z", {"place": "南京"}),
    ("vehicle.sold", "2026-02-10T06:00:00Z", {"place": "南京"}),
    ("vehicle.delivered", "2026-02-14T08:00:00Z", {"place": "南京", "km": 12}),
    ("vehicle.serviced", "2026-08-20T01:00:00Z", {"place": "苏州", "km": 8150}),
)


def _isolated_passport(case, store):
    vehicle = _isolated_vehicle(case, store)
    return case.env["dms.vehicle.passport"].create({"vehicle_id": vehicle.id})


ISOLATION_FACTORIES["dms.vehicle.passport"] = _isolated_passport


class PassportCommon(VehicleCommon, LogCommon):
    """A car of store A1 with four recorded events, and its passport."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls._create_car(cls.store_a1)
        for kind, at, facts in LIFE:
            body = {"at": at, **facts}
            append(cls.env, cls.store_a1, subject=cls.car.vin, kind=kind, body=body)
        record(cls.env)
        cls.passport = cls._create_passport(cls.car)

    @classmethod
    def _create_car(cls, store, **vals):
        made = {"vin": new_vin(), "company_id": store.id, "product_id": cls.white.id}
        return cls.env["dms.vehicle"].create(made | vals)

    @classmethod
    def _create_passport(cls, car, **vals):
        return cls.env["dms.vehicle.passport"].create({"vehicle_id": car.id, **vals})

    @classmethod
    def _create_owner(cls, name, company=None):
        """Return the portal user of a new customer."""
        company = company or cls.store_a1
        return cls.env["res.users"].create(
            {
                "name": name,
                "login": f"{name}@example.com",
                "password": f"{name}@example.com",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
            }
        )

    def path(self, passport=None):
        """Return the path of the public page."""
        return urlsplit((passport or self.passport).url).path

    def change_one_byte(self, place):
        """Do what only a database superuser can: alter a recorded event."""
        entries = self.env["dms.log.entry"].search(
            [("subject", "=", self.car.vin)], order="id"
        )
        self._forge(
            "UPDATE dms_log_entry SET body = replace(body, '2026', '2027')"
            " WHERE id = %s",
            entries[place - 1].id,
        )


class PassportHttpCase(PassportCommon, HttpCase):
    """Readers who may ask as often as a test does, in both languages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(
            patch.object(controller, "buckets", TokenBuckets(1e6, 1e6))
        )
        cls.env["res.lang"]._activate_lang("zh_CN")
