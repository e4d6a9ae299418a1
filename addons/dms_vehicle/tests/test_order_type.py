"""For what cars are ordered, and when they have to be paid."""

from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES

from .common import new_vin
from .pipeline_common import PipelineCommon


@tagged("post_install", "-at_install")
class TestOrderType(PipelineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.types = {kind.code: kind for kind in cls.env["dms.order.type"].search([])}

    def ship(self, order, day="2026-03-01"):
        vin = new_vin()
        order.dms_push_asn(order.name, [{"vin": vin, "shipped_date": day}])
        return self.env["dms.vehicle"].search([("vin", "=", vin)])

    def draft(self, code):
        line = {"product_id": self.white.id, "product_qty": 2, "price_unit": 1}
        return self.manager["purchase.order"].create(
            {
                "partner_id": self.oem.id,
                "dms_order_type_id": self.types[code].id,
                "order_line": [(0, 0, line)],
            }
        )

    def test_there_are_four(self):
        self.assertEqual(set(self.types), {"stock", "customer", "demonstrator", "used"})

    def test_an_order_is_for_stock_unless_somebody_says_otherwise(self):
        order = self.order(self.store_a1)
        self.assertEqual(order.dms_order_type_id, self.types["stock"])
        self.assertEqual(order.dms_adoption_days, 60)

    def test_a_car_is_adopted_the_days_of_its_order_after_consignment(self):
        order = self.draft("customer")
        order.button_confirm()
        car = self.ship(order)
        self.assertRecordValues(
            car,
            [
                {
                    "order_type_id": self.types["customer"].id,
                    "consignment_date": date(2026, 3, 1),
                    "adoption_date": date(2026, 3, 16),
                }
            ],
        )

    def test_another_day_of_consignment_counts(self):
        car = self.ship(self.order(self.store_a1))
        car.with_env(self.manager).consignment_date = "2026-03-11"
        self.assertEqual(car.adoption_date, date(2026, 5, 10))

    def test_a_car_that_comes_back_is_consigned_anew(self):
        car = self.ship(self.order(self.store_a1), "2026-03-01")
        car.purchase_line_id.order_id.button_cancel()
        again = self.order(self.store_a1)
        row = {"vin": car.vin, "shipped_date": "2026-06-01"}
        again.dms_push_asn(again.name, [row])
        self.assertEqual(car.consignment_date, date(2026, 6, 1))
        self.assertEqual(car.adoption_date, date(2026, 7, 31))

    def test_a_car_that_is_bought_back_is_consigned_anew(self):
        order = self.order(self.store_a1)
        car = self.ship(order, "2026-03-01")
        order.picking_ids.button_validate()
        self.sell(car.with_env(order.env)).picking_ids.button_validate()
        again = self.order(self.store_a1)
        row = {"vin": car.vin, "shipped_date": "2026-06-01"}
        again.dms_push_asn(again.name, [row])
        self.assertEqual(car.consignment_date, date(2026, 6, 1))
        self.assertEqual(car.adoption_date, date(2026, 7, 31))

    def test_a_car_received_without_a_notice_is_consigned_that_day(self):
        receipt, vin = self.order(self.store_a1).picking_ids, new_vin()
        receipt.move_line_ids.lot_name = vin
        with freeze_time("2026-03-01"):
            receipt.button_validate()
        car = self.env["dms.vehicle"].search([("vin", "=", vin)])
        self.assertEqual(car.adoption_date, date(2026, 4, 30))

    def test_a_car_that_is_not_shipped_has_nothing_to_pay(self):
        order = self.order(self.store_a1)
        self.push(self.report(order, "built", vin=new_vin()))
        self.assertFalse(order.order_line.dms_vehicle_ids.adoption_date)

    def test_new_days_of_a_type_count_for_new_orders_only(self):
        old = self.order(self.store_a1)
        car = self.ship(old)
        self.types["stock"].adoption_days = 90
        self.assertEqual(old.dms_adoption_days, 60)
        self.assertEqual(car.adoption_date, date(2026, 4, 30))
        self.assertEqual(self.order(self.store_a1).dms_adoption_days, 90)

    def test_days_of_one_order_may_be_agreed(self):
        order = self.draft("stock")
        order.dms_adoption_days = 45
        order.button_confirm()
        self.assertEqual(self.ship(order).adoption_date, date(2026, 4, 15))

    def test_days_lie_in_a_range(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.types["stock"].adoption_days = -1
            self.env.flush_all()

    def test_a_purchase_from_another_store_is_no_consignment(self):
        car = self.receive(self.store_a1)
        wizard = car.env["dms.vehicle.transfer"].create(
            {"vehicle_ids": car.ids, "to_store_id": self.store_a2.partner_id.id}
        )
        sale = self.env["sale.order"].browse(wizard.action_transfer()["res_id"])
        self.assertFalse(sale.dms_counterpart_purchase_id.dms_order_type_id)

    def test_managers_of_the_group_keep_the_list_and_all_read_it(self):
        for role in ROLES:
            types = self.in_store(self.store_a1, role)["dms.order.type"]
            self.assertTrue(types.search([]).mapped("name"), role)
            self.assertEqual(types.has_access("write"), role == "group_admin", role)
        with self.assertRaises(AccessError):
            self.manager["dms.order.type"].create({"name": "x", "code": "x"})

    def test_the_sales_manager_chooses_it_on_his_order(self):
        with Form(self.draft("stock")) as form:
            form.dms_order_type_id = self.types["demonstrator"]
            self.assertEqual(form.dms_adoption_days, 180)
