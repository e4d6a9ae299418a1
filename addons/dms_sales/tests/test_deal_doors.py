"""What a consultant must not reach by writing fields directly, as RPC allows."""

from contextlib import contextmanager

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_desk_consent import ConsentCommon


@tagged("post_install", "-at_install")
class TestOrderDoors(ConsentCommon):
    """A quotation is sent, confirmed and cancelled by its steps."""

    def sold(self, discount=0):
        order = self.discounted(discount) if discount else self.variant()
        order.action_confirm()
        return order

    def test_sold_is_not_written(self):
        order = self.discounted(50_000)
        for vals in ({"state": "sale"}, {"state": "sale", "locked": True}):
            with self.assertRaisesRegex(AccessError, "by its buttons"):
                order.write(vals)
        self.assertEqual(order.state, "draft")

    def test_sent_is_written_only_within_the_limits(self):
        with self.assertRaisesRegex(UserError, "needs a consent"):
            self.discounted(50_000).write({"state": "sent"})

    def test_a_sold_order_is_not_opened_again_by_hand(self):
        order = self.sold()
        for state in ("draft", "sent", "cancel"):
            with self.assertRaisesRegex(AccessError, "by its buttons"):
                order.write({"state": state})

    def test_the_context_of_a_step_is_made_by_no_caller(self):
        order = self.discounted(50_000).with_context(dms_order_step="order")
        with self.assertRaisesRegex(AccessError, "by its buttons"):
            order.write({"state": "sale"})

    def test_an_order_is_not_created_as_sold(self):
        deal = self.deal()
        line = {"product_id": self.white.id, "price_unit": 1}
        vals = deal._prepare_variant() | {"order_line": [(0, 0, line)]}
        with self.assertRaises(UserError):
            deal.env["sale.order"].create(vals | {"state": "sale"})
        line["price_unit"] = 180_000 / 1.13
        with self.assertRaisesRegex(AccessError, "by its buttons"):
            deal.env["sale.order"].create(vals | {"state": "sale"})

    def test_the_buttons_still_work(self):
        order = self.variant()
        order.action_quotation_sent()
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        order._action_cancel()
        self.assertEqual(order.state, "cancel")
        order.action_draft()
        self.assertEqual(order.state, "draft")

    def test_amounts_are_not_typed(self):
        order = self.variant()
        for name in ("amount_total", "amount_untaxed", "amount_tax"):
            with self.assertRaisesRegex(AccessError, "nobody types them"):
                order.write({name: 1})
        car = order._dms_car_line()
        for name in ("price_total", "price_subtotal", "price_tax"):
            with self.assertRaisesRegex(AccessError, "the amounts of a line follow"):
                car.write({name: 1})
        with self.assertRaisesRegex(AccessError, "the amounts of a line follow"):
            car.create(
                {"order_id": order.id, "product_id": self.film.id, "price_total": 1}
            )

    def test_what_documents_prove_of_a_car_is_not_typed(self):
        car = self.sold()._dms_car_line()
        for name in ("qty_delivered", "qty_invoiced"):
            with self.assertRaisesRegex(AccessError, "by its documents"):
                car.write({name: 1})
        self.assertEqual(car.order_id.dms_deal_id.state, "ordered")

    def test_a_discount_of_the_store_is_not_made_one_of_the_oem(self):
        order = self.discounted(50_000)
        line = order.order_line.filtered(lambda one: one.dms_block == "store_discount")
        with self.assertRaisesRegex(AccessError, "a manager may change it"):
            line.write({"dms_block": "oem_discount"})
        self.by(self.manager, line).write({"dms_block": "oem_discount"})
        self.assertEqual(line.dms_block, "oem_discount")

    def test_nor_when_the_line_is_made(self):
        order = self.variant()
        line = order.order_line.create(
            {
                "order_id": order.id,
                "product_id": self.product("store_discount").id,
                "price_unit": -50_000,
                "dms_block": "oem_discount",
            }
        )
        self.assertEqual(line.dms_block, "store_discount")

    def test_nobody_sells_by_the_limits_of_his_manager(self):
        """A customer who pays confirms by the limits of who sells."""
        order = self.discounted(2_000)
        order.action_quotation_sent()
        with self.assertRaisesRegex(AccessError, "says who sells this"):
            order.user_id = self.director
        order.user_id = False
        order.sudo().user_id = self.consultant
        self.by(self.manager, order).user_id = self.manager
        self.assertEqual(order.sudo().user_id, self.manager)

    def test_a_sent_offer_that_needs_a_consent_by_now_is_taken_back(self):
        order = self.discounted(2_000)
        deal = order.dms_deal_id
        deal.dms_desk_send()
        order.dms_desk_add(self.product("store_discount").id, 900)
        self.assertEqual(order.state, "sent")
        order.dms_desk_add(self.product("store_discount").id, 900)
        self.assertEqual(order.state, "draft")
        self.assertFalse(deal.sudo()._dms_portal_values()["offers"])
        with self.assertRaisesRegex(UserError, "needs a consent"):
            deal.dms_desk_send()

    def test_what_is_sold_stays_in_its_deal(self):
        order, other = self.sold(), self.deal()
        with self.assertRaisesRegex(AccessError, "stays in it"):
            order.dms_deal_id = other
        with self.assertRaisesRegex(AccessError, "get their deals when"):
            order._dms_car_line().dms_deal_id = other
        order.note = "Anything else"
        self.assertFalse(other.variant_ids)

    def test_a_car_does_not_stop_being_one(self):
        order = self.discounted(50_000)
        with self.assertRaisesRegex(AccessError, "a manager may change it"):
            order._dms_car_line().write({"dms_block": "accessories"})


@tagged("post_install", "-at_install")
class TestAfterTheSale(ConsentCommon):
    """What needed a consent before the sale needs one after it."""

    def setUp(self):
        super().setUp()
        self.order = self.variant()
        self.order.action_confirm()
        self.car = self.order._dms_car_line()

    @contextmanager
    def refused(self):
        with self.assertRaises(UserError) as refusal:
            yield
        self.assertIn("goes beyond what you may give", str(refusal.exception))

    def test_the_price_of_a_sold_car_is_not_lowered(self):
        with self.refused():
            self.car.price_unit = 100_000

    def test_nor_by_a_percentage(self):
        with self.refused():
            self.car.discount = 40

    def test_nor_by_another_line(self):
        with self.refused():
            self.order.order_line.create(
                {
                    "order_id": self.order.id,
                    "product_id": self.product("store_discount").id,
                    "price_unit": -30_000,
                }
            )

    def test_nor_by_a_car_given_in(self):
        trade_ins = self.order.env["dms.deal.trade.in"]
        vals = {"order_id": self.order.id, "name": "Old", "value": 10_000}
        with self.refused():
            trade_ins.create(vals | {"allowance": 40_000})
        car = trade_ins.create(vals | {"allowance": 10_000})
        with self.refused():
            car.allowance = 40_000

    def test_within_the_limits_things_are_still_sold(self):
        line = self.order._dms_add_products(self.film)
        self.assertEqual(line.order_id, self.order)
        line._dms_charge(1_000)
        self.assertEqual(line.price_total, 1_000)

    def test_a_manager_gives_by_his_own_limits(self):
        car = self.by(self.manager, self.car)
        car._dms_charge(174_000)
        with self.refused():
            car._dms_charge(160_000)

    def test_an_fi_officer_changes_the_loan_as_the_lender_decides(self):
        terms = self.loan_terms(name="Bank", months=12)
        fi_officer = self.user("fi_officer", self.store_a1)
        loans = self.by(fi_officer, self.env["dms.deal.loan"])
        loan = loans.create(
            {"order_id": self.order.id, "terms_id": terms.id, "amount": 90_000}
        )
        loan.amount = 80_000
        self.assertEqual(self.order._dms_totals().financed, 80_000)

    def test_a_direct_change_of_an_asked_offer_makes_the_consent_fall(self):
        for change in (
            lambda order: order.dms_trade_in_ids.create(
                {"order_id": order.id, "name": "Old", "allowance": 9, "value": 9}
            ),
            lambda order: order.dms_loan_ids.create(
                {"order_id": order.id, "terms_id": self.terms.id, "amount": 10_000}
            ),
        ):
            order = self.asked(5_000)
            change(order)
            self.assertEqual(self.approval(order).state, "fallen")


@tagged("post_install", "-at_install")
class TestDealDoors(ConsentCommon):
    """A deal shows what its documents prove, and belongs to who works on it."""

    def test_nothing_that_documents_prove_is_written(self):
        deal = self.deal()
        order = self.variant(deal=deal)
        for name, value in (
            ("state", "delivered"),
            ("order_id", order.id),
            ("car_line_id", order._dms_car_line().id),
            ("amount_total", 1),
            ("delivered_date", "2026-01-01"),
            ("lender_move_id", 1),
            ("access_token", "mine"),
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                deal.write({name: value})
            with self.subTest(created=name), self.assertRaises(AccessError):
                deal.create({"partner_id": self.customer.id, name: value})

    def colleague(self):
        return self.env["res.users"].create(
            {
                "name": "Colleague",
                "login": "desk.colleague",
                "company_id": self.store_a1.id,
                "company_ids": [(6, 0, self.store_a1.ids)],
                "group_ids": [(6, 0, self.consultant.group_ids.ids)],
            }
        )

    def test_nobody_takes_the_deal_of_another(self):
        deal = self.by(self.colleague(), self.deal())
        with self.assertRaisesRegex(AccessError, "says whose deal it is"):
            deal.user_id = deal.env.user
        self.by(self.manager, deal).user_id = deal.env.user
        self.assertEqual(deal.user_id, deal.env.user)

    def test_a_deal_of_nobody_is_taken_and_the_own_one_given_away(self):
        deal, colleague = self.deal(), self.colleague()
        deal.user_id = colleague
        free = self.env["dms.deal"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.store_a1.id,
                "user_id": False,
            }
        )
        mine = self.by(colleague, free)
        mine.user_id = colleague
        self.assertEqual((deal | mine).user_id, colleague)

    def test_once_sold_only_a_manager_says_whose_it_is(self):
        order = self.variant()
        order.action_confirm()
        with self.assertRaisesRegex(AccessError, "says whose deal it is"):
            order.dms_deal_id.user_id = self.colleague()

    def test_a_sold_deal_keeps_its_customer(self):
        order = self.variant()
        other = self.env["res.partner"].create({"name": "Other"})
        order.dms_deal_id.partner_id = other
        order.action_confirm()
        with self.assertRaisesRegex(UserError, "cancel it, then sell"):
            order.dms_deal_id.partner_id = self.customer

    def test_a_paid_deal_ends_by_a_cancellation_alone(self):
        order = self.variant()
        order.action_confirm()
        bank = self.env["account.journal"].search(
            [("company_id", "=", self.store_a1.id), ("type", "=", "bank")], limit=1
        )
        payment = self.in_store(self.store_a1)["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "amount": 5_000,
                "journal_id": bank.id,
                "dms_deal_id": order.dms_deal_id.id,
            }
        )
        payment.action_post()
        with self.assertRaisesRegex(UserError, "ask for the cancellation"):
            order.action_cancel()
        self.assertEqual(order.state, "sale")


@tagged("post_install", "-at_install")
class TestOemDiscount(ConsentCommon):
    """What the OEM pays is said by the product; what is above it the store gives."""

    def setUp(self):
        super().setUp()
        self.programme = self.env["product.template"].create(
            {
                "name": "Summer of the OEM",
                "type": "service",
                "dms_block": "oem_discount",
                "list_price": 10_000,
                "taxes_id": [(6, 0, self.vat.ids)],
            }
        )
        self.programme = self.programme.product_variant_id

    def front(self, order):
        return self.by(self.manager, order).dms_desk_sheet()["gross"]["front"]

    def test_within_the_programme_nothing_is_given_away(self):
        order = self.variant()
        before = self.front(order)
        sheet = order.dms_desk_add(self.programme.id, 11_300)
        self.assertFalse(sheet["consent"])
        self.assertAlmostEqual(self.front(order), before, 2)

    def test_above_it_the_store_gives_and_asks(self):
        order = self.variant()
        before = self.front(order)
        sheet = order.dms_desk_add(self.programme.id, 14_690)
        self.assertEqual(sheet["consent"]["state"], "needed")
        self.assertAlmostEqual(self.front(order), before - 3_000, 2)

    def test_the_customer_pays_the_same_either_way(self):
        order = self.variant()
        before = order.dms_desk_sheet()["totals"]["customer_pays"]
        tax = order._dms_totals().blocks["purchase_tax"]
        sheet = order.dms_desk_add(self.programme.id, 14_690)
        saved = tax - order._dms_totals().blocks["purchase_tax"]
        self.assertAlmostEqual(
            sheet["totals"]["customer_pays"], before - 14_690 - float(saved), 2
        )


@tagged("post_install", "-at_install")
class TestFloorOfSeveralCars(ConsentCommon):
    def test_each_car_counts_with_its_floor(self):
        """Two cars of 180,000 with floors of 179,000 may lose 2,000 together."""
        templates = (self.white | self.black).product_tmpl_id
        for template in templates.with_company(self.store_a1):
            template.dms_floor_price = 179_000
        order = self.variant()
        order.order_line.create({"order_id": order.id, "product_id": self.black.id})
        order.dms_desk_add(self.product("store_discount").id, 2_000)
        self.assertFalse(order.dms_desk_sheet()["consent"])
        order.dms_desk_add(self.product("store_discount").id, 1)
        reasons = order.dms_desk_sheet()["consent"]["reasons"]
        self.assertIn("The price is below the floor of this model.", reasons)

    def test_a_car_without_a_floor_is_no_cover_for_another(self):
        template = self.white.product_tmpl_id.with_company(self.store_a1)
        template.dms_floor_price = 179_000
        order = self.variant()
        order.order_line.create({"order_id": order.id, "product_id": self.black.id})
        order.dms_desk_add(self.product("store_discount").id, 1_001)
        self.assertTrue(order.dms_desk_sheet()["consent"])


@tagged("post_install", "-at_install")
class TestInvoiceInAdvance(ConsentCommon):
    def test_a_down_payment_leaves_a_consent_as_it_is(self):
        order = self.asked(5_000)
        self.by(self.manager, order).dms_desk_decide(True)
        order.action_confirm()
        mark = order._dms_fingerprint()
        wizard = self.in_store(self.store_a1)["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [(6, 0, order.ids)],
                "advance_payment_method": "fixed",
                "fixed_amount": 5_000,
            }
        )
        wizard.create_invoices()
        self.assertTrue(order.order_line.filtered("is_downpayment"))
        self.assertEqual(order._dms_fingerprint(), mark)
        self.assertEqual(self.approval(order).state, "approved")
