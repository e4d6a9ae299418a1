"""The deposit, from the customer's phone to the posted payment and the deal."""

from odoo.tests import tagged

from .test_desk_consent import ConsentCommon


@tagged("post_install", "-at_install")
class TestDeskDeposit(ConsentCommon):
    """A provider that takes every card it is shown, with real transactions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.env["account.journal"].search(
            [("company_id", "=", cls.store_a1.id), ("type", "=", "bank")], limit=1
        )
        demo = cls.env.ref("payment.payment_provider_demo")
        cls.provider = demo.with_company(cls.store_a1).copy(
            {
                "name": "Cards",
                "company_id": cls.store_a1.id,
                "state": "test",
                "is_published": True,
                "capture_manually": False,
            }
        )
        cls.provider.with_company(cls.store_a1).journal_id = cls.bank
        lines = cls.bank.inbound_payment_method_line_ids
        lines.payment_account_id = cls.bank.default_account_id

    def setUp(self):
        super().setUp()
        self.order = self.variant()
        self.its_deal = self.order.dms_deal_id
        self.its_deal.dms_desk_send()
        self.choose()

    def choose(self):
        deal = self.its_deal.sudo()
        deal._dms_customer_chooses(self.order.id, "", "192.0.2.1")

    def pay(self, amount=5_000, state="done", order=None):
        """Pay on the customer's page, and let the system do what follows."""
        order = (order or self.order).sudo()
        tx = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.provider.payment_method_ids[:1].id,
                "amount": amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "operation": "online_direct",
                "sale_order_ids": [(6, 0, order.ids)],
            }
        )
        answer = {"reference": tx.reference, "simulated_state": state}
        tx._process("demo", answer)
        tx.with_company(self.store_a1)._post_process()
        return tx

    def test_it_confirms_the_order_and_the_deal(self):
        self.assertEqual(self.its_deal.state, "offered")
        self.pay()
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.its_deal.state, "ordered")

    def test_its_payment_is_posted_and_known_to_the_deal(self):
        tx = self.pay()
        payment = tx.payment_id
        self.assertIn(payment.state, ("in_process", "paid"))
        self.assertEqual((payment.amount, payment.journal_id), (5_000, self.bank))
        self.assertEqual(payment.company_id, self.store_a1)
        self.assertEqual(payment.move_id.state, "posted")
        self.assertEqual(self.its_deal._dms_payments(), payment)

    def test_the_receivable_of_the_customer_goes_down_by_it(self):
        self.pay()
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", self.customer.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        self.assertEqual(sum(lines.mapped("balance")), -5_000)

    def test_the_sheet_needs_so_much_less_cash(self):
        before = self.order.dms_desk_sheet()["totals"]
        self.pay()
        after = self.order.dms_desk_sheet()["totals"]
        self.assertEqual(after["paid"], 5_000)
        self.assertEqual(after["cash_needed"], before["cash_needed"] - 5_000)

    def test_a_payment_that_failed_changes_nothing(self):
        tx = self.pay(state="error")
        self.assertFalse(tx.payment_id)
        self.assertEqual((self.order.state, self.its_deal.state), ("sent", "offered"))

    def test_less_than_the_deposit_is_booked_and_does_not_bind(self):
        tx = self.pay(amount=4_999)
        self.assertEqual(tx.payment_id.amount, 4_999)
        self.assertEqual(self.order.state, "sent")
        self.pay(amount=1)
        self.assertEqual(self.order.state, "sale")

    def test_the_other_variants_end_with_it(self):
        other = self.variant(product=self.black, deal=self.its_deal)
        self.its_deal.dms_desk_send()
        self.pay()
        self.assertEqual(other.state, "cancel")

    def test_where_a_contract_is_needed_the_deposit_alone_confirms_nothing(self):
        self.store_a1.dms_contract_required = True
        tx = self.pay()
        self.assertEqual(tx.payment_id.amount, 5_000)
        self.assertEqual(self.order.state, "sent")
        self.assertIn("no_contract", [b["code"] for b in self.its_deal._dms_blockers()])

    def test_what_may_not_be_offered_any_more_is_booked_and_told(self):
        """The store took its limits back after the offer was sent."""
        self.order.dms_desk_add(self.product("store_discount").id, 2_500)
        self.limits[0].amount = 1_000
        tx = self.pay()
        self.assertEqual(tx.payment_id.amount, 5_000)
        self.assertEqual(self.order.state, "sent")
        task = self.its_deal.sudo().activity_ids
        self.assertEqual(task.user_id, self.consultant)
        self.assertIn("Paid, but", task.summary)
        self.assertIn("needs a consent", task.note)

    def test_the_system_confirms_by_the_limits_of_who_offered(self):
        """A manager's offer is confirmed by his limits, whoever processes the money."""
        deal = self.deal(user=self.manager)
        order = self.variant(deal=deal, user=self.manager)
        order.dms_desk_add(self.product("store_discount").id, 7_000)
        deal.dms_desk_send()
        deal.sudo()._dms_customer_chooses(order.id, "", "192.0.2.1")
        self.pay(order=order)
        self.assertEqual(order.state, "sale")

    def test_earnest_money_is_told_apart_when_the_deal_ends(self):
        self.order.sudo().dms_deposit_kind = "earnest"
        self.pay()
        cancellations = self.order.env["dms.deal.cancellation"]
        found = cancellations.create({"deal_id": self.its_deal.id, "reason": "No"})
        self.assertEqual((found.paid, found.binding, found.kept), (5_000,) * 3)

    def test_a_deposit_is_paid_for_the_chosen_offer_alone(self):
        other = self.variant(product=self.black, deal=self.its_deal)
        self.its_deal.dms_desk_send()
        facts = other.sudo()._dms_portal_facts()
        self.assertFalse(facts["deposit_url"])
        self.assertTrue(self.order.sudo()._dms_portal_facts()["deposit_url"])

    def test_once_paid_nothing_is_asked_for_again(self):
        self.pay()
        self.assertFalse(self.order.sudo()._dms_deposit_url())

    def test_the_amount_asked_is_the_deposit_to_the_cent(self):
        for deposit in (1, 3_333.33, 5_000, 49_999.99):
            order = self.order.sudo()
            order.dms_deposit = deposit
            order._dms_ask_deposit()
            self.assertEqual(order._get_prepayment_required_amount(), deposit)
