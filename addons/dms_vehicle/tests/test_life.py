"""The state of a car follows from its documents, step by step."""

from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import VehicleCommon, new_vin


@tagged("post_install", "-at_install")
class TestLife(VehicleCommon):
    with_chart = True

    def give_back(self, picking, into=None):
        """Return what a picking has moved; as people do it, by its wizard."""
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=picking.id, active_model="stock.picking")
            .create({})
        )
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.button_validate()
        return back

    def delivered(self):
        car = self.receive(self.store_a1)
        sale = self.sell(car)
        sale.picking_ids.button_validate()
        return car, sale

    # On the way

    def test_ordered_car_has_no_vin_yet(self):
        order = self.order(self.store_a1)
        self.assertFalse(order.dms_vehicle_count)

    def test_announced_car_is_in_transit(self):
        car = self.announce(self.order(self.store_a1), new_vin())
        self.assertRecordValues(
            car,
            [
                {
                    "state": "in_transit",
                    "company_id": self.store_a1.id,
                    "product_id": self.white.id,
                    "lot_id": False,
                    "received_date": False,
                }
            ],
        )

    def test_announced_but_not_shipped_car_is_ordered(self):
        car = self.announce(self.order(self.store_a1), new_vin())
        car.shipped_date = False
        self.assertEqual(car.state, "ordered")

    def test_car_of_a_cancelled_order_is_cancelled(self):
        order = self.order(self.store_a1)
        car = self.announce(order, new_vin())
        order.button_cancel()
        self.assertEqual(car.state, "cancelled")

    def test_cancelled_car_may_be_announced_to_another_store(self):
        order = self.order(self.store_a1)
        car = self.announce(order, new_vin())
        order.button_cancel()
        again = self.announce(self.order(self.store_a2), car.vin)
        self.assertEqual(again, car)
        self.assertRecordValues(
            car, [{"state": "in_transit", "company_id": self.store_a2.id}]
        )

    # In stock

    def test_received_car_is_in_stock_with_its_serial_number(self):
        with freeze_time("2026-03-05"):
            car = self.receive(self.store_a1)
        self.assertRecordValues(
            car,
            [
                {
                    "state": "in_stock",
                    "received_date": date(2026, 3, 5),
                    "company_id": self.store_a1.id,
                }
            ],
        )
        self.assertEqual(car.lot_id.name, car.vin)
        self.assertEqual(car.lot_id.dms_vehicle_ids, car)

    def test_car_that_nobody_announced_appears_on_receipt(self):
        order = self.order(self.store_a1)
        vin = new_vin()
        order.picking_ids.move_line_ids.lot_name = vin.lower()
        order.picking_ids.button_validate()
        car = self.env["dms.vehicle"].search([("vin", "=", vin)])
        self.assertRecordValues(
            car,
            [
                {
                    "state": "in_stock",
                    "product_id": self.white.id,
                    "purchase_line_id": order.order_line.id,
                }
            ],
        )

    def test_vin_typed_wrong_on_the_receipt_is_refused(self):
        order = self.order(self.store_a1)
        order.picking_ids.move_line_ids.lot_name = "LFV"
        with self.assertRaisesRegex(ValidationError, "17 characters"):
            order.picking_ids.button_validate()

    def test_moving_inside_the_store_changes_only_the_place(self):
        car = self.receive(self.store_a1)
        yard = car.location_id.copy({"name": "Yard"})
        wizard = self.in_store(self.store_a1)["dms.vehicle.transfer"].create(
            {"vehicle_ids": car.ids, "location_id": yard.id}
        )
        received = car.received_date
        with freeze_time("2027-01-01"):
            wizard.action_transfer()
        self.assertRecordValues(
            car,
            [
                {
                    "state": "in_stock",
                    "location_id": yard.id,
                    "received_date": received,
                }
            ],
        )

    def test_written_off_car(self):
        car = self.receive(self.store_a1)
        scrap = self.in_store(self.store_a1)["stock.scrap"].create(
            {
                "product_id": car.product_id.id,
                "lot_id": car.lot_id.id,
                "location_id": car.location_id.id,
            }
        )
        scrap.do_scrap()
        self.assertEqual(car.state, "written_off")

    def test_returned_to_the_oem_and_delivered_by_it_again(self):
        car = self.receive(self.store_a1)
        receipt = car.purchase_line_id.order_id.picking_ids
        with freeze_time("2026-12-31"):
            self.give_back(receipt)
        self.assertRecordValues(
            car, [{"state": "returned", "returned_date": date(2026, 12, 31)}]
        )
        order = self.order(self.store_a2)
        self.assertEqual(self.announce(order, car.vin), car)
        self.assertEqual(car.state, "in_transit")
        order.picking_ids.button_validate()
        self.assertRecordValues(
            car,
            [
                {
                    "state": "in_stock",
                    "company_id": self.store_a2.id,
                    "returned_date": False,
                }
            ],
        )

    # Sold

    def test_quoted_car_stays_free(self):
        car = self.receive(self.store_a1)
        self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.store_a1.id,
                "order_line": [
                    (0, 0, {"product_id": self.white.id, "dms_vehicle_id": car.id})
                ],
            }
        )
        self.assertEqual(car.state, "in_stock")

    def test_allocated_sold_delivered(self):
        car = self.receive(self.store_a1)
        sale = self.sell(car)
        self.assertEqual(car.state, "allocated")
        sale._create_invoices()
        self.assertEqual(car.state, "allocated", "a draft invoice sells nothing")
        sale.invoice_ids.action_post()
        self.assertEqual(car.state, "sold")
        with freeze_time("2026-12-24"):
            sale.picking_ids.button_validate()
        self.assertRecordValues(
            car,
            [
                {
                    "state": "delivered",
                    "owner_id": self.customer.id,
                    "delivered_date": date(2026, 12, 24),
                    "company_id": self.store_a1.id,
                }
            ],
        )

    def test_cancelled_sale_frees_the_car(self):
        car = self.receive(self.store_a1)
        self.sell(car)._action_cancel()
        self.assertEqual(car.state, "in_stock")

    def test_car_returned_by_its_customer_is_in_stock_and_free(self):
        car, sale = self.delivered()
        self.give_back(sale.picking_ids)
        self.assertRecordValues(
            car,
            [{"state": "in_stock", "owner_id": False, "delivered_date": False}],
        )
        self.assertEqual(self.sell(car).state, "sale")

    def test_delivered_again_after_a_return(self):
        car, sale = self.delivered()
        self.give_back(sale.picking_ids)
        other = self.env["res.partner"].create({"name": "王芳"})
        self.sell(car, other).picking_ids.button_validate()
        self.assertRecordValues(car, [{"state": "delivered", "owner_id": other.id}])

    def test_delivered_car_cannot_be_sold_again(self):
        car, _sale = self.delivered()
        with self.assertRaisesRegex(ValidationError, "cannot be sold: Delivered"):
            self.sell(car)

    def test_car_bought_back_from_its_customer(self):
        car, _sale = self.delivered()
        order = self.order(self.store_a2)
        self.announce(order, car.vin)
        self.assertEqual(car.state, "delivered", "still with its customer")
        order.picking_ids.button_validate()
        self.assertRecordValues(
            car,
            [
                {
                    "state": "in_stock",
                    "company_id": self.store_a2.id,
                    "owner_id": False,
                    "delivered_date": False,
                }
            ],
        )

    def test_customers_car_is_external(self):
        car = self.env["dms.vehicle"].create({"vin": new_vin()})
        self.assertEqual(car.state, "external")

    # Age

    def test_age_counts_from_receipt_to_delivery(self):
        with freeze_time("2026-03-01"):
            car = self.receive(self.store_a1)
            sale = self.sell(car)
        with freeze_time("2026-03-31"):
            car.invalidate_recordset(["days_in_stock"])
            self.assertEqual(car.days_in_stock, 30)
            sale.picking_ids.button_validate()
        with freeze_time("2027-01-01"):
            car.invalidate_recordset(["days_in_stock"])
            self.assertEqual(car.days_in_stock, 30)

    def test_age_is_searched_in_stock_only(self):
        with freeze_time("2026-03-01"):
            old, gone = self.receive(self.store_a1, 2)
            self.sell(gone).picking_ids.button_validate()
        with freeze_time("2026-06-01"):
            new = self.receive(self.store_a1)
            cars = self.env["dms.vehicle"]
            ours = [("id", "in", (old + gone + new).ids)]
            over = cars.search([("days_in_stock", ">", 60), *ours])
            up_to = cars.search([("days_in_stock", "<=", 60), *ours])
        self.assertEqual(over, old)
        self.assertEqual(up_to, new)

    # Forms

    def test_columns_of_the_board_are_in_the_order_of_life(self):
        order = self.order(self.store_a1)
        cars = self.announce(order, new_vin()) | self.receive(self.store_a1, 2)
        self.sell(cars[1])
        groups = self.env["dms.vehicle"].with_context(read_group_expand=True)
        found = groups.web_read_group([("id", "in", cars.ids)], ["state"])["groups"]
        self.assertEqual(
            [group["state"] for group in found], ["in_transit", "in_stock", "allocated"]
        )

    def test_a_new_customers_car_is_entered_by_hand(self):
        env = self.in_store(self.store_a1, "service_advisor")
        with Form(env["dms.vehicle"]) as form:
            form.vin = new_vin()
            form.owner_id = self.customer
            form.plate = "沪A·12345"
        self.assertRecordValues(
            form.record, [{"state": "external", "plate": "沪A12345"}]
        )

    def test_a_vehicle_cannot_lose_its_serial_numbers(self):
        with self.assertRaisesRegex(
            (UserError, ValidationError), "VIN|serial|tracking"
        ):
            self.white.product_tmpl_id.tracking = "none"
            self.env.flush_all()
