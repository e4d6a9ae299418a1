from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .desk_common import DeskCommon


class ConsentCommon(DeskCommon):
    """A consultant may give 3,000, a manager 8,000, the store manager anything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.director = cls.user("store_manager", cls.store_a1)
        cls.limits = cls.env["dms.deal.limit"].create(
            [
                cls.limit("consultant", amount=3_000),
                cls.limit("manager", amount=8_000, below_floor=2_000),
                cls.limit("director", is_unlimited=True),
            ]
        )

    @classmethod
    def limit(cls, role, **values):
        return {"company_id": cls.store_a1.id, "role": role, **values}

    def discounted(self, amount):
        order = self.variant()
        order.dms_desk_add(self.product("store_discount").id, amount)
        return order

    def asked(self, amount):
        order = self.discounted(amount)
        order.dms_desk_ask("He buys two.")
        return order

    def approval(self, order):
        return order.dms_approval_ids.sorted("id")[-1]


@tagged("post_install", "-at_install")
class TestDeskConsent(ConsentCommon):
    def test_within_the_limits_nothing_is_asked(self):
        order = self.discounted(3_000)
        self.assertFalse(order.dms_desk_sheet()["consent"])
        order.action_quotation_sent()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_above_them_an_offer_is_neither_sent_nor_confirmed(self):
        order = self.discounted(3_001)
        for step in (order.action_quotation_sent, order.action_confirm):
            with self.assertRaisesRegex(UserError, "needs a consent"):
                step()

    def test_the_first_role_that_may_is_asked(self):
        for amount, user in ((5_000, self.manager), (9_000, self.director)):
            order = self.asked(amount)
            approval = self.approval(order)
            self.assertEqual(approval.activity_ids.user_id, user)

    def test_a_store_without_limits_asks_nobody(self):
        self.limits.unlink()
        order = self.discounted(50_000)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_limits_of_a_brand_come_before_those_of_all(self):
        self.limits.create(
            self.limit("consultant", amount=10_000, brand_id=self.brand.id)
        )
        order = self.discounted(10_000)
        self.assertFalse(order.dms_desk_sheet()["consent"])

    def test_accessories_for_nothing_are_given_away_too(self):
        order = self.variant()
        sheet = order.dms_desk_add(self.film.id, 0)
        self.assertFalse(sheet["consent"])
        sheet = order.dms_desk_add(self.product("store_discount").id, 1)
        self.assertEqual(sheet["consent"]["state"], "needed")

    def test_a_price_below_the_floor_is_asked_for_and_the_floor_not_told(self):
        template = self.white.product_tmpl_id.with_company(self.store_a1)
        template.dms_floor_price = 179_000
        order = self.discounted(1_001)
        consent = order.dms_desk_sheet()["consent"]
        self.assertEqual(
            consent["reasons"], ["The price is below the floor of this model."]
        )

    def test_a_reason_is_required(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self.discounted(5_000).dms_desk_ask("  ")

    def test_nobody_is_asked_where_nobody_may(self):
        self.limits[1:].unlink()
        order = self.discounted(5_000)
        self.assertEqual(order.dms_desk_sheet()["consent"]["state"], "impossible")
        with self.assertRaisesRegex(UserError, "nobody in this store"):
            order.dms_desk_ask("Please")

    def test_approved_it_is_sent_and_confirmed(self):
        order = self.asked(5_000)
        sheet = self.by(self.manager, order).dms_desk_decide(True, "Once only.")
        self.assertTrue(sheet["gross"])
        self.assertEqual(order.dms_desk_sheet()["consent"]["state"], "approved")
        order.action_quotation_sent()
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertEqual(self.approval(order).decided_by_id, self.manager)

    def test_while_it_waits_it_is_not_confirmed(self):
        order = self.asked(5_000)
        with self.assertRaisesRegex(UserError, "waits for a consent"):
            order.action_confirm()

    def test_refused_it_stays_unsold_and_the_consultant_reads_why(self):
        order = self.asked(5_000)
        seen = self.by(self.manager, order)
        with self.assertRaisesRegex(UserError, "Say why you refuse"):
            seen.dms_desk_decide(False)
        seen.dms_desk_decide(False, "Too much.")
        consent = order.dms_desk_sheet()["consent"]
        self.assertTrue(consent["was_refused"])
        self.assertEqual(consent["note"], "Too much.")
        with self.assertRaisesRegex(UserError, "needs a consent"):
            order.action_confirm()

    def test_changed_after_the_consent_it_falls(self):
        order = self.asked(5_000)
        self.by(self.manager, order).dms_desk_decide(True)
        order.dms_desk_add(self.product("store_discount").id, 1)
        self.assertEqual(self.approval(order).state, "fallen")
        with self.assertRaisesRegex(UserError, "needs a consent"):
            order.action_confirm()

    def test_a_car_that_cost_more_is_not_covered(self):
        order = self.asked(5_000)
        self.by(self.manager, order).dms_desk_decide(True)
        self.white.with_company(self.store_a1).standard_price = 150_000
        with self.assertRaisesRegex(UserError, "needs a consent"):
            order.action_confirm()

    def test_a_consultant_decides_nothing(self):
        order = self.asked(5_000)
        with self.assertRaisesRegex(UserError, "This takes the consent of"):
            order.dms_desk_decide(True)
        with self.assertRaises(AccessError):
            self.approval(order).write({"state": "approved"})
        with self.assertRaises(AccessError):
            self.approval(order).copy()

    def test_a_manager_does_not_decide_for_the_store_manager(self):
        order = self.asked(9_000)
        with self.assertRaisesRegex(UserError, "This takes the consent of"):
            self.by(self.manager, order).dms_desk_decide(True)

    def test_a_manager_offers_by_his_own_limits(self):
        order = self.discounted(8_000)
        self.by(self.manager, order).action_quotation_sent()
        self.assertEqual(order.state, "sent")

    def test_it_is_decided_once(self):
        order = self.asked(5_000)
        approval = self.approval(order)
        self.by(self.manager, order).dms_desk_decide(True)
        with self.assertRaisesRegex(UserError, "decided already"):
            self.by(self.director, approval).action_refuse("No")

    def test_decisions_stand_in_the_log_without_amounts(self):
        order = self.asked(5_000)
        self.by(self.manager, order).dms_desk_decide(True)
        entry = self.env["dms.log.entry"].search(
            [("subject", "=", order.dms_deal_id.name)]
        )
        self.assertEqual(entry.kind, "deal.approved")
        self.assertIn(self.approval(order).fingerprint, entry.body)
        self.assertNotIn("5000", entry.body)

    def test_the_gross_of_a_request_is_closed_to_consultants(self):
        order = self.asked(5_000)
        with self.assertRaises(AccessError):
            self.approval(order).read(["gross_total"])

    def test_a_customer_confirms_by_the_limits_of_the_seller(self):
        order = self.discounted(5_000)
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "desk.portal",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        with self.assertRaisesRegex(UserError, "needs a consent"):
            order.with_user(portal).sudo().action_confirm()

    def test_more_than_the_displayed_price_is_not_offered_with_any_consent(self):
        order = self.variant()
        order.dms_desk_line(order._dms_car_line().id, price=190_000)
        with self.assertRaisesRegex(UserError, "the law forbids"):
            self.by(self.director, order).action_quotation_sent()

    def test_a_deal_names_whose_consent_is_missing(self):
        order = self.discounted(5_000)
        deal = order.dms_deal_id
        [missing] = deal._dms_blockers()
        self.assertEqual(
            (missing["code"], missing["who"]), ("consent", self.consultant.name)
        )
        order.dms_desk_ask("He buys two.")
        [missing] = deal._dms_blockers()
        self.assertEqual(missing["who"], self.manager.name)
