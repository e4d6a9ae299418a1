"""No car leaves stock for its customer before its PDI; PDIs follow the cars."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .inspection_common import InspectionCommon


@tagged("post_install", "-at_install")
class TestDelivery(InspectionCommon):
    def setUp(self):
        super().setUp()
        self.store_a1.dms_pdi_required = True
        self.car = self.receive(self.store_a1)
        self.delivery = self.sell(self.car).picking_ids

    def deliver(self):
        manager = self.user("store_manager", self.store_a1)
        self.by(manager, self.delivery).button_validate()
        return self.delivery.state

    def test_a_car_that_arrived_waits_for_its_pdi(self):
        self.assertRecordValues(
            self.car.pdi_ids, [{"state": "open", "company_id": self.store_a1.id}]
        )

    def test_an_open_one_blocks(self):
        with self.assertRaisesRegex(UserError, "its PDI is not finished"):
            self.deliver()
        self.assertEqual(self.car.state, "allocated")

    def test_a_failed_one_blocks(self):
        self.failed(self.car)
        with self.assertRaisesRegex(UserError, "its PDI has failed"):
            self.deliver()

    def test_none_at_all_blocks(self):
        self.by(self.workshop, self.car.pdi_ids).action_cancel()
        with self.assertRaisesRegex(UserError, "it had no PDI"):
            self.deliver()

    def test_a_passed_one_lets_it_go(self):
        self.passed(self.car)
        self.assertEqual(self.deliver(), "done")

    def test_a_failure_that_was_put_right_lets_it_go(self):
        failed = self.failed(self.car)
        again = failed.browse(failed.action_repeat()["res_id"])
        with self.assertRaisesRegex(UserError, "not finished"):
            self.deliver()
        again.item_ids.action_ok()
        again.signature = failed.signature
        again.action_finish()
        self.assertEqual(self.deliver(), "done")

    def test_a_store_may_do_without(self):
        self.store_a1.dms_pdi_required = False
        self.assertEqual(self.deliver(), "done")

    def test_a_new_store_demands_it(self):
        store = self.env["res.company"].create({"name": "New store"})
        self.assertTrue(store.dms_pdi_required)

    def test_after_delivery_the_pdi_is_history(self):
        pdi = self.passed(self.car)
        self.deliver()
        self.assertFalse(pdi.is_current)
        self.assertFalse(self.car.pdi_state)

    def test_a_car_bought_back_is_inspected_anew(self):
        self.passed(self.car)
        self.deliver()
        wizard = self.env["stock.return.picking"].with_context(
            active_id=self.delivery.id, active_model="stock.picking"
        )
        back = wizard.create({"picking_id": self.delivery.id})
        back.product_return_moves.quantity = 1
        action = back.action_create_returns()
        receipt = self.env["stock.picking"].browse(action["res_id"])
        receipt.move_ids.move_line_ids.lot_id = self.car.lot_id
        receipt.button_validate()
        self.assertEqual(self.car.state, "in_stock")
        self.assertEqual(self.car.pdi_state, "open")

    def test_a_move_in_the_store_does_not_ask(self):
        self.delivery.action_cancel()
        place = self.car.location_id.copy({"name": "Showroom"})
        wizards = self.in_store(self.store_a1, "sales_manager")["dms.vehicle.transfer"]
        wizards.create(
            {"vehicle_ids": self.car.ids, "location_id": place.id}
        ).action_transfer()
        self.assertEqual(self.car.location_id, place)
        self.assertEqual(self.car.pdi_state, "open")


@tagged("post_install", "-at_install")
class TestTransfer(InspectionCommon):
    def setUp(self):
        super().setUp()
        (self.store_a1 | self.store_a2).dms_pdi_required = True
        self.car = self.receive(self.store_a1)

    def move_to_a2(self):
        wizard = self.car.env["dms.vehicle.transfer"].create(
            {
                "vehicle_ids": self.car.ids,
                "to_store_id": self.store_a2.partner_id.id,
            }
        )
        sale = self.env["sale.order"].browse(wizard.action_transfer()["res_id"])
        sale.picking_ids.button_validate()
        purchase = sale.dms_counterpart_purchase_id
        purchase.picking_ids.with_company(self.store_a2).button_validate()

    def test_an_open_pdi_goes_on_in_the_store_that_got_the_car(self):
        first = self.car.pdi_ids
        self.move_to_a2()
        self.assertEqual(first.state, "cancelled")
        self.assertRecordValues(
            (self.car.pdi_ids - first).sudo(),
            [{"state": "open", "company_id": self.store_a2.id}],
        )

    def test_a_passed_one_counts_there_too(self):
        self.passed(self.car)
        self.move_to_a2()
        self.assertEqual(self.car.pdi_state, "passed")
        self.assertEqual(len(self.car.pdi_ids), 1)

    def test_the_new_store_sees_the_state_of_a_pdi_it_cannot_read(self):
        self.passed(self.car)
        self.move_to_a2()
        env = self.in_store(self.store_a2, "sales_consultant")
        car = self.car.with_env(env)
        self.assertEqual(car.pdi_state, "passed")
        found = env["dms.vehicle"].search([("pdi_state", "=", "passed")])
        self.assertIn(car, found)


@tagged("post_install", "-at_install")
class TestManyCars(InspectionCommon):
    def test_cars_are_found_by_their_pdi(self):
        new, passed, failed = (self.receive(self.store_a1) for _n in range(3))
        self.passed(passed)
        self.failed(failed)
        cars = new | passed | failed
        found = {
            state: cars.search([("pdi_state", "=", state), ("id", "in", cars.ids)])
            for state in ("passed", "failed", False)
        }
        self.assertEqual(found, {"passed": passed, "failed": failed, False: new})
        rest = cars.search([("pdi_state", "!=", "passed"), ("id", "in", cars.ids)])
        self.assertEqual(rest, new | failed)

    def test_many_are_started_at_once(self):
        cars = self.receive(self.store_a1, 3)
        first = self.start(cars[0])
        mine = self.by(self.technician, cars)
        action = mine.action_dms_start_pdi()
        self.assertEqual(len(cars.pdi_ids), 3)
        self.assertIn(first.id, action["domain"][0][2])

    def test_of_many_those_that_are_not_there_are_named(self):
        here = self.receive(self.store_a1)
        gone = self.receive(self.store_a1)
        self.sell(gone).picking_ids.button_validate()
        mine = self.by(self.technician, here | gone)
        params = mine.action_dms_start_pdi()["params"]
        self.assertIn(gone.vin, params["message"])
        self.assertEqual(params["next"]["res_model"], "dms.pdi")
        self.assertEqual((here | gone).pdi_ids.vehicle_id, here)

    def test_if_none_is_there_that_is_said(self):
        gone = self.receive(self.store_a1)
        self.sell(gone).picking_ids.button_validate()
        with self.assertRaisesRegex(UserError, "cannot be inspected: Delivered"):
            self.by(self.technician, gone).action_dms_start_pdi()

    def test_many_cars_cost_no_more_queries_than_one(self):
        self.store_a1.dms_pdi_required = True
        few, many = self.receive(self.store_a1, 2), self.receive(self.store_a1, 12)
        for car in few | many:
            self.passed(car)
        self.assertEqual(self._queries(few), self._queries(many))

    def _queries(self, cars):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        cars._dms_check_pdi()
        return self.env.cr.sql_log_count - before

    def test_starting_many_costs_few_queries_each(self):
        cars = self.receive(self.store_a1, 20)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        cars._dms_start_pdi()
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 60)
