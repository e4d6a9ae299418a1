"""The screens of the pipeline, as the people who use them see them."""

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.dms_base.tests.screens import ScreenCase

from .common import new_vin
from .pipeline_common import PipelineCommon


class ScreenCommon(PipelineCommon, ScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.user("sales_consultant", cls.store_a1)
        cls.leader = cls.user("sales_manager", cls.store_a1)
        with freeze_time("2026-01-01"):
            cls.old = cls.receive(cls.store_a1)
        cls.there = cls.receive(cls.store_a2, product=cls.black)


@tagged("post_install", "-at_install")
class TestPipelineScreens(ScreenCommon):
    def test_the_board_of_a_manager(self):
        order = self.order(self.store_a1, 2)
        vin = new_vin()
        self.push(self.report(order, "built", vin=vin))
        self.look_as(self.leader)
        self.assertShows("pipeline", ".o_kanban_group", "Produced")
        self.assertShows("pipeline", ".o_kanban_record", vin)
        self.assertShows("pipeline", ".o_kanban_record .text-bg-danger", "days")

    def test_the_board_of_a_consultant(self):
        self.look_as(self.seller)
        self.assertShows("pipeline", ".o_kanban_record", self.old.vin)

    def test_the_stock_of_the_group(self):
        self.look_as(self.leader)
        self.assertShows("group-stock", ".o_data_row", self.store_a2.name)

    def test_a_consultant_with_the_right_finds_the_stock_of_the_group(self):
        right = self.env.ref("dms_vehicle.group_group_stock")
        self.seller.group_ids = [Command.link(right.id)]
        self.look_as(self.seller)
        self.assertShows("group-stock", ".o_data_row", self.there.vin[-6:])

    def test_an_allocation_and_its_order(self):
        promise, line = self.promise(), self.quote()
        line.dms_allocation_id = promise.with_env(line.env)
        self.look_as(self.seller)
        self.assertShows("allocations", ".o_data_row", promise.reference)
        path = f"allocations/{promise.id}"
        self.assertShows(path, ".o_statusbar_status", "Booked")
        self.assertShows(path, ".o_form_view", line.order_id.name)

    def test_reports_and_their_order(self):
        order = self.order(self.store_a1)
        self.push(self.report(order, "scheduled", eta="2099-01-05"))
        self.look_as(self.leader)
        self.assertShows("oem-reports", ".o_data_row", "Scheduled")
        path = f"oem-orders/{order.id}"
        self.assertShows(path, ".o_stat_text", "OEM Reports")
        self.assertShows(path, "[name=dms_order_type_id] input", "Stock order")

    def test_order_types(self):
        self.look_as(self.user("group_admin", self.store_a1))
        self.assertShows("order-types", ".o_data_row", "demonstrator")


@tagged("post_install", "-at_install")
class TestPipelineOnAPhone(ScreenCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_the_stock_of_the_group(self):
        self.look_as(self.leader)
        self.assertShows("group-stock", ".o_kanban_record", self.there.vin[-6:])
