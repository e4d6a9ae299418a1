"""Cars that are inspected, and the people who do it."""

import base64

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .common import PNG, VehicleCommon, new_vin

PIXEL = base64.b64encode(PNG)


class InspectionCommon(VehicleCommon):
    """Store A1 delivers only after the PDI, which has three checks of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.technician = cls.user("technician", cls.store_a1)
        cls.advisor = cls.user("service_advisor", cls.store_a1)
        cls.workshop = cls.user("workshop_manager", cls.store_a1)
        cls.clerk = cls.user("parts_clerk", cls.store_a1)
        cls.accountant = cls.user("accountant", cls.store_a1)
        cls.env["dms.pdi.template"].search([]).active = False
        cls.template = cls.env["dms.pdi.template"].create(
            {
                "name": "Test",
                "item_ids": [
                    (0, 0, {"name": "Keys", "section": "documents"}),
                    (0, 0, {"name": "Paint", "needs_photo": True}),
                    (0, 0, cls._measured()),
                ],
            }
        )

    @classmethod
    def _measured(cls):
        return {
            "name": "Charge",
            "section": "battery",
            "measured": True,
            "unit": "%",
            "minimum": 30,
            "maximum": 100,
        }

    @classmethod
    def photo(cls, user=None):
        files = cls.by(user or cls.technician, cls.env["ir.attachment"])
        return files.create({"name": "photo.png", "datas": PIXEL})

    @classmethod
    def start(cls, car, user=None):
        """Return the PDI of a car as the technician sees it."""
        pdi = cls.by(user or cls.technician, car)._dms_start_pdi()
        return pdi or cls.by(user or cls.technician, car.pdi_ids[:1])

    @classmethod
    def item(cls, pdi, name):
        return pdi.item_ids.filtered(lambda item: item.name == name)

    @classmethod
    def check_all(cls, pdi):
        """Find everything in order, and sign on the screen."""
        cls.item(pdi, "Keys").action_ok()
        cls.item(pdi, "Paint").write(
            {"result": "ok", "photo_ids": [(6, 0, cls.photo().ids)]}
        )
        cls.item(pdi, "Charge").value = 60
        pdi.signature = PIXEL

    @classmethod
    def passed(cls, car):
        pdi = cls.start(car)
        cls.check_all(pdi)
        pdi.action_finish()
        return pdi

    @classmethod
    def failed(cls, car, name="Keys"):
        pdi = cls.start(car)
        cls.check_all(pdi)
        cls.item(pdi, name).write({"result": "defect", "note": "broken"})
        pdi.action_finish()
        return pdi


def _car(case, store):
    return case.env["dms.vehicle"].create({"vin": new_vin(), "company_id": store.id})


def _pdi(case, store):
    return case.env["dms.pdi"].create({"vehicle_id": _car(case, store).id})


def _pdi_item(case, store):
    return case.env["dms.pdi.item"].create(
        {"pdi_id": _pdi(case, store).id, "name": "Isolated"}
    )


def _damage(case, store):
    line = (0, 0, {"place": "roof"})
    vals = {"vehicle_id": _car(case, store).id, "line_ids": [line]}
    return case.env["dms.damage.report"].create(vals)


def _damage_line(case, store):
    return _damage(case, store).line_ids


def _reading(case, store):
    car = _car(case, store)
    car.kind = "bev"
    return case.env["dms.battery.reading"].create({"vehicle_id": car.id, "soc": 50})


def _task(case, store):
    return case.env["dms.battery.task"].create(
        {
            "vehicle_id": _car(case, store).id,
            "company_id": store.id,
            "need": "check",
            "due_date": "2026-01-01",
        }
    )


ISOLATION_FACTORIES |= {
    "dms.pdi": _pdi,
    "dms.pdi.item": _pdi_item,
    "dms.damage.report": _damage,
    "dms.damage.line": _damage_line,
    "dms.battery.reading": _reading,
    "dms.battery.task": _task,
}
