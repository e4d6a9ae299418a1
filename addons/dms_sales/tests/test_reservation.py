from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.dms_vehicle.tests.common import new_vin

from .web_common import WebCommon


@tagged("post_install", "-at_install")
class TestReservation(WebCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls.receive(cls.store_a1)

    # Holding

    def test_a_reservation_holds_a_car_for_its_customer(self):
        one = self.reserve()
        self.assertEqual(one.state, "held")
        self.assertEqual(one.vehicle_id, self.car)
        self.assertEqual(one.company_id, self.store_a1)

    def test_it_is_a_deal_with_its_quotation_in_the_store(self):
        one = self.reserve()
        self.assertEqual(one.deal_id.state, "offered")
        self.assertEqual(one.deal_id.company_id, self.store_a1)
        self.assertEqual(one.deal_id.vehicle_id, self.car)
        self.assertTrue(one.order_id.dms_is_chosen)

    def test_the_price_is_what_the_shop_showed(self):
        one = self.reserve()
        shown = self.white._dms_shop_price(self.store_a1)
        self.assertAlmostEqual(one.amount_total, shown, 2)

    def test_the_lead_of_the_number_is_used_again(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Known",
                "phone": "13800000009",
                "company_id": self.store_a1.id,
                "type": "opportunity",
                "user_id": self.consultant.id,
            }
        )
        one = self.reserve()
        self.assertEqual(one.lead_id, lead)
        self.assertEqual(one.deal_id.user_id, self.consultant)

    def test_a_phone_number_alone_finds_no_customer(self):
        self.customer.phone = "13800000009"
        self.assertNotEqual(self.reserve().partner_id, self.customer)

    def test_whoever_is_logged_in_is_the_customer(self):
        self.assertEqual(self.reserve(partner=self.customer).partner_id, self.customer)

    def test_a_held_car_is_not_offered_again(self):
        self.reserve()
        self.env.flush_all()
        self.assertFalse(self.env["dms.web.car"].search([("id", "=", self.car.id)]))

    def test_the_last_car_is_reserved_once(self):
        self.reserve()
        with self.assertRaisesRegex(UserError, "just reserved the last car"):
            self.reserve(phone="13800000010")

    def test_a_car_on_its_way_can_be_reserved(self):
        self.reserve()
        coming = self.announce(self.order(self.store_a1), new_vin())
        self.assertEqual(self.reserve().vehicle_id, coming)

    def test_one_phone_does_not_hold_all_cars(self):
        self.receive(self.store_a1, 2)
        self.reserve()
        self.reserve()
        with self.assertRaisesRegex(UserError, "cars are held already"):
            self.reserve()

    def test_a_number_that_is_none_is_refused(self):
        with self.assertRaisesRegex(UserError, "check your phone number"):
            self.reserve(phone="12")

    def test_a_consultant_does_not_sell_a_held_car(self):
        self.reserve()
        with self.assertRaisesRegex(UserError, "held for a customer of the web shop"):
            self.sell(self.car)

    def test_a_held_car_is_not_promised_to_a_sister_store(self):
        self.reserve()
        with self.assertRaisesRegex(UserError, "held for a customer of the web shop"):
            self.env["dms.transfer.request"]._dms_check_offered(self.car, {})

    # Time

    def test_what_is_not_paid_in_time_frees_the_car(self):
        one = self.reserve()
        self.let_time_pass(one)
        with self.enter_registry_test_mode():
            self.env.ref("dms_sales.ir_cron_reservation_expire").method_direct_trigger()
        self.assertEqual(one.state, "expired")
        self.assertEqual(self.reserve(phone="13800000010").vehicle_id, self.car)

    def test_the_offer_stays_with_the_consultant(self):
        one = self.reserve()
        one._dms_expire()
        self.assertEqual(one.order_id.state, "sent")
        self.assertEqual(one.lead_id.won_status, "pending")

    def test_the_next_customer_does_not_wait_for_the_scheduled_job(self):
        first = self.reserve()
        self.let_time_pass(first)
        self.env.flush_all()
        self.assertEqual(self.reserve(phone="13800000010").vehicle_id, self.car)
        self.assertEqual(first.state, "expired")

    def test_who_was_late_cannot_begin_to_pay(self):
        one = self.reserve()
        self.let_time_pass(one)
        with self.assertRaisesRegex(UserError, "time to pay has run out"):
            self.begin_payment(one)

    def test_a_payment_that_begins_gets_its_time(self):
        one = self.reserve()
        before = one.held_until
        one.held_until = before.replace(second=0)
        self.begin_payment(one)
        self.assertGreaterEqual(one.held_until, before.replace(second=0))

    def test_a_customer_gives_up(self):
        one = self.reserve()
        one._dms_give_up()
        self.assertEqual(one.state, "cancelled")
        self.assertEqual(self.reserve(phone="13800000010").vehicle_id, self.car)

    # Money

    def test_an_authorised_deposit_orders_the_car(self):
        one = self.reserve()
        payment = self.begin_payment(one)
        self.authorise(payment)
        self.assertEqual(one.state, "paid")
        self.assertEqual(one.deal_id.state, "ordered")
        self.assertEqual(self.car.state, "allocated")
        self.assertEqual(one.lead_id.won_status, "won")

    def test_money_is_captured_after_the_order_is_written(self):
        one = self.reserve()
        payment = self.begin_payment(one)
        self.authorise(payment)
        self.assertEqual(payment.state, "authorized")
        self.assertFalse(payment.is_post_processed)
        self.settle_later(payment)
        self.assertEqual(payment.state, "done")

    def test_a_payment_is_captured_once(self):
        one = self.reserve()
        payment = self.begin_payment(one)
        self.authorise(payment)
        self.settle_later(payment)
        self.settle_later(payment)
        self.assertEqual(len(payment.child_transaction_ids), 1)

    def test_who_comes_second_is_not_charged(self):
        first = self.reserve()
        late = self.begin_payment(first)
        self.let_time_pass(first)
        second = self.reserve(phone="13800000010")
        paid = self.begin_payment(second)
        self.authorise(paid)
        self.authorise(late)
        self.assertEqual((first.state, second.state), ("lost", "paid"))
        self.settle_later(late)
        self.assertEqual(late.state, "cancel")
        self.assertFalse(
            late.child_transaction_ids.filtered(lambda tx: tx.state == "done")
        )

    def test_who_was_late_still_gets_a_car_that_nobody_took(self):
        one = self.reserve()
        payment = self.begin_payment(one)
        one._dms_expire()
        self.authorise(payment)
        self.assertEqual(one.state, "paid")
        self.assertEqual(one.deal_id.state, "ordered")

    def test_a_consultant_who_was_sooner_has_the_car(self):
        one = self.reserve()
        payment = self.begin_payment(one)
        self.let_time_pass(one)
        self.sell(self.car)
        self.authorise(payment)
        self.assertEqual(one.state, "lost")
        self.assertEqual(one.order_id.state, "sent")
        self.assertTrue(one.deal_id.activity_ids)

    def test_without_authorisation_a_lost_deposit_is_paid_back(self):
        provider = self.pay_provider(self.store_a1, manual=False)
        one = self.reserve()
        payment = self.begin_payment(one, provider)
        self.let_time_pass(one)
        self.sell(self.car)
        self.authorise(payment)
        self.assertEqual(payment.state, "done")
        self.settle_later(payment)
        refund = payment.child_transaction_ids
        self.assertEqual((refund.operation, refund.state), ("refund", "done"))
        self.assertEqual(refund.amount, -payment.amount)

    def test_what_no_provider_pays_back_a_person_does(self):
        provider = self.pay_provider(self.store_a1, manual=False)
        provider.sudo().code = "none"
        accountant = self.user("accountant", self.store_a1)
        one = self.reserve()
        payment = self.begin_payment(one, provider)
        one._dms_lose()
        payment._set_done()
        payment._post_process()
        self.assertIn(accountant, one.deal_id.activity_ids.user_id)

    def test_a_provider_that_is_switched_off_leaves_the_capture_to_people(self):
        accountant = self.user("accountant", self.store_a1)
        one = self.reserve()
        payment = self.begin_payment(one)
        self.authorise(payment)
        self.provider.sudo().state = "disabled"
        self.settle_later(payment)
        self.assertEqual(payment.state, "authorized")
        self.assertIn(accountant, one.deal_id.activity_ids.user_id)

    def test_a_paid_car_is_not_freed_by_the_scheduled_job(self):
        one = self.reserve()
        payment = self.begin_payment(one)
        payment._set_authorized()  # the page has not come back yet
        self.let_time_pass(one)
        with self.enter_registry_test_mode():
            self.env.ref("dms_sales.ir_cron_reservation_expire").method_direct_trigger()
        self.assertEqual(one.state, "held")
        payment._post_process()
        self.assertEqual(one.state, "paid")

    def test_nobody_takes_a_car_whose_payment_is_coming(self):
        one = self.reserve()
        self.begin_payment(one)._set_authorized()
        self.let_time_pass(one)
        with self.assertRaisesRegex(UserError, "just reserved the last car"):
            self.reserve(phone="13800000010")

    def test_beginning_to_pay_again_and_again_holds_no_car_for_ever(self):
        one = self.reserve()
        start, most = one.create_date, 3 * one._dms_hold_time()
        for minutes in (20, 40, 60, 80):
            with freeze_time(start + timedelta(minutes=minutes)):
                one._dms_begin_payment()
        self.assertLess(abs(one.held_until - start - most), timedelta(seconds=2))

    def test_what_is_paid_is_not_given_up_by_the_link(self):
        one = self.reserve()
        self.authorise(self.begin_payment(one))
        with self.assertRaisesRegex(UserError, "call the store"):
            one._dms_give_up()

    def test_lead_and_deal_tell_what_happened_online(self):
        one = self.reserve()
        self.authorise(self.begin_payment(one))
        for record in (one.lead_id, one.deal_id):
            said = " ".join(record.message_ids.mapped("body"))
            self.assertIn("Reserved online", said)
            self.assertIn("The deposit is paid online", said)

    def test_who_loses_is_not_thanked_for_the_payment(self):
        one = self.reserve()
        payment = self.begin_payment(one)
        self.let_time_pass(one)
        self.sell(self.car)
        before = one.order_id.message_ids
        self.authorise(payment)
        one.order_id._send_payment_succeeded_for_order_mail()
        mails = (one.order_id.message_ids - before).filtered("mail_ids")
        self.assertFalse(mails)

    def test_a_reservation_that_ended_is_not_paid_by_another_page(self):
        one = self.reserve()
        one._dms_give_up()
        with self.assertRaisesRegex(UserError, "has ended"):
            self.begin_payment(one)

    def test_the_offer_can_be_paid_again_when_the_store_asks_for_it(self):
        one = self.reserve()
        one._dms_expire()
        one.order_id._dms_ask_deposit()
        payment = self.begin_payment(one)
        self.assertFalse(payment.dms_reservation_id)

    def test_the_deal_of_a_reservation_can_be_cancelled_and_the_car_sold(self):
        one = self.reserve()
        self.authorise(self.begin_payment(one))
        one.order_id._action_cancel()
        self.assertEqual(self.car.state, "in_stock")
        self.assertEqual(self.reserve(phone="13800000010").vehicle_id, self.car)

    # Who sees it

    def test_consultants_see_the_reservations_of_their_store(self):
        one = self.reserve()
        self.assertEqual(self.by(self.consultant, one).read(["name"])[0]["id"], one.id)
        sister = self.user("sales_consultant", self.store_a2)
        with self.assertRaises(AccessError):
            self.by(sister, one).read(["name"])

    def test_nobody_types_a_reservation(self):
        one = self.reserve()
        with self.assertRaises(AccessError):
            self.by(self.manager, one).write({"state": "paid"})
