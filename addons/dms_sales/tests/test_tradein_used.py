"""Used cars in stock: transfer of ownership, comparable sales, price cuts."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .tradein_common import TradeInCommon


@tagged("post_install", "-at_install")
class TestTitleTransfer(TradeInCommon):
    def test_a_purchase_begins_the_transfer_with_its_steps(self):
        transfer = self.bought().transfer_ids
        self.assertEqual((transfer.direction, transfer.state), ("in", "open"))
        names = transfer.line_ids.mapped("name")
        self.assertIn("Issue the reverse invoice to the private seller", names)
        self.assertNotIn("Take the old plates off and get new ones", names)
        self.assertEqual(transfer.fee_total, 330)

    def test_who_did_a_step_and_when_is_kept(self):
        line = self.bought().transfer_ids.line_ids[0]
        mine = self.by(self.consultant, line)
        mine.action_done()
        self.assertEqual(line.done_by_id, self.consultant)
        self.assertEqual(line.done_on, fields.Date.today())

    def test_a_transfer_ends_when_all_steps_are_done(self):
        transfer = self.by(self.consultant, self.bought().transfer_ids)
        with self.assertRaisesRegex(UserError, "Steps still open"):
            transfer.action_transfer()
        with self.assertRaisesRegex(UserError, "by the button"):
            transfer.transferred_on = fields.Date.today()
        transfer.line_ids.action_done()
        transfer.action_transfer()
        self.assertEqual(transfer.state, "done")

    def test_a_step_is_late_after_its_day(self):
        line = self.bought().transfer_ids.line_ids[0]
        line.due_on = fields.Date.today() - timedelta(days=1)
        self.assertTrue(line.is_late)

    def test_a_used_car_is_transferred_to_its_buyer_before_the_delivery(self):
        car = self.in_stock().vehicle_id
        order = self.variant(vehicle=car, product=car.product_id)
        order.sudo().action_confirm()
        deal = order.dms_deal_id
        codes = [item["code"] for item in deal._dms_blockers()]
        self.assertIn("transfer", codes)
        action = deal.action_dms_title_transfer()
        transfer = deal.env["dms.title.transfer"].browse(action["res_id"])
        self.assertEqual(transfer.direction, "out")
        transfer.new_plate = "沪B98765"
        transfer.line_ids.action_done()
        transfer.action_transfer()
        codes = [item["code"] for item in deal._dms_blockers()]
        self.assertNotIn("transfer", codes)
        self.assertEqual(car.plate, "沪B98765")

    def test_a_new_car_needs_none(self):
        [car] = self.receive(self.store_a1)
        order = self.variant(vehicle=car, product=car.product_id)
        order.sudo().action_confirm()
        codes = [item["code"] for item in order.dms_deal_id._dms_blockers()]
        self.assertNotIn("transfer", codes)


@tagged("post_install", "-at_install")
class TestUsedStock(TradeInCommon):
    def test_the_margin_at_the_asking_price_is_without_vat(self):
        car = self.by(
            self.manager, self.in_stock(price=70_000, market=80_000).vehicle_id
        )
        self.assertEqual(car.dms_wanted_margin, 9_601.99)

    def test_a_consultant_sees_what_is_asked_and_not_what_it_leaves(self):
        names = self.by(self.consultant, self.env["dms.vehicle"]).fields_get()
        self.assertIn("dms_asking_price", names)
        self.assertNotIn("dms_wanted_margin", names)

    def test_a_consultant_does_not_change_what_is_asked(self):
        car = self.in_stock().vehicle_id
        with self.assertRaises(AccessError):
            self.by(self.consultant, car).dms_asking_price = 1
        self.by(self.manager, car).dms_asking_price = 85_000
        self.assertEqual(car.dms_asking_price, 85_000)

    def test_what_the_group_sold_is_compared_without_buyers_and_costs(self):
        one = self.in_stock(price=70_000)
        sale = self.sell(self.here(one), price=88_000)
        sale.picking_ids.button_validate()
        env = self.in_store(self.store_a2, "sales_manager")
        other = self.appraisal(user=self.user("sales_consultant", self.store_a2))
        rows = other.with_env(env)._dms_comparables()
        self.assertEqual([row["model"] for row in rows], [one.title])
        self.assertEqual(rows[0]["store"], self.store_a1.name)
        self.assertIn("88,000", rows[0]["price"])
        self.assertFalse({"vin", "partner", "cost"} & rows[0].keys())
        self.assertIn("88,000", other.with_env(env).comparables)

    def test_another_group_compares_nothing_with_it(self):
        sale = self.sell(self.here(self.in_stock()))
        sale.picking_ids.button_validate()
        env = self.in_store(self.store_b1, "sales_manager")
        other = self.appraisal(user=self.user("sales_consultant", self.store_b1))
        self.assertEqual(other.with_env(env)._dms_comparables(), [])

    def here(self, one):
        return one.vehicle_id.with_env(self.in_store(self.store_a1))

    # Price cuts

    def aged(self, days):
        car = self.in_stock(market=88_800).vehicle_id
        car.received_date = fields.Date.today() - timedelta(days=days)
        self.env["dms.price.cut"]._cron_propose()
        return car

    def test_a_fresh_car_keeps_its_price(self):
        self.assertFalse(self.aged(10).dms_cut_ids)

    def test_the_cut_of_the_age_is_proposed_once(self):
        car = self.aged(50)
        cut = car.dms_cut_ids
        self.assertEqual((cut.step, cut.price_before, cut.price), (45, 88_800, 85_200))
        self.assertEqual(car.dms_asking_price, 88_800)
        self.env["dms.price.cut"]._cron_propose()
        self.assertEqual(car.dms_cut_ids, cut)

    def test_a_manager_applies_it(self):
        car = self.aged(50)
        cut = car.dms_cut_ids
        with self.assertRaises(AccessError):
            self.by(self.consultant, cut).action_apply()
        self.by(self.manager, cut).action_apply()
        self.assertEqual(car.dms_asking_price, 85_200)
        self.assertEqual((cut.state, cut.decided_by_id), ("applied", self.manager))
        with self.assertRaisesRegex(UserError, "decided already"):
            self.by(self.manager, cut).action_refuse()

    def test_a_refused_cut_leaves_the_price(self):
        car = self.aged(50)
        self.by(self.manager, car.dms_cut_ids).action_refuse()
        self.assertEqual(car.dms_asking_price, 88_800)

    def test_a_store_with_rules_of_its_own_follows_these(self):
        rule = {"company_id": self.store_a1.id, "days": 5, "percent": 1}
        self.env["dms.price.cut.rule"].create(rule)
        self.assertEqual(self.aged(50).dms_cut_ids.step, 5)

    def test_proposing_asks_the_database_no_more_for_more_cars(self):
        self.aged(50)
        cuts = self.env["dms.price.cut"]
        rules = self.env["dms.price.cut.rule"]._dms_cuts(self.store_a1)
        cars = [self.in_stock(market=88_800).vehicle_id for _number in range(3)]
        day = fields.Date.today() - timedelta(days=50)
        for car in cars:
            car.received_date = day
        self.env.flush_all()
        first = cars[0]
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            cuts._dms_propose(first, rules)
            self.env.flush_all()
        self.env.invalidate_all()
        rest = first.concat(*cars[1:])
        with self.assertQueryCount(20):
            cuts._dms_propose(rest, rules)
            self.env.flush_all()
