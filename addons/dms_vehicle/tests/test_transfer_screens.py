"""What people of both stores see of a transfer in the web client."""

from odoo.tests import tagged

from odoo.addons.dms_base.tests.screens import ScreenCase

from .test_transport import TransportCommon


@tagged("post_install", "-at_install")
class TestTransferScreens(TransportCommon, ScreenCase):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1, price=150_000)

    def see_as(self, role, store):
        self.look_as(self.user(role, store))

    def test_the_giving_store_finds_and_opens_the_request(self):
        request = self.asked(self.car)
        self.see_as("sales_manager", self.store_a1)
        self.assertShows("transfers", "td[name=name]", request.name)
        path = f"transfers/{request.id}"
        self.assertShows(path, "button[name=action_approve]", "Approve")

    def test_the_asking_store_sees_no_button_of_the_other(self):
        request = self.asked(self.car)
        self.see_as("sales_consultant", self.store_a2)
        path = f"transfers/{request.id}"
        self.assertShows(path, "button[name=action_withdraw]", "Withdraw")
        self.assertShows(path, "[name=line_ids] td[name=vin]", self.car.vin)

    def test_an_approved_one_shows_its_price(self):
        request = self.approved(self.car)
        self.see_as("sales_manager", self.store_a1)
        path = f"transfers/{request.id}"
        self.assertShows(path, "[name=line_ids] td[name=price]", "150,000.00")

    def test_the_deal_has_a_button_to_ask(self):
        env = self.in_store(self.store_a2, "sales_consultant")
        line = (0, 0, {"product_id": self.white.id})
        deal = env["sale.order"].create(
            {"partner_id": self.customer.id, "order_line": [line]}
        )
        self.see_as("sales_consultant", self.store_a2)
        path = f"sales/{deal.id}"
        self.assertShows(path, "td:has(button[name=action_dms_ask_store])", "")

    def test_the_yard_at_both_ends_sees_the_transport(self):
        order = self.under_way(self.car)
        self.see_as("parts_clerk", self.store_a2)
        self.assertShows("transports", "td[name=name]", order.name)
        path = f"transports/{order.id}"
        self.assertShows(path, "button[name=action_arrive]", "Arrived")

    def test_the_rules_and_the_settlement_open(self):
        self.see_as("store_manager", self.store_a1)
        self.assertShows("transfer-prices", ".o_view_nocontent", "at cost")
        self.see_as("accountant", self.store_a1)
        self.assertShows("transfer-settlement", ".o_view_nocontent", "sold each other")
