"""Who charges a battery is told the slot in which its car stands."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_battery import BatteryCommon
from .yard_common import YardCommon


@tagged("post_install", "-at_install")
class TestBatterySlot(YardCommon, BatteryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parked = cls.receive(cls.store_a1)
        cls.elsewhere = cls.receive(cls.store_a1)
        cls.park(cls.parked, cls.a2)
        cls.env["dms.battery.reading"].create(
            [{"vehicle_id": car.id, "soc": 12} for car in cls.parked | cls.elsewhere]
        )
        cls.mine = cls.by(cls.technician, cls.tasks)
        cls.here = [("vehicle_id", "in", (cls.parked | cls.elsewhere).ids)]

    def task(self, car):
        return self.mine.search([("vehicle_id", "=", car.id)])

    def groups(self, model, domain, name):
        """:return: dict of the slot or site to the number of records there"""
        rows = model.formatted_read_group(domain, [name], ["__count"])
        return {row[name] and row[name][0]: row["__count"] for row in rows}

    def test_a_task_says_the_slot_of_its_car(self):
        task = self.task(self.parked)
        self.assertEqual((task.yard_slot_id, task.yard_site_id), (self.a2, self.site))
        self.assertEqual(task.yard_slot_id.display_name, "NORTH/A-02")

    def test_a_car_that_nobody_saw_in_a_slot_has_none(self):
        self.assertFalse(self.task(self.elsewhere).yard_slot_id)

    def test_it_follows_the_car(self):
        self.park(self.parked, self.a4)
        self.env.invalidate_all()
        self.assertEqual(self.task(self.parked).yard_slot_id, self.a4)

    def test_tasks_are_found_by_slot(self):
        there = [*self.here, ("yard_slot_id", "=", self.a2.id)]
        nowhere = [*self.here, ("yard_slot_id", "=", False)]
        self.assertEqual(self.mine.search(there), self.task(self.parked))
        self.assertEqual(self.mine.search(nowhere), self.task(self.elsewhere))

    def test_a_list_is_sorted_by_slot(self):
        self.park(self.elsewhere, self.a1)
        for order, cars in (
            ("yard_slot_id", self.elsewhere + self.parked),
            ("yard_slot_id DESC", self.parked + self.elsewhere),
        ):
            found = self.mine.search(self.here, order=order).vehicle_id
            self.assertEqual(found.ids, cars.ids)

    def test_tasks_are_grouped_by_slot_and_site(self):
        for name, place in (("yard_slot_id", self.a2), ("yard_site_id", self.site)):
            with self.subTest(name):
                found = self.groups(self.mine, self.here, name)
                self.assertEqual(found, {place.id: 1, False: 1})

    def test_the_group_of_a_slot_opens(self):
        rows = self.mine.formatted_read_group(self.here, ["yard_slot_id"], ["__count"])
        found = {
            self.mine.search([*self.here, *row["__extra_domain"]]).vin for row in rows
        }
        self.assertEqual(found, {self.parked.vin, self.elsewhere.vin})

    def test_a_car_that_stood_elsewhere_before_counts_once(self):
        self.park(self.parked, self.a3)
        found = self.groups(self.mine, self.here, "yard_slot_id")
        self.assertEqual(found, {self.a3.id: 1, False: 1})

    def test_cars_are_grouped_the_same_way(self):
        cars = self.by(self.clerk, self.env["dms.vehicle"])
        mine = [("id", "in", (self.parked | self.elsewhere).ids)]
        found = self.groups(cars, mine, "yard_site_id")
        self.assertEqual(found, {self.site.id: 1, False: 1})

    def test_the_client_may_offer_it(self):
        for model in (self.mine, self.by(self.clerk, self.env["dms.vehicle"])):
            described = model.fields_get(["yard_slot_id", "yard_site_id"])
            self.assertTrue(all(field["groupable"] for field in described.values()))

    def test_a_list_of_tasks_asks_once_for_all_slots(self):
        self.park(self.elsewhere, self.a1)
        self.env.flush_all()
        self.env.invalidate_all()
        tasks = self.mine.search(self.here)
        tasks.mapped("vehicle_id.vin")
        with self.assertQueryCount(1):
            tasks.mapped("yard_slot_id")

    def test_the_plan_opens_where_the_car_stands(self):
        action = self.task(self.parked).action_find_on_plan()
        self.assertEqual(action["tag"], "dms_yard_plan")
        self.assertEqual(action["params"]["vehicle_id"], self.parked.id)
        with self.assertRaisesRegex(UserError, "stands in no slot"):
            self.task(self.elsewhere).action_find_on_plan()

    def test_another_store_learns_nothing_of_it(self):
        stranger = self.by(self.user("technician", self.store_a2), self.tasks)
        found = self.groups(stranger, self.here, "yard_slot_id")
        self.assertEqual(found, {})
