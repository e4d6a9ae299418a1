from datetime import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .desk_common import DeskCommon


@tagged("post_install", "-at_install")
class TestDeskSheet(DeskCommon):
    """The sheet: lines by block, totals by the core, one arithmetic for all."""

    def blocks(self, sheet):
        return {b["code"]: round(b["total"], 2) for b in sheet["blocks"] if b["lines"]}

    def line(self, order, product):
        return order.order_line.filtered(lambda line: line.product_id == product)

    def test_a_variant_begins_with_what_is_on_every_sheet(self):
        order = self.variant()
        blocks = self.blocks(order.dms_desk_sheet())
        self.assertEqual(set(blocks), {"car", "insurance", "purchase_tax"})
        self.assertEqual(blocks["insurance"], 950)

    def test_the_price_said_is_the_price_paid(self):
        order = self.variant()
        car = order._dms_car_line()
        for price in (169_800, 169_801, 179_999.99, 100_000.01):
            sheet = order.dms_desk_line(car.id, price=price)
            self.assertEqual(self.blocks(sheet)["car"], price)

    def test_the_purchase_tax_follows_the_price(self):
        """150,000 without VAT, battery electric, 2026: half of 15,000 is spared."""
        order = self.variant()
        order.date_order = datetime(2026, 3, 2)
        sheet = order.dms_desk_line(order._dms_car_line().id, price=169_500)
        self.assertEqual(self.blocks(sheet)["purchase_tax"], 7_500)
        sheet = order.dms_desk_add(self.product("store_discount").id, 11_300)
        self.assertEqual(self.blocks(sheet)["purchase_tax"], 7_000)

    def test_a_model_outside_the_catalogue_pays_the_whole_tax(self):
        self.white.dms_in_tax_catalogue = False
        order = self.variant()
        order.date_order = datetime(2026, 3, 2)
        sheet = order.dms_desk_line(order._dms_car_line().id, price=169_500)
        self.assertEqual(self.blocks(sheet)["purchase_tax"], 15_000)

    def test_the_relief_of_the_tax_has_its_cap_per_car(self):
        """Two cars of 400,000 without VAT: 25,000 each in 2026, not 65,000."""
        order = self.variant()
        car = order._dms_car_line()
        order.dms_desk_line(car.id, price=452_000)
        one = order._dms_totals().blocks["purchase_tax"]
        order.dms_desk_line(car.id, quantity=2)
        self.assertEqual(order._dms_totals().blocks["purchase_tax"], 2 * one)

    def test_a_discount_lowers_the_tax_of_all_cars_by_their_share(self):
        order = self.variant()
        order.order_line.create({"order_id": order.id, "product_id": self.black.id})
        before = order._dms_totals().blocks["purchase_tax"]
        order.dms_desk_add(self.product("store_discount").id, 22_600)
        after = order._dms_totals().blocks["purchase_tax"]
        self.assertAlmostEqual(float(before - after), 1_000, 1)

    def test_a_discount_is_taken_off_whatever_its_sign(self):
        order = self.variant()
        for price in (5_000, -5_000):
            sheet = order.dms_desk_add(self.product("store_discount").id, price)
        self.assertEqual(self.blocks(sheet)["store_discount"], -10_000)

    def test_an_accessory_brings_its_fitting(self):
        sheet = self.variant().dms_desk_add(self.film.id)
        self.assertEqual(self.blocks(sheet)["accessories"], 3_300)

    def test_cash_is_what_loan_and_trade_in_leave(self):
        order = self.variant()
        order.dms_desk_line(order._dms_car_line().id, price=169_500)
        order.dms_desk_loan(self.terms.id, 120_000)
        sheet = order.dms_desk_trade_in(
            {"name": "Old car", "allowance": 30_000, "value": 30_000, "payoff": 5_000}
        )
        totals = sheet["totals"]
        self.assertEqual(totals["traded_in"], 25_000)
        left = totals["customer_pays"] - 120_000 - 25_000
        self.assertAlmostEqual(totals["cash_needed"], left, 2)

    def test_the_monthly_rate_is_that_of_the_lender(self):
        """120,000 over 36 months at 4.80 %, and a fee of 3,600: 6.84 % a year."""
        self.terms.fee = 3_600
        order = self.variant()
        sheet = order.dms_desk_loan(self.terms.id, 120_000)
        self.assertEqual(sheet["totals"]["monthly"], 3_585.74)
        self.assertEqual(sheet["totals"]["last_payment"], 3_585.80)
        self.assertEqual(sheet["totals"]["annual_percent"], 6.84)
        self.assertEqual(self.blocks(sheet)["loan"], 3_600)

    def test_a_loan_ends_with_its_fee(self):
        self.terms.fee = 3_600
        order = self.variant()
        order.dms_desk_loan(self.terms.id, 120_000)
        sheet = order.dms_desk_loan(False)
        self.assertFalse(sheet["loan"])
        self.assertNotIn("loan", self.blocks(sheet))

    def test_a_lender_finances_no_more_than_its_share(self):
        order = self.variant()
        order.dms_desk_line(order._dms_car_line().id, price=150_000)
        with self.assertRaisesRegex(ValidationError, "lends at most"):
            order.dms_desk_loan(self.terms.id, 120_001)

    def test_terms_of_other_brands_and_days_are_not_offered(self):
        other = self.env["dms.brand"].create({"name": "Other", "code": "OT"})
        self.loan_terms(name="other", brand_id=other.id)
        self.loan_terms(name="gone", date_to="2020-01-01")
        deal = self.deal()
        self.variant(deal=deal)
        names = [one["name"] for one in deal.dms_desk()["terms"]]
        self.assertEqual(names, ["36 months"])

    def test_more_than_the_displayed_price_is_named_as_a_problem(self):
        order = self.variant()
        sheet = order.dms_desk_line(order._dms_car_line().id, price=190_000)
        self.assertIn("the law forbids", sheet["problems"][0])

    def test_a_sold_variant_is_not_changed(self):
        order = self.variant()
        order.action_confirm()
        with self.assertRaisesRegex(UserError, "no longer an offer"):
            order.dms_desk_add(self.film.id)

    def test_a_line_of_another_variant_is_not_changed(self):
        deal = self.deal()
        first, second = self.variant(deal=deal), self.variant(deal=deal)
        with self.assertRaisesRegex(UserError, "line is gone"):
            first.dms_desk_line(second.order_line[0].id, price=1)


@tagged("post_install", "-at_install")
class TestDeskVariants(DeskCommon):
    """Up to three variants side by side."""

    def test_a_copy_has_everything_of_its_model(self):
        deal = self.deal()
        order = self.variant(deal=deal)
        order.dms_desk_loan(self.terms.id, 100_000)
        order.dms_desk_trade_in({"name": "Old", "allowance": 1, "value": 1})
        order.dms_desk_add(self.film.id, 2_500)
        first, second = deal.dms_desk_new(copy_of=order.id)["variants"]
        self.assertEqual(second["loan"], first["loan"])
        self.assertEqual(second["trade_in"], first["trade_in"])
        self.assertEqual(second["totals"], first["totals"])

    def test_a_fourth_variant_waits_until_one_is_off(self):
        deal = self.deal()
        for _number in range(3):
            order = self.variant(deal=deal)
        self.assertFalse(deal.dms_desk()["may_add"])
        with self.assertRaisesRegex(UserError, "take one off"):
            deal.dms_desk_new(self.white.id)
        self.assertEqual(len(deal.dms_desk_drop(order.id)["variants"]), 2)

    def test_another_colour_keeps_what_else_is_on_the_sheet(self):
        order = self.variant()
        order.dms_desk_add(self.film.id)
        sheet = order.dms_desk_car(self.black.id)
        self.assertEqual(sheet["car"]["product_id"], self.black.id)
        self.assertEqual(len(order.order_line), 5)

    def test_the_car_comes_later(self):
        [car] = self.receive(self.store_a1)
        order = self.variant()
        sheet = order.dms_desk_car(car.product_id.id, car.id)
        self.assertEqual(sheet["car"]["vin"], car.vin)
        self.assertEqual(order.dms_deal_id.vehicle_id, car)

    def test_free_cars_come_before_models(self):
        [car] = self.receive(self.store_a1)
        found = self.deal().dms_desk_cars()
        self.assertEqual(found[0]["vin"], car.vin)
        models = {one["product_id"] for one in found if not one["vehicle_id"]}
        self.assertLessEqual({self.white.id, self.black.id}, models)

    def test_a_car_is_found_by_its_last_six(self):
        cars = self.receive(self.store_a1, 2)
        found = self.deal().dms_desk_cars(cars[1].vin[-6:])
        self.assertEqual([one["vehicle_id"] for one in found], cars[1].ids)

    def test_cars_of_other_stores_are_offered_as_models(self):
        [car] = self.receive(self.store_a2)
        deal = self.deal()
        self.assertNotIn(car.vin[-6:], [one["vin"] for one in deal.dms_desk_cars()])
        self.consultant.group_ids += self.env.ref("dms_vehicle.group_group_stock")
        [found] = [one for one in deal.dms_desk_cars() if one["vin"] == car.vin[-6:]]
        self.assertEqual(found["store"], self.store_a2.name)
        self.assertFalse(found["vehicle_id"])

    def test_products_of_a_block(self):
        found = self.deal().dms_desk_products("accessories", "film")
        self.assertEqual(
            {one["id"] for one in found}, set((self.film | self.fitting).ids)
        )
        [film] = self.deal().dms_desk_products("accessories", "Film")[:1]
        self.assertAlmostEqual(film["price"], 3_000, 2)


@tagged("post_install", "-at_install")
class TestDeskRoles(DeskCommon):
    def test_whoever_reads_a_deal_sees_its_desk(self):
        deal = self.deal()
        self.variant(deal=deal).dms_desk_loan(self.terms.id, 100_000)
        for role in ("fi_officer", "accountant", "auditor", "store_manager"):
            seen = self.by(self.user(role, self.store_a1), deal)
            with self.subTest(role=role):
                [sheet] = seen.dms_desk()["variants"]
                self.assertEqual(sheet["loan"]["amount"], 100_000)

    def test_an_fi_officer_arranges_the_loan(self):
        order = self.variant()
        seen = self.by(self.user("fi_officer", self.store_a1), order)
        sheet = seen.dms_desk_loan(self.terms.id, 90_000)
        self.assertEqual(sheet["totals"]["financed"], 90_000)
        self.assertFalse(sheet["gross"])

    def test_who_only_reads_changes_nothing(self):
        order = self.variant()
        for role in ("accountant", "auditor"):
            seen = self.by(self.user(role, self.store_a1), order)
            with self.subTest(role=role), self.assertRaises(AccessError):
                seen.dms_desk_trade_in({"name": "Old", "allowance": 1})

    def test_another_store_sees_nothing(self):
        order = self.variant()
        stranger = self.user("sales_consultant", self.store_a2)
        with self.assertRaises(AccessError):
            self.by(stranger, order).dms_desk_sheet()
        with self.assertRaises(AccessError):
            self.by(stranger, order.dms_deal_id).dms_desk()


@tagged("post_install", "-at_install")
class TestDeskGross(DeskCommon):
    """The true gross, for those who may see it."""

    def test_the_gross_of_each_block(self):
        """150,000 less 140,000; film and fitting 2,920.35 less 1,200."""
        order = self.variant()
        order.dms_desk_line(order._dms_car_line().id, price=169_500)
        order.dms_desk_add(self.film.id)
        found = self.by(self.manager, order).dms_desk_sheet()["gross"]
        self.assertEqual(found["blocks"]["car"], 10_000)
        self.assertEqual(found["blocks"]["accessories"], 1_720.36)
        self.assertEqual(found["blocks"]["insurance"], 0)
        self.assertEqual(found["total"], 11_720.36)

    def test_a_car_costs_what_that_very_car_cost(self):
        [car] = self.receive(self.store_a1, price=151_000)
        order = self.variant(vehicle=car)
        order.dms_desk_line(order._dms_car_line().id, price=169_500)
        found = self.by(self.manager, order).dms_desk_sheet()["gross"]
        self.assertEqual(found["blocks"]["car"], -1_000)

    def test_what_is_expected_by_rule_is_earned(self):
        self.env["dms.deal.expectation"].create(
            [
                self.rule(name="Premium", block="insurance", percent=10),
                self.rule(name="Rebate", block="rebate", base="cost", percent=2),
                self.rule(name="Seller", block="commission", amount=300, is_cost=True),
            ]
        )
        found = self.by(self.manager, self.variant()).dms_desk_sheet()["gross"]
        self.assertEqual(found["blocks"]["insurance"], 89.62)
        self.assertEqual(found["blocks"]["rebate"], 2_641.51)
        self.assertEqual(found["blocks"]["commission"], -300)

    def rule(self, **values):
        return {"company_id": self.store_a1.id, **values}

    def test_a_lender_pays_for_a_loan(self):
        order = self.variant()
        order.dms_desk_loan(self.terms.id, 106_000)
        found = self.by(self.manager, order).dms_desk_sheet()["gross"]
        self.assertEqual(found["blocks"]["loan"], 2_000)

    def test_the_discount_of_the_oem_costs_the_store_nothing(self):
        order = self.variant()
        before = self.by(self.manager, order).dms_desk_sheet()["gross"]["front"]
        order.dms_desk_add(self.product("oem_discount").id, 11_300)
        after = self.by(self.manager, order).dms_desk_sheet()["gross"]["front"]
        self.assertAlmostEqual(after, before, 2)

    def test_the_deal_keeps_the_gross_of_what_was_chosen(self):
        deal = self.deal()
        self.variant(deal=deal)
        second = self.variant(deal=deal)
        second.dms_desk_add(self.product("store_discount").id, 1_130)
        seen = self.by(self.manager, deal)
        before = seen.gross_total
        deal.dms_desk_choose(second.id)
        self.assertEqual(seen.gross_total, before - 1_000)

    def test_a_consultant_sees_no_gross_and_no_cost(self):
        deal = self.deal()
        order = self.variant(deal=deal)
        self.assertFalse(order.dms_desk_sheet()["gross"])
        self.assertFalse(deal.dms_desk()["sees_cost"])

    def test_a_consultant_does_not_read_what_goods_and_cars_cost(self):
        [car] = self.receive(self.store_a1)
        for record in (self.white, self.white.product_tmpl_id, car.lot_id):
            seen = self.by(self.consultant, record)
            with self.subTest(model=record._name):
                self.assertNotIn("standard_price", seen.fields_get())
                with self.assertRaises(AccessError):
                    seen.read(["standard_price"])
                with self.assertRaises(AccessError):
                    seen.search([("standard_price", ">", 0)])

    def test_who_buys_stores_or_books_goods_knows_their_cost(self):
        for role in ("sales_manager", "parts_clerk", "accountant", "store_manager"):
            seen = self.white.with_user(self.user(role, self.store_a1))
            with self.subTest(role=role):
                self.assertIn("standard_price", seen.fields_get())

    def test_a_consultant_sells_without_knowing_the_cost(self):
        [car] = self.receive(self.store_a1)
        order = self.variant(vehicle=car)
        order.dms_desk_add(self.film.id)
        order.action_confirm()
        self.assertEqual(order._create_invoices().amount_total, order.amount_total)

    def test_a_consultant_reaches_the_gross_by_no_door(self):
        deal = self.deal()
        self.variant(deal=deal)
        self.consultant.group_ids += self.env.ref("base.group_allow_export")
        self.assertNotIn("gross_total", deal.fields_get())
        doors = (
            lambda: deal.read(["gross_total"]),
            lambda: deal.search([("gross_total", ">", 0)]),
            lambda: deal.search([], order="gross_total"),
            lambda: deal._read_group([], ["state"], ["gross_total:sum"]),
            lambda: deal.formatted_read_group([], ["state"], ["gross_total:sum"]),
            lambda: deal.export_data(["gross_total"]),
            lambda: (
                self.env["dms.deal.expectation"].with_user(self.consultant).search([])
            ),
            lambda: self.terms.with_user(self.consultant).read(["commission_percent"]),
            lambda: self.white.with_user(self.consultant).read(["dms_floor_price"]),
        )
        for number, door in enumerate(doors):
            with (
                self.subTest(door=number),
                self.assertRaises(AccessError),
            ):
                door()


@tagged("post_install", "-at_install")
class TestDeskBooks(DeskCommon):
    """What is passed on is no revenue; the books agree to the cent."""

    def test_the_invoice_books_tax_and_premium_to_others(self):
        order = self.variant()
        order.dms_desk_line(order._dms_car_line().id, price=169_500)
        order.dms_desk_add(self.product("store_discount").id, 1_130)
        order.action_confirm()
        invoice = order.sudo()._create_invoices()
        invoice.action_post()
        self.assertEqual(invoice.amount_total, order.amount_total)
        passed = invoice.line_ids.filtered(
            lambda line: (
                line.account_id.account_type == "liability_current"
                and line.display_type == "product"
            )
        )
        tax = order._dms_totals().blocks["purchase_tax"]
        self.assertEqual(-sum(passed.mapped("balance")), 950 + float(tax))
        income = invoice.line_ids.filtered(
            lambda line: line.account_id.account_type == "income"
        )
        self.assertEqual(-sum(income.mapped("balance")), 149_000)
