"""Ten cars cost ten times one car, never more; a list costs the same for all."""

import itertools

from odoo.tests import tagged

from .common import VehicleCommon, new_vin

QUERIES_PER_CAR = 3


@tagged("post_install", "-at_install")
class TestQueries(VehicleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = (
            cls.env["product.template"]
            .create(
                {
                    "name": "Plain serial numbers",
                    "categ_id": cls.series.id,
                    **cls.env["product.template"]._dms_vehicle_tracking(),
                }
            )
            .product_variant_id
        )

    def queries(self, function, *arguments):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function(*arguments)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def receipt(self, count, product):
        receipt = self.order(self.store_a1, count, product).picking_ids
        vins = [new_vin() for _n in range(count)]
        if product == self.plain:
            for line, vin in zip(receipt.move_line_ids, vins, strict=True):
                line.lot_name = vin
        else:
            receipt.dms_announce([{"vin": vin} for vin in vins])
        return receipt

    def validating(self, count, product):
        receipt = self.receipt(count, product)
        return self.queries(receipt.button_validate)

    def test_a_receipt_costs_few_queries_for_each_further_car(self):
        self.validating(2, self.white)
        counts = [self.validating(n, self.white) for n in (2, 10, 18)]
        for fewer, more in itertools.pairwise(counts):
            self.assertLessEqual(more - fewer, 8 * QUERIES_PER_CAR)

    def test_a_receipt_of_cars_costs_no_more_than_one_of_plain_numbers(self):
        for product in (self.white, self.plain):
            self.validating(1, product)
        cars, plain = (self.validating(10, p) for p in (self.white, self.plain))
        self.assertLessEqual(cars, plain)

    def test_a_receipt_costs_the_same_whatever_is_in_stock(self):
        self.validating(1, self.white)
        empty = self.validating(2, self.white)
        self.receive(self.store_a1, 15)
        self.assertLessEqual(self.validating(2, self.white), empty + 2)

    def test_the_history_costs_the_same_for_few_cars_and_for_many(self):
        """Of a receipt, without what Odoo does: events cost no query for a car."""
        few, many = self.receive(self.store_a1, 2), self.receive(self.store_a1, 20)

        def record(cars):
            moves = cars.purchase_line_id.move_ids
            # together, as they come out of ``_action_done``
            return self.queries(moves.browse(moves.ids)._dms_record_events)

        record(few)
        self.assertEqual(record(few), record(many))

    def test_persons_cost_the_same_for_few_cars_and_for_many(self):
        few, many = self.receive(self.store_a1, 2), self.receive(self.store_a1, 20)

        def record(cars):
            owner = self.env["res.partner"].create({"name": "Fleet"})
            return self.queries(
                lambda: cars._dms_record("vehicle.ownership", person=owner)
            )

        record(few)
        self.assertEqual(record(few), record(many))

    def test_a_shipping_notice_costs_few_queries(self):
        def announce(count):
            receipt = self.order(self.store_a1, count).picking_ids
            rows = [{"vin": new_vin()} for _n in range(count)]
            return self.queries(receipt.dms_announce, rows)

        announce(1)
        self.assertLessEqual(announce(20) - announce(2), 6)

    def test_a_list_costs_the_same_for_one_car_and_for_many(self):
        def read(cars):
            fields = ["display_name", "days_in_stock", "msrp", "location_id"]
            return self.queries(cars.read, fields)

        few, many = self.receive(self.store_a1, 2), self.receive(self.store_a1, 12)
        read(few)
        self.assertEqual(read(few), read(many))

    def test_counters_cost_one_query_for_all_documents(self):
        orders = self.env["purchase.order"].union(
            *(self.order(self.store_a1) for _n in range(6))
        )
        self.queries(orders.mapped, "dms_vehicle_count")
        one = self.queries(orders[:1].mapped, "dms_vehicle_count")
        self.assertEqual(self.queries(orders.mapped, "dms_vehicle_count"), one)
        partners = self.env["res.partner"].create(
            [{"name": f"Owner {n}"} for n in range(6)]
        )
        with self.assertQueryCount(1):
            self.assertEqual(sum(partners.mapped("dms_vehicle_count")), 0)

    def test_searching_by_display_name(self):
        car = self.receive(self.store_a1)
        car.write({"plate": "沪A12345", "owner_id": self.customer.id})
        cars = self.env["dms.vehicle"]
        self.env.flush_all()
        for text, limit in (
            (car.vin, 1),
            (car.vin[-6:], 1),
            ("沪A12345", 1),
            ("李娜", 2),
        ):
            cars.search([("display_name", "ilike", text)])
            with self.assertQueryCount(limit):
                self.assertIn(car, cars.search([("display_name", "ilike", text)]))

    def test_every_way_to_ask_for_a_display_name(self):
        car, other = self.receive(self.store_a1, 2)
        cars = self.env["dms.vehicle"]
        ours = [("id", "in", (car | other).ids)]

        def found(operator, value):
            return cars.search([("display_name", operator, value), *ours])

        suffix = car.vin[-6:]
        for operator in ("ilike", "like", "=ilike", "="):
            self.assertEqual(found(operator, suffix), car, operator)
        self.assertEqual(found("in", [car.vin, "X"]), car)
        self.assertEqual(found("=", car.display_name), car)
        for operator in ("not ilike", "not like", "!="):
            self.assertEqual(found(operator, suffix), other, operator)
        self.assertEqual(found("not in", [car.vin]), other)
        self.assertEqual(found("ilike", ""), car | other, "a choice before typing")
        self.assertEqual(found("ilike", "%"), cars, "no wildcard")
        beginning = cars.name_search(car.vin[:13], ours)
        self.assertIn(car.id, [id_ for id_, _name in beginning])
