"""From the stock of the group to the store that has the car."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .transfer_common import RequestCommon


@tagged("post_install", "-at_install")
class TestGroupCarAsk(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.consultant = cls.in_store(cls.store_a2, "sales_consultant")
        right = cls.env.ref("dms_vehicle.group_group_stock")
        cls.consultant.user.group_ids = [Command.link(right.id)]
        cls.car = cls.receive(cls.store_a1)
        cls.env.flush_all()

    def seen(self, car=None):
        return self.consultant["dms.group.car"].browse((car or self.car).id)

    def begun(self):
        action = self.seen().action_dms_ask()
        return self.consultant[action["res_model"]].browse(action["res_id"])

    def test_a_request_begins_at_the_store_that_has_the_car(self):
        request = self.begun()
        self.assertEqual(request.state, "draft")
        self.assertEqual(request.giving_store_id, self.store_a1.partner_id)
        self.assertEqual(request.line_ids.vin, self.car.vin[-6:])
        request.action_request()
        self.assertEqual(request.sudo().line_ids.vehicle_id, self.car)

    def test_a_car_of_ones_own_needs_no_request(self):
        own = self.receive(self.store_a2)
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "your own store"):
            self.seen(own).action_dms_ask()

    def test_a_car_that_is_sold_is_not_asked_for(self):
        self.sell(self.car)
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "free in stock"):
            self.seen().action_dms_ask()

    def test_without_the_right_nobody_asks(self):
        other = self.in_store(self.store_a2, "fi_officer")
        with self.assertRaises(AccessError):
            other["dms.group.car"].browse(self.car.id).action_dms_ask()

    def test_the_vin_is_found_as_it_is_typed(self):
        cars = self.consultant["dms.group.car"]
        for text in (self.car.vin, self.car.vin[-6:], f" {self.car.vin[-6:].lower()} "):
            with self.subTest(text=text):
                self.assertEqual(
                    cars.search([("vin_typed", "ilike", text)]), self.seen()
                )
        self.assertFalse(cars.search([("vin_typed", "ilike", "000000")]))

    def test_the_distance_is_noted_where_stores_are_on_the_map(self):
        self.store_a1.write({"dms_latitude": 31.2858, "dms_longitude": 121.5877})
        self.store_a2.write({"dms_latitude": 30.2084, "dms_longitude": 120.2119})
        request = self.begun()
        request.action_request()
        known = self.store_a1._dms_distance_to(self.store_a2)["km"]
        self.assertEqual(request.distance_km, round(known, 1))

    def test_without_coordinates_the_request_goes_on(self):
        request = self.begun()
        request.action_request()
        self.assertEqual(request.distance_km, 0)
