"""A sale promises one certain car, and that car is what the customer gets."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import VehicleCommon, new_vin


@tagged("post_install", "-at_install")
class TestAllocation(VehicleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.no_car = cls.in_store(cls.store_a1)["dms.vehicle"]

    def reserved(self, sale):
        return sale.picking_ids.move_line_ids.lot_id

    def test_exactly_the_promised_car_is_reserved(self):
        cars = self.receive(self.store_a1, 5)
        for car in reversed(cars[1:4]):
            self.assertEqual(self.reserved(self.sell(car)), car.lot_id)

    def test_a_sale_without_vin_reserves_no_car(self):
        self.receive(self.store_a1, 2)
        sale = self.sell(self.no_car, product=self.white)
        self.assertFalse(self.reserved(sale))
        self.assertEqual(sale.picking_ids.state, "confirmed")

    def test_allocating_later_reserves_the_car(self):
        car, _other = self.receive(self.store_a1, 2)
        sale = self.sell(self.no_car, product=self.white)
        sale.order_line.dms_vehicle_id = car
        self.assertEqual(self.reserved(sale), car.lot_id)
        self.assertEqual(car.state, "allocated")

    def test_changing_the_car_frees_the_first(self):
        first, second = self.receive(self.store_a1, 2)
        sale = self.sell(first)
        sale.order_line.dms_vehicle_id = second
        self.assertEqual(self.reserved(sale), second.lot_id)
        self.assertEqual((first | second).mapped("state"), ["in_stock", "allocated"])

    def test_taking_the_car_away_frees_it(self):
        car = self.receive(self.store_a1)
        sale = self.sell(car)
        sale.order_line.dms_vehicle_id = False
        self.assertFalse(self.reserved(sale))
        self.assertEqual(car.state, "in_stock")

    def test_a_car_on_its_way_is_reserved_when_it_arrives(self):
        order = self.order(self.store_a1, 2)
        first, second = self.announce(order, new_vin(), new_vin())
        sale = self.sell(second)
        self.assertFalse(self.reserved(sale))
        order.picking_ids.button_validate()
        self.assertEqual(self.reserved(sale), second.lot_id)
        self.assertEqual((first | second).mapped("state"), ["in_stock", "allocated"])

    def test_a_car_of_another_sale_is_refused_with_the_order(self):
        car = self.receive(self.store_a1)
        first = self.sell(car)
        with self.assertRaisesRegex(UserError, f"order {first.name} of Test store A1"):
            self.sell(car)

    def test_a_car_on_its_way_is_promised_only_once(self):
        car = self.announce(self.order(self.store_a1), new_vin())
        self.sell(car)
        with self.assertRaisesRegex(UserError, "allocated to order"):
            self.sell(car)

    def test_a_confirmed_sale_cannot_take_the_car_of_another(self):
        taken, free = self.receive(self.store_a1, 2)
        self.sell(taken)
        sale = self.sell(free)
        with self.assertRaisesRegex(UserError, "allocated to order"):
            sale.order_line.dms_vehicle_id = taken

    def test_a_line_added_to_a_confirmed_sale_is_checked_too(self):
        taken, free = self.receive(self.store_a1, 2)
        self.sell(taken)
        sale = self.sell(free)
        with self.assertRaisesRegex(UserError, "allocated to order"):
            sale.order_line.create(
                {
                    "order_id": sale.id,
                    "product_id": self.white.id,
                    "dms_vehicle_id": taken.id,
                }
            )

    def test_one_car_on_two_lines_is_refused(self):
        car = self.receive(self.store_a1)
        line = {"product_id": self.white.id, "dms_vehicle_id": car.id}
        sale = car.env["sale.order"].create(
            {"partner_id": self.customer.id, "order_line": [(0, 0, line)] * 2}
        )
        with self.assertRaisesRegex(UserError, "two lines"):
            sale.action_confirm()

    def test_a_line_with_a_vin_sells_one_car_of_that_model(self):
        car = self.receive(self.store_a1)
        sale = self.sell(car)
        with self.assertRaisesRegex(ValidationError, "exactly one car"):
            sale.order_line.product_uom_qty = 2
        with self.assertRaisesRegex(ValidationError, "the line sells a"):
            self.sell(self.receive(self.store_a1), product=self.black)

    def test_choosing_the_vin_fills_the_line(self):
        car = self.receive(self.store_a1)
        consultant = self.in_store(self.store_a1, "sales_consultant")
        with Form(consultant["sale.order"]) as form:
            form.partner_id = self.customer
            with form.order_line.new() as line:
                line.product_id = self.white
                line.dms_vehicle_id = car.with_env(consultant)
        self.assertEqual(form.record.dms_vehicle_ids, car)
        action = form.record.action_dms_view_vehicles()
        self.assertEqual(action["res_id"], car.id)

    def test_a_car_of_another_store_cannot_be_sold(self):
        car = self.receive(self.store_a2)
        with self.assertRaises(UserError):
            self.sell(car.with_env(self.in_store(self.store_a1)))

    def test_the_consultant_allocates_without_rights_on_the_stock(self):
        car = self.receive(self.store_a1)
        consultant = self.in_store(self.store_a1, "sales_consultant")
        sale = self.sell(car.with_env(consultant))
        self.assertEqual(self.reserved(sale.sudo()), car.lot_id)
        sale.order_line.dms_vehicle_id = False
        self.assertEqual(car.state, "in_stock")
