"""Two customers, one car: real requests over HTTP, real transactions."""

import re
import threading

import requests

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets
from odoo.addons.dms_vehicle.tests.race import RaceCase
from odoo.addons.dms_vehicle.vin import with_check_digit

from ..controllers import shop as door

VIN = with_check_digit("LZZAB3C20TZ900097")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ALERT = re.compile(r'role="alert">([^<]*)<')
LATER = 60


class ShopRace(RaceCase):
    """One store of the shop with one car, and a provider that authorises."""

    def setUp(self):
        super().setUp()
        self.patch(door, "RESERVATIONS", TokenBuckets(rate=0.001, burst=50))
        with self.transaction() as env:
            store = env["res.company"].browse(self.store_ids[0])
            brand = env["dms.brand"].create(
                {"name": "Race", "code": f"RACE-{store.id}", "is_in_shop": True}
            )
            store.write({"dms_shop": True, "dms_brand_ids": [(6, 0, brand.ids)]})
            store.currency_id = env.ref("base.main_company").currency_id
            store.country_id = env.ref("base.cn")
            model = env["product.template"].create(
                {
                    "name": "Race car",
                    "dms_is_vehicle": True,
                    "dms_kind": "bev",
                    "dms_brand_id": brand.id,
                    "list_price": 100_000,
                    "is_published": True,
                    "taxes_id": False,
                    "supplier_taxes_id": False,
                }
            )
            car = self._order_car(env, store, model.product_variant_id)
            self.car_id, self.brand_id, self.template_id = car.id, brand.id, model.id
            self.product_id = model.product_variant_id.id
            self.provider_id = self._provide(env, store).id

    def _order_car(self, env, store, product):
        """Return a car that the maker builds for the store."""
        orders = env["purchase.order"].with_context(allowed_company_ids=store.ids)
        line = {"product_id": product.id, "product_qty": 1, "price_unit": 1}
        order = orders.create(
            {
                "partner_id": env["res.partner"].create({"name": "Race OEM"}).id,
                "order_line": [(0, 0, line)],
            }
        )
        order.button_confirm()
        return env["dms.vehicle"].create(
            {
                "vin": VIN,
                "company_id": store.id,
                "product_id": product.id,
                "purchase_line_id": order.order_line.id,
            }
        )

    def _provide(self, env, store):
        journal = env["account.journal"].create(
            {"name": "Race", "code": "RACE", "type": "bank", "company_id": store.id}
        )
        demo = env.ref("payment.payment_provider_demo")
        return demo.copy(
            {
                "company_id": store.id,
                "state": "test",
                "is_published": True,
                "capture_manually": True,
                "journal_id": journal.id,
            }
        )

    def _forget_cars(self, env):
        stores = [tuple(self.store_ids)]
        env["payment.provider"].browse(self.provider_id).state = "disabled"
        for statement in (
            "UPDATE sale_order_line SET dms_vehicle_id = NULL WHERE company_id IN %s",
            "UPDATE dms_reservation SET paid_by_id = NULL WHERE company_id IN %s",
            "DELETE FROM payment_transaction WHERE company_id IN %s",
            "DELETE FROM dms_reservation WHERE company_id IN %s",
            "DELETE FROM dms_deal WHERE company_id IN %s",
            "DELETE FROM sale_order_line WHERE company_id IN %s",
            "DELETE FROM sale_order WHERE company_id IN %s",
            "DELETE FROM dms_lead_touch WHERE company_id IN %s",
            "DELETE FROM crm_lead WHERE company_id IN %s",
        ):
            env.cr.execute(statement, stores)
        env.invalidate_all()
        res = super()._forget_cars(env)
        env["product.template"].browse(self.template_id).write(
            {"active": False, "is_published": False}
        )
        env["dms.brand"].browse(self.brand_id).active = False
        return res

    def reservations(self, env):
        domain = [("company_id", "in", self.store_ids)]
        return env["dms.reservation"].search(domain, order="id")

    def states(self):
        with self.transaction() as env:
            return sorted(self.reservations(env).mapped("state"))

    # A customer with a browser

    def customer(self):
        return requests.Session()

    def url(self, path):
        return f"http://127.0.0.1:{HttpCase.http_port()}{path}"

    def fill_in(self, session):
        """Return the form as the customer of a session would send it."""
        path = f"/shop/reserve?product={self.product_id}&store={self.store_ids[0]}"
        page = session.get(self.url(path), timeout=LATER)
        self.assertEqual(page.status_code, 200, ALERT.findall(page.text))
        return {
            "product": self.product_id,
            "store": self.store_ids[0],
            "agreed": "1",
            "csrf_token": TOKEN.search(page.text)[1],
        }

    def send(self, session, form):
        return session.post(self.url("/shop/reserve"), data=form, timeout=LATER)

    def rpc(self, session, path, **params):
        message = {"jsonrpc": "2.0", "params": params}
        answer = session.post(self.url(path), json=message, timeout=LATER).json()
        if "error" in answer:
            return answer["error"]["data"]["message"]
        return answer.get("result")

    def at_once(self, *calls):
        """Return what the calls answer that are made at the same moment."""
        start, answers = threading.Barrier(len(calls)), [None] * len(calls)

        def call(number):
            start.wait()
            answers[number] = calls[number]()

        threads = [
            threading.Thread(target=call, args=(number,))
            for number in range(len(calls))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LATER)
        return answers


@tagged("post_install", "-at_install")
class TestReservationRace(ShopRace):
    @mute_logger("odoo.sql_db", "odoo.http", "odoo.service.model")
    def test_two_forms_at_once_hold_the_car_for_one(self):
        customers = [self.customer(), self.customer()]
        forms = [
            self.fill_in(one) | {"name": f"Racer {n}", "phone": f"1380000001{n}"}
            for n, one in enumerate(customers)
        ]
        answers = self.at_once(
            *(
                lambda one=one, form=form: self.send(one, form)
                for one, form in zip(customers, forms, strict=True)
            )
        )
        self.assertEqual(sorted(a.status_code for a in answers), [200, 422])
        [refused] = [a for a in answers if a.status_code == 422]
        self.assertIn("just reserved the last car", refused.text)
        self.assertEqual(self.states(), ["held"])

    def reserve(self, number):
        """Return a customer whose payment page is open, and how to pay there."""
        customer = self.customer()
        form = self.fill_in(customer)
        form |= {"name": f"Racer {number}", "phone": f"1380000002{number}"}
        page = self.send(customer, form)
        self.assertEqual(page.status_code, 200, ALERT.findall(page.text))
        route = re.search(r'data-transaction-route="([^"]+)"', page.text)[1]
        key = re.search(r'data-access-token="([^"]+)"', page.text)[1]
        return customer, page.url, route.replace("&amp;", "&"), key

    def begin(self, customer, route, key):
        with self.transaction() as env:
            provider = env["payment.provider"].browse(self.provider_id)
            method = provider.payment_method_ids[:1].id
        return self.rpc(
            customer,
            route,
            access_token=key,
            provider_id=self.provider_id,
            payment_method_id=method,
            token_id=None,
            amount=5_000,
            flow="direct",
            tokenization_requested=False,
            landing_route="/",
        )

    @mute_logger("odoo.sql_db", "odoo.http", "odoo.service.model")
    def test_two_payments_at_once_and_one_is_captured(self):
        """The first was late, so that the second could reserve; both pay now."""
        customers, references = [], []
        for number in range(2):
            customer, page, route, key = self.reserve(number)
            begun = self.begin(customer, route, key)
            self.assertIsInstance(begun, dict, begun)
            customers.append((customer, page))
            references.append(begun["reference"])
            with self.transaction() as env:  # what the clock does
                late = self.reservations(env).filtered(lambda r: r.state == "held")
                if number == 0:
                    late.held_until = Datetime.add(Datetime.now(), minutes=-1)
        for reference in references:
            self.rpc(
                self.customer(),
                "/payment/demo/simulate_payment",
                reference=reference,
                simulated_state="done",
            )
        self.at_once(
            *(
                lambda one=one: self.rpc(one, "/payment/status/poll")
                for one, _page in customers
            )
        )
        for one, _page in customers:  # asks once more, as its page does
            self.rpc(one, "/payment/status/poll")
            self.rpc(one, "/payment/status/poll")
        self.assertEqual(self.states(), ["lost", "paid"])
        with self.transaction() as env:
            payments = env["payment.transaction"].search(
                [("reference", "in", references)]
            )
            self.assertEqual(sorted(payments.mapped("state")), ["cancel", "done"])
            orders = payments.sale_order_ids
            self.assertEqual(sorted(orders.mapped("state")), ["sale", "sent"])
        texts = [one.get(page, timeout=LATER).text for one, page in customers]
        self.assertEqual(sum("The car is yours" in text for text in texts), 1)
        self.assertEqual(sum("Another customer was sooner" in t for t in texts), 1)

    def sell(self, env):
        """A consultant sells the car by its VIN."""
        car = env["dms.vehicle"].browse(self.car_id)
        here = env(context={"allowed_company_ids": self.store_ids[:1]})
        line = {"product_id": self.product_id, "dms_vehicle_id": car.id}
        here["sale.order"].create(
            {
                "partner_id": env["res.partner"].create({"name": "Walk-in"}).id,
                "order_line": [(0, 0, line)],
            }
        ).action_confirm()

    def hold(self, env):
        env["dms.reservation"]._dms_reserve(
            env["res.company"].browse(self.store_ids[0]),
            env["product.product"].browse(self.product_id),
            {"name": "Racer", "phone": "13800000030"},
        )

    @mute_logger("odoo.sql_db")
    def test_the_consultant_was_sooner(self):
        error = self._race(self.sell, self.hold)
        self.assertIsInstance(error, UserError)
        self.assertEqual(self.states(), [])

    @mute_logger("odoo.sql_db")
    def test_the_customer_was_sooner(self):
        error = self._race(self.hold, self.sell)
        self.assertIn("held for a customer of the web shop", str(error))
        self.assertEqual(self.states(), ["held"])
