"""The shop as visitors see it: pages, forms, payment; nothing of other people."""

import re

from odoo import http
from odoo.tests import HttpCase, JsonRpcException, tagged

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets

from ..controllers import shop as shop_door
from ..controllers import visit as visit_door
from .web_common import PERSON, WebCommon

MANY = {"rate": 0.001, "burst": 50}


class WebPages(WebCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visitor.write(
            {
                "company_ids": [(4, cls.store_a1.id)],
                "company_id": cls.store_a1.id,
            }
        )
        cls.car = cls.receive(cls.store_a1)

    def setUp(self):
        super().setUp()
        self.patch(shop_door, "RESERVATIONS", TokenBuckets(**MANY))
        self.patch(visit_door, "BOOKINGS", TokenBuckets(**MANY))
        self.patch(visit_door, "CHECK_INS", TokenBuckets(**MANY))
        self.authenticate(None, None)

    def post(self, path, **form):
        token = http.Request.csrf_token(self)
        data = PERSON | {"agreed": "1", "csrf_token": token}
        return self.url_open(path, data=data | form)


@tagged("post_install", "-at_install")
class TestShopPages(WebPages):
    def reserve_by_form(self, **form):
        place = {"product": self.white.id, "store": self.store_a1.id}
        return self.post("/shop/reserve", **place | form)

    def last(self):
        return self.env["dms.reservation"].search([], limit=1)

    def test_the_page_of_a_model_shows_stores_and_price(self):
        page = self.url_open(self.white.website_url)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Test store A1", page.text)
        self.assertIn("180,000", page.text)
        self.assertIn(f"/shop/reserve?product={self.white.id}", page.text)

    def test_no_vin_and_no_cost_are_on_the_page(self):
        text = self.url_open(self.white.website_url).text
        self.assertNotIn(self.car.vin, text)
        self.assertNotIn("140,000", text)

    def test_the_shop_lists_the_models(self):
        text = self.url_open("/shop?search=E5").text
        self.assertIn("Model E5-W", text)
        self.brand.is_in_shop = False
        self.assertNotIn("Model E5-W", self.url_open("/shop?search=E5").text)

    def test_cars_side_by_side_show_technical_data_and_no_cart(self):
        self.white.product_tmpl_id.dms_range_km = 520
        pair = f"{self.white.id},{self.black.id}"
        text = self.url_open(f"/shop/compare?products={pair}").text
        self.assertIn("520 km", text)
        self.assertIn("Choose a store", text)
        self.assertNotIn("comparison_add_to_cart", text)

    def test_a_cart_refuses_a_car(self):
        values = {"product_template_id": self.white.product_tmpl_id.id}
        values |= {"product_id": self.white.id, "quantity": 1}
        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request("/shop/cart/add", values)

    def test_an_address_without_a_car_leads_to_the_shop(self):
        page = self.url_open("/shop/reserve?product=0&store=0")
        self.assertTrue(page.url.endswith("/shop"))

    def test_another_colour_brings_its_own_stores(self):
        html = self.make_jsonrpc_request(
            "/shop/car/stores", {"product_id": self.black.id}
        )
        self.assertIn(f'data-product="{self.black.id}"', html)
        self.assertNotIn("o_dms_in_stock", html)

    def test_a_model_that_is_not_published_has_no_stores(self):
        self.white.product_tmpl_id.is_published = False
        html = self.make_jsonrpc_request(
            "/shop/car/stores", {"product_id": self.white.id}
        )
        self.assertFalse(html)

    def test_a_visitor_reserves_and_sees_the_payment(self):
        page = self.reserve_by_form()
        one = self.last()
        self.assertEqual(one.vehicle_id, self.car)
        self.assertIn(one.name, page.text)
        self.assertIn("o_payment_form", page.text)
        self.assertIn("订金", page.text)

    def test_a_second_visitor_is_told_that_the_car_is_gone(self):
        self.reserve_by_form()
        page = self.reserve_by_form(phone="13800000010")
        self.assertEqual(page.status_code, 422)
        self.assertIn("just reserved the last car", page.text)
        self.assertEqual(self.env["dms.reservation"].search_count([]), 1)

    def test_without_consent_nothing_is_kept(self):
        page = self.reserve_by_form(agreed="")
        self.assertIn("Please agree", page.text)
        self.assertFalse(self.last())

    def test_a_program_that_fills_every_field_reserves_nothing(self):
        self.reserve_by_form(website="x")
        self.assertFalse(self.last())

    def test_a_store_of_another_group_is_no_choice(self):
        self.reserve_by_form(store=self.store_b1.id)
        self.assertFalse(self.last())

    def test_without_its_key_a_reservation_is_not_shown(self):
        self.reserve_by_form()
        one = self.last()
        page = self.url_open(f"/my/reservations/{one.id}?access_token=wrong")
        self.assertNotIn(one.name, page.text)

    def test_the_page_says_what_came_of_it(self):
        self.reserve_by_form()
        one = self.last()
        for state, words in (("paid", "The car is yours"), ("lost", "was sooner")):
            one.state = state
            self.assertIn(words, self.url_open(one.get_portal_url()).text)

    def test_a_visitor_gives_the_car_back(self):
        self.reserve_by_form()
        one = self.last()
        url = one.get_portal_url(suffix="/give-up")
        self.url_open(url, data={"csrf_token": http.Request.csrf_token(self)})
        self.assertEqual(one.state, "cancelled")

    def test_a_customer_sees_the_own_reservations_only(self):
        login = "reserving.customer"
        user = self.env["res.users"].create(
            {
                "name": login,
                "login": login,
                "password": login,
                "company_id": self.store_a1.id,
                "company_ids": [(6, 0, self.store_a1.ids)],
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self.receive(self.store_a1)
        mine, foreign = self.reserve(partner=user.partner_id), self.reserve()
        self.authenticate(login, login)
        text = self.url_open("/my/reservations").text
        self.assertIn(mine.name, text)
        self.assertNotIn(foreign.name, text)

    def test_paying_by_the_page_orders_the_car(self):
        page = self.reserve_by_form()
        one = self.last()
        route = re.search(r'data-transaction-route="([^"]+)"', page.text)[1]
        token = re.search(r'data-access-token="([^"]+)"', page.text)[1]
        values = self.make_jsonrpc_request(
            route.replace("&amp;", "&"),
            {
                "access_token": token,
                "provider_id": self.provider.id,
                "payment_method_id": self.provider.payment_method_ids[:1].id,
                "token_id": None,
                "amount": 5_000,
                "flow": "direct",
                "tokenization_requested": False,
                "landing_route": one.get_portal_url(),
            },
        )
        self.make_jsonrpc_request(
            "/payment/demo/simulate_payment",
            {"reference": values["reference"], "simulated_state": "done"},
        )
        self.make_jsonrpc_request("/payment/status/poll", {})
        self.env.invalidate_all()
        self.assertEqual(one.state, "paid")
        self.assertEqual(one.deal_id.state, "ordered")


@tagged("post_install", "-at_install")
class TestVisitPages(WebPages):
    def test_a_visitor_books_and_gets_a_code(self):
        page = self.url_open(f"/visit?store={self.store_a1.id}")
        start = re.search(r'<option value="(\d{4}[^"]+)"', page.text)[1]
        page = self.post(f"/visit?store={self.store_a1.id}", start=start)
        booking = self.env["dms.visit.booking"].search([], limit=1)
        self.assertEqual(booking.contact_name, "陈晨")
        self.assertIn("data:image/svg+xml", page.text)

    def test_without_a_time_nothing_is_booked(self):
        page = self.post(f"/visit?store={self.store_a1.id}")
        self.assertEqual(page.status_code, 422)
        self.assertFalse(self.env["dms.visit.booking"].search([]))

    def test_a_visitor_checks_in_by_the_code_at_the_door(self):
        page = self.post(self.store_a1._dms_door_path())
        self.assertIn("Please take a seat", page.text)
        visit = self.env["dms.showroom.visit"].search([], limit=1)
        self.assertEqual(visit.lead_id.phone_sanitized, "+8613800000009")

    def test_a_guessed_door_is_shut(self):
        page = self.url_open(f"/check-in/{self.store_a1.id}/guessed")
        self.assertEqual(page.status_code, 404)

    def test_the_door_tells_nothing_of_what_the_store_knows(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Secret wish",
                "contact_name": "王小明",
                "phone": "13800000009",
                "company_id": self.store_a1.id,
            }
        )
        page = self.post(self.store_a1._dms_door_path())
        self.assertNotIn("王小明", page.text)
        self.assertEqual(len(lead.dms_touch_ids), 2)

    def test_staff_that_scans_the_code_comes_to_the_booking(self):
        bookings = self.env["dms.visit.booking"]
        slot = bookings._dms_visit_slots(self.store_a1)[0]
        booking = bookings._dms_book_visit(self.store_a1, slot, PERSON)
        self.manager.password = self.manager.login
        self.authenticate(self.manager.login, self.manager.login)
        answer = self.url_open(booking.get_portal_url(), allow_redirects=False)
        self.assertIn(f"/odoo/booked-visits/{booking.id}", answer.headers["Location"])

    def test_the_code_at_the_door_is_for_staff(self):
        self.manager.password = self.manager.login
        self.authenticate(self.manager.login, self.manager.login)
        self.assertIn(
            self.store_a1._dms_door_key(), self.url_open("/dms/door-code").text
        )


@tagged("post_install", "-at_install")
class TestShopBrowser(WebPages):
    """On a phone of 390 by 844 pixels."""

    browser_size = "390x844"
    touch_enabled = True

    def test_a_customer_reserves_and_pays_with_his_thumb(self):
        self.start_tour(self.white.website_url, "dms_shop_customer", login=None)
        one = self.env["dms.reservation"].search([], limit=1)
        self.assertEqual((one.state, one.vehicle_id), ("paid", self.car))
