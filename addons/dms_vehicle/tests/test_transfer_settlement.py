"""What stores owe each other, by the books of both."""

import io
from datetime import date

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .test_transport import TransportCommon


@tagged("post_install", "-at_install")
class TestSettlement(TransportCommon, HttpCase):
    with_chart = True

    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1, price=150_000)

    def rows(self, store=None, role="accountant"):
        self.env.flush_all()
        env = self.in_store(store or self.store_a1, role)
        return env["dms.transfer.settlement"].search([])

    def test_both_books_agree(self):
        self.invoiced(self.car)
        for store in (self.store_a1, self.store_a2):
            self.assertRecordValues(
                self.rows(store),
                [
                    {
                        "company_id": self.store_a1.id,
                        "other_company_id": self.store_a2.id,
                        "sold": 150_000,
                        "bought": 150_000,
                        "sold_total": 169_500,
                        "bought_total": 169_500,
                        "difference": 0,
                        "receivable": 169_500,
                        "payable": 169_500,
                        "open_difference": 0,
                    }
                ],
            )

    def test_what_one_has_not_posted_is_a_difference(self):
        request = self.received(self.car)
        self.giver(request, "accountant").action_invoice()
        row = self.rows()
        self.assertEqual(
            (row.difference, row.open_difference, row.bought), (169_500, 169_500, 0)
        )

    def test_credit_notes_count_against_it(self):
        request = self.invoiced(self.car)
        self.asker(request).ask_undo("x")
        self.giver(request).agree_to_undo()
        self.assertRecordValues(
            self.rows(),
            [{"sold": 0, "bought": 0, "receivable": 0, "payable": 0, "difference": 0}],
        )

    def test_a_payment_of_one_side_is_an_open_difference(self):
        request = self.invoiced(self.car)
        action = self.asker(request, "accountant").action_pay()
        wizards = self.in_store(self.store_a2, "accountant")[action["res_model"]]
        wizards.with_context(**action["context"]).create({}).action_create_payments()
        row = self.rows()
        self.assertEqual((row.difference, row.open_difference), (0, 169_500))

    def test_sales_to_customers_and_by_the_wizard(self):
        sale = self.sell(self.receive(self.store_a1))
        sale.picking_ids.button_validate()
        sale._create_invoices().action_post()
        self.assertFalse(self.rows())
        sale = self.to_store(self.car, self.store_a2, prices=[151_000])
        self.ship(sale)
        sale._create_invoices().action_post()
        self.assertEqual(self.rows().sold, 151_000)

    def test_transports_that_arrived(self):
        order = self.under_way(self.car)
        self.assertFalse(self.rows())
        self.there(order).action_all_fine()
        self.there(order).action_arrive()
        self.assertEqual(self.rows().transport, 1200)

    def test_a_transport_counts_in_the_month_of_the_place_it_came_to(self):
        order = self.under_way(self.car)
        self.there(order).action_all_fine()
        self.there(order).action_arrive()
        self.store_a2.partner_id.tz = "Asia/Shanghai"
        order.sudo().arrived_at = "2026-01-31 20:00:00"
        self.assertEqual(self.rows().period, "2026-02")

    def test_nobody_else_sees_it(self):
        self.invoiced(self.car)
        self.assertFalse(self.rows(self.store_a3))
        self.assertFalse(self.rows(self.store_b1))
        for role in ("sales_manager", "store_manager", "parts_clerk"):
            with self.assertRaises(AccessError):
                self.rows(role=role)
        self.assertTrue(self.rows(role="group_admin"))

    # Print and file

    def statement(self, **vals):
        env = self.in_store(self.store_a1, "accountant")
        return env["dms.transfer.statement"].create(vals)

    def test_as_a_file(self):
        self.invoiced(self.car)
        self.env.flush_all()
        book = load_workbook(io.BytesIO(self.statement()._dms_xlsx()))
        header, row = book.active.values
        self.assertEqual(len(header), len(row))
        self.assertEqual(row[1:3], ("Test store A1", "Test store A2"))
        self.assertIn(169_500, row)
        self.assertIn("download=true", self.statement().action_xlsx()["url"])

    def test_on_paper(self):
        request = self.received(self.car)
        self.giver(request, "accountant").action_invoice()
        self.env.flush_all()
        statement = self.statement(store_id=self.store_a2.partner_id.id)
        self.assertEqual(statement.action_pdf()["type"], "ir.actions.report")
        reports = self.env["ir.actions.report"].with_env(statement.env)
        html, _kind = reports._render_qweb_html(
            "dms_vehicle.dms_transfer_statement_report", statement.ids
        )
        text = html.decode()
        self.assertIn("Test store A2", text)
        self.assertIn("text-danger", text)

    def test_an_empty_period_is_said(self):
        statement = self.statement(date_from=date(2020, 1, 1), date_to=date(2020, 2, 1))
        with self.assertRaisesRegex(UserError, "nothing was invoiced"):
            statement.action_pdf()
