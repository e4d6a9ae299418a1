"""The log names nobody, and forgets who wants to be forgotten."""

import json

from odoo.tests import tagged

from odoo.addons.dms_base.merkle.passport import check
from odoo.addons.dms_base.tests.log_common import LogCommon

from .common import VehicleCommon, new_vin

NAME, PHONE, PLATE = "李娜", "13900001234", "沪A12345"


@tagged("post_install", "-at_install")
class TestEventPeople(VehicleCommon, LogCommon):
    with_chart = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.phone = PHONE

    def sold(self):
        """Return a car that its owner has by invoice, delivery and a new plate."""
        car = self.receive(self.store_a1)
        sale = self.sell(car)
        sale._create_invoices().action_post()
        sale.picking_ids.button_validate()
        car.write({"plate": PLATE, "odometer_km": 20})
        return car

    def bodies(self, vin):
        return self.env["dms.log.entry"].search([("subject", "=", vin)]).mapped("body")

    def test_the_log_holds_no_name_phone_or_plate(self):
        self.sold()
        self.env["dms.vehicle"].create(
            {"vin": new_vin(), "owner_id": self.customer.id, "plate": PLATE}
        )
        for text in (NAME, json.dumps(NAME)[1:-1], PHONE, PLATE, PLATE[1:]):
            self.env.cr.execute(
                "SELECT e::text || l::text FROM dms_vehicle_event e"
                " JOIN dms_log_entry l ON l.id = e.entry_id"
                " WHERE strpos(e::text || l::text, %s) > 0",
                [text],
            )
            self.assertFalse(self.env.cr.fetchall(), text)

    def test_two_cars_do_not_tell_that_they_have_one_owner(self):
        one, other = self.sold(), self.sold()
        events = self.env["dms.vehicle.event"]
        owners = {
            car: set(events.search([("vehicle_id", "=", car.id)]).mapped("person"))
            for car in (one, other)
        }
        self.assertEqual(owners[one] & owners[other], {False})

    def test_a_car_tells_that_buyer_and_owner_are_one(self):
        car = self.sold()
        owner = self.customer._dms_pseudonym(car.vin)
        told = [json.loads(body).get("owner") for body in self.bodies(car.vin)]
        self.assertEqual(set(told), {owner, None})
        self.assertEqual(told.count(owner), 3, "sold, delivered, new owner")

    def test_proofs_hold_when_the_owner_is_forgotten(self):
        car = self.sold()
        before = self.customer._dms_pseudonym(car.vin)
        self.record()
        kept = self.env["dms.log"]._passport(car.vin)
        manager = self.user("store_manager", self.store_a1)
        self.customer.with_user(manager).action_dms_forget()
        self.assertNotEqual(self.customer._dms_pseudonym(car.vin), before)
        report = check(self.env["dms.log"]._passport(car.vin), previous=kept)
        self.assertTrue(report.good, report.findings)
        self.assertEqual(
            self.env["dms.vehicle.event"].search_count([("person", "=", before)]), 3
        )
