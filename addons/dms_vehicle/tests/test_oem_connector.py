"""An order goes out, and what the OEM says comes back: real HTTP, signed both ways."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.connectors import ConnectorCommon

from dms_simulator.checks import Hmac
from dms_simulator.oem_pipeline import OemPipeline

from ..models.dms_oem_order import DmsOemOrder
from .pipeline_common import PipelineCommon

OUT, BACK = "secret of orders", "secret of the hook"


class OemCommon(PipelineCommon, ConnectorCommon):
    """A1 has a connector to its OEM, which checks who calls."""

    def setUp(self):
        super().setUp()
        self.maker = self.enterContext(OemPipeline(checks=[Hmac(OUT)]))
        self.oem.is_company = True
        self.link = self.connector(
            self.maker.url,
            code="oem",
            provider="oem_pipeline",
            auth_kind="hmac",
            secret=OUT,
            hook_token="0emT0ken",
            hook_secret=BACK,
            dms_oem_id=self.oem.id,
        )

    def sent(self):
        return self.env["dms.outbox.message"].search(
            [("connector_id", "=", self.link.id)], order="id"
        )


@tagged("post_install", "-at_install")
class TestOemOrders(OemCommon):
    def test_a_confirmed_order_is_sent_with_its_lines(self):
        order = self.order(self.store_a1, 2, role="sales_manager")
        self.deliver()
        (message,) = self.maker.ledger.effects
        self.assertEqual(message["kind"], "oem.order")
        data = message["data"]
        (line,) = data["lines"]
        self.assertEqual(
            (data["order"], data["store"], data["type"]), (order.name, "A1", "stock")
        )
        self.assertEqual(
            (line["line"], line["product_code"], line["quantity"]), (1, "E5-W", 2)
        )
        self.assertNotIn("price", str(data))
        self.assertEqual(self.sent().state, "delivered")

    def test_an_order_that_fails_was_never_sent(self):
        with (
            self.assertRaisesRegex(UserError, "no"),
            self.env.cr.savepoint(),
            patch.object(
                DmsOemOrder,
                "_dms_prepare_oem_order",
                side_effect=UserError("no"),
            ),
        ):
            self.order(self.store_a1)
        self.assertFalse(self.sent())

    def test_a_cancelled_order_is_told_after_it(self):
        order = self.order(self.store_a1)
        order.button_cancel()
        order.button_draft()
        order.button_confirm()
        self.assertEqual(
            self.sent().mapped("kind"),
            ["oem.order", "oem.order.cancelled", "oem.order"],
        )
        self.assertEqual(set(self.sent().mapped("ordering_key")), {order.name})
        self.deliver()
        self.assertEqual(len(self.maker.ledger.effects), 3)

    def test_orders_that_are_no_business_of_the_oem_stay(self):
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})
        line = {"product_id": self.white.id, "product_qty": 1, "price_unit": 1}
        orders = self.manager["purchase.order"]
        order = orders.create({"partner_id": other.id, "order_line": [(0, 0, line)]})
        order.button_confirm()
        part = self.env["product.product"].create(
            {"name": "Part", "taxes_id": False, "supplier_taxes_id": False}
        )
        line = {"product_id": part.id, "product_qty": 1, "price_unit": 1}
        parts = orders.create({"partner_id": self.oem.id, "order_line": [(0, 0, line)]})
        parts.button_confirm()
        self.order(self.store_a2)
        self.assertFalse(self.sent())

    def test_a_connector_for_all_oems_gives_way_to_the_one_of_the_oem(self):
        anyone = self.connector(code="any", provider="oem_pipeline")
        find = self.env["dms.connector"]._dms_of_oem
        self.assertEqual(find(self.oem, self.store_a1), self.link)
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})
        self.assertEqual(find(other, self.store_a1), anyone)
        anyone.state = "draft"
        self.assertFalse(find(other, self.store_a1))


@tagged("post_install", "-at_install")
class TestOemReports(OemCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.two = self.order(self.store_a1, 2)
        self.deliver()

    def tell(self, status, secret=BACK, key="", rows=None, **more):
        rows = rows or self.maker.rows(self.two.name, status, **more)
        url = f"{self.base_url()}/dms/hook/0emT0ken"
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            answer = self.maker.report(url, secret, rows, key)
        self.env.invalidate_all()
        return answer

    def cars(self):
        return self.two.order_line.dms_vehicle_ids

    def test_a_car_from_its_order_to_its_notice(self):
        self.tell("acknowledged", at="2026-03-02T08:00:00Z", eta="2099-01-05")
        line = self.two.order_line
        self.assertEqual(line.dms_oem_status, "acknowledged")
        self.assertEqual(line.dms_oem_number, "OEM-000001")
        self.tell("scheduled", at="2026-03-02T07:00:00Z", eta="2099-01-09")
        self.assertEqual(line.dms_oem_status, "scheduled")
        self.assertEqual(str(line.dms_eta), "2099-01-05")  # that was said later
        answer = self.tell("built")
        self.assertEqual(answer["result"]["accepted"], 2, answer)
        self.assertEqual(self.cars().mapped("state"), ["produced"] * 2)
        self.tell("shipped")
        self.assertEqual(self.cars().mapped("state"), ["in_transit"] * 2)
        self.two.picking_ids.button_validate()
        self.assertEqual(self.cars().mapped("state"), ["in_stock"] * 2)

    def test_a_repeated_message_and_a_repeated_report_change_nothing(self):
        rows = self.maker.rows(self.two.name, "built")
        self.tell("built", rows=rows, key="m-1")
        again = self.tell("built", rows=rows, key="m-1")
        self.assertTrue(again["duplicate"])
        new = self.tell("built", rows=rows, key="m-2")
        self.assertEqual(new["result"], {"accepted": 0, "unchanged": 2, "rejected": []})
        self.assertEqual(len(self.cars()), 2)

    def test_bad_rows_are_answered_and_good_ones_done(self):
        rows = self.maker.rows(self.two.name, "built")
        rows[0]["order"] = "P-NONE"
        answer = self.tell("built", rows=rows)
        self.assertEqual((answer["http"], answer["result"]["accepted"]), (200, 1))
        (problem,) = answer["result"]["rejected"]
        self.assertIn("P-NONE", problem["reason"])
        self.assertEqual(len(self.cars()), 1)

    def test_somebody_is_told_of_bad_rows_until_they_are_in(self):
        self.link.user_id = self.user("group_admin", self.store_a1)
        rows = self.maker.rows(self.two.name, "built")
        rows[0]["allocation"] = "LATE-1"
        self.tell("built", rows=rows)
        self.assertEqual(self.link.activity_ids.user_id, self.link.user_id)
        message = self.env["dms.inbox.message"].search([])
        self.assertIn("LATE-1", message.refused_rows)
        self.env["dms.allocation"].create(
            {
                "reference": "LATE-1",
                "company_id": self.store_a1.id,
                "product_id": self.two.order_line.product_id.id,
                "period": "2099-01-01",
                "valid_until": "2099-01-31",
            }
        )
        message.with_user(self.link.user_id).action_replay()
        self.assertEqual(message.result["accepted"], 1)
        self.assertFalse(self.link.activity_ids)
        self.assertEqual(len(self.cars()), 2)

    def test_cars_shipped_before_anything_else_was_said(self):
        self.tell("shipped")
        self.tell("built")
        self.assertEqual(self.cars().mapped("state"), ["in_transit"] * 2)

    @mute_logger("odoo.http")
    def test_who_does_not_know_the_secret_changes_nothing(self):
        self.assertEqual(self.tell("built", secret="guess")["http"], 401)
        self.assertFalse(self.cars())

    @mute_logger("odoo.http")
    def test_what_is_no_report_is_malformed(self):
        answer = self.tell("built", rows={"not": "a list"})
        self.assertEqual((answer["http"], answer["error"]), (400, "malformed"))
        self.assertFalse(self.env["dms.inbox.message"].search([]))

    def test_the_message_belongs_to_the_store(self):
        self.tell("built")
        message = self.env["dms.inbox.message"].search([])
        self.assertEqual(message.company_id, self.store_a1)
        self.assertEqual(message.state, "done")
