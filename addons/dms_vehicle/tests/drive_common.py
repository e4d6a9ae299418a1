"""Demonstrators and loan cars, and who drives them."""

import base64
import io
from datetime import timedelta

from PIL import Image, ImageDraw

from odoo import fields

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .gate_common import GateCommon, standing_car

LICENCE = "11010519491231002X"


def scribble():
    """Return a drawn signature, base64."""
    picture = Image.new("RGB", (300, 100), "white")
    draw = ImageDraw.Draw(picture)
    draw.line([(10 + 7 * n, 20 + (n * 37) % 60) for n in range(40)], "black", 3)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


class DriveCommon(GateCommon):
    """CONSULTANT and ADVISOR of A1, a demonstrator DEMO, and DRIVER with a licence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.advisor = cls.user("service_advisor", cls.store_a1)
        cls.store_a1.dms_drive_calendar_id = cls._open_always()
        cls.demo = cls.receive(cls.store_a1)
        cls.demo.plate = "京A12345"
        cls.serving = cls.serve(cls.demo)
        cls.driver = cls.env["res.partner"].create(
            {"name": "李娜", "phone": "13800000001", "email": "li@example.com"}
        )
        cls.tomorrow = fields.Datetime.now().replace(
            hour=2, minute=0, second=0, microsecond=0
        ) + timedelta(days=2)

    @classmethod
    def _open_always(cls):
        """Return hours from nine to seventeen in Shanghai, on each day."""
        return cls.env["resource.calendar"].create(
            {
                "name": "Drives",
                "tz": "Asia/Shanghai",
                "company_id": False,
                "attendance_ids": [
                    (
                        0,
                        0,
                        {
                            "name": str(day),
                            "dayofweek": str(day),
                            "hour_from": 9,
                            "hour_to": 17,
                            "day_period": "morning",
                        },
                    )
                    for day in range(7)
                ],
            }
        )

    @classmethod
    def serve(cls, car, **vals):
        return cls.in_store(car.company_id)["dms.drive.car"].create(
            {
                "vehicle_id": car.id,
                "company_id": car.company_id.id,
                "since": "2020-01-01",
                "for_test": True,
                "for_loan": True,
                **vals,
            }
        )

    @classmethod
    def licensed(cls, partner=None, seen=True, **vals):
        licences = cls.by(cls.consultant, cls.env["dms.drive.licence"])
        licence = licences.create(
            {
                "partner_id": (partner or cls.driver).id,
                "number": LICENCE,
                "classes": "C1",
                **vals,
            }
        )
        if seen:
            licence.action_check()
        return licence

    @classmethod
    def book(cls, car=None, user=None, start=None, **vals):
        drives = cls.by(user or cls.consultant, cls.env["dms.drive"])
        if "product_id" not in vals:
            vals["vehicle_id"] = (car or cls.demo).id
        return drives.create(
            {
                "kind": "test",
                "partner_id": cls.driver.id,
                "start": start or cls.tomorrow,
                **vals,
            }
        )

    @classmethod
    def ready(cls, **vals):
        """Return a drive whose driver has a licence and has signed."""
        if not cls.env["dms.drive.licence"].search([("number", "=", LICENCE)]):
            cls.licensed()
        drive = cls.book(**vals)
        drive.sudo()._dms_sign("李娜", scribble())
        return drive


def _car(case, store):
    car = standing_car(case, store)
    return car.env["dms.drive.car"].create(
        {
            "vehicle_id": car.id,
            "company_id": store.id,
            "for_loan": True,
            "since": "2020-01-01",
        }
    )


def _drive(case, store):
    serving = _car(case, store)
    return serving.env["dms.drive"].create(
        {
            "vehicle_id": serving.vehicle_id.id,
            "company_id": store.id,
            "kind": "blocked",
            "user_id": False,
            "start": "2026-01-01 08:00:00",
        }
    )


def _check(case, store):
    drive = _drive(case, store)
    return drive.env["dms.drive.check"].create(
        {
            "drive_id": drive.id,
            "company_id": store.id,
            "kind": "out",
            "at": "2026-01-01 08:00:00",
            "user_id": drive.env.uid,
        }
    )


def _licence(case, store):
    partner = case.env["res.partner"].create({"name": "Holder"})
    return case.env["dms.drive.licence"].create(
        {"partner_id": partner.id, "company_id": store.id, "classes": "C1"}
    )


ISOLATION_FACTORIES |= {
    "dms.drive": _drive,
    "dms.drive.car": _car,
    "dms.drive.check": _check,
    "dms.drive.licence": _licence,
}
