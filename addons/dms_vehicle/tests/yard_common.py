"""A yard of the store A1 with a row of slots, and people who work in it."""

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .common import VehicleCommon, new_vin


def box(left, top, width=2.5, height=5.0):
    """Return the outline of a rectangle."""
    right, bottom = left + width, top + height
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


class YardCommon(VehicleCommon):
    """NORTH in store A1 with A-01 to A-04."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site = cls.new_site(cls.store_a1)
        cls.slots = cls.new_slots(cls.site, 4)
        cls.a1, cls.a2, cls.a3, cls.a4 = cls.slots
        cls.clerk = cls.user("parts_clerk", cls.store_a1)
        cls.consultant = cls.user("sales_consultant", cls.store_a1)
        cls.manager = cls.user("store_manager", cls.store_a1)
        cls.car, cls.other_car = cls.new_car(), cls.new_car()

    @classmethod
    def new_site(cls, store, code="NORTH", **vals):
        return cls.env["dms.yard.site"].create(
            {"name": f"Yard {code}", "code": code, "company_id": store.id, **vals}
        )

    @classmethod
    def new_slots(cls, site, count=1, row="A"):
        top = (ord(row) - 65) * 8
        return cls.env["dms.yard.slot"].create(
            [
                {
                    "site_id": site.id,
                    "code": f"{row}-{number + 1:02d}",
                    "polygon": box(number * 2.5, top),
                }
                for number in range(count)
            ]
        )

    @classmethod
    def scans(cls, user=None):
        return cls.by(user or cls.clerk, cls.env["dms.yard.sighting"])

    @classmethod
    def park(cls, car, slot, user=None, **options):
        return cls.scans(user).park(slot.id, car.id, **options)

    def assertStands(self, car, slot):
        """Check where a car stands, and that the slot says the same."""
        stays = self.env["dms.yard.stay"].search(
            [("vehicle_id", "=", car.id), ("until", "=", False)]
        )
        self.assertEqual(stays.slot_id, slot)
        self.assertEqual(car.yard_slot_id, slot)
        if slot:
            self.assertEqual(slot.vehicle_id, car)


def isolated_site(case, store):
    return case.env["dms.yard.site"].create(
        {"name": "Isolated", "code": "ISOLATED", "company_id": store.id}
    )


def isolated_slot(case, store):
    return case.env["dms.yard.slot"].create(
        {
            "site_id": isolated_site(case, store).id,
            "code": "ISOLATED-01",
            "polygon": box(0, 0),
        }
    )


def isolated_sighting(case, store):
    car = case.env["dms.vehicle"].create({"vin": new_vin(), "company_id": store.id})
    slot = isolated_slot(case, store)
    sightings = case.env["dms.yard.sighting"]
    row = {"company_id": store.id, "source": "scan"}
    sightings._dms_take([row | {"slot_id": slot.id, "vehicle_id": car.id}])
    return sightings.search([("slot_id", "=", slot.id)])


def isolated_stay(case, store):
    return isolated_sighting(case, store).slot_id.stay_ids


def isolated_device(case, store):
    return case.env["dms.yard.device"].create(
        {"name": "Isolated device", "company_id": store.id}
    )


ISOLATION_FACTORIES |= {
    "dms.yard.site": isolated_site,
    "dms.yard.slot": isolated_slot,
    "dms.yard.sighting": isolated_sighting,
    "dms.yard.stay": isolated_stay,
    "dms.yard.device": isolated_device,
}
