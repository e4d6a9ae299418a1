"""One car through two stores: ordered, announced, received, moved, sold, delivered.

Every step is done by the person whose work it is, in his own store; nobody types
anything twice, and in the end the books of both stores hold the car to the cent.
"""

import base64

from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.dms_base.tabular import read_rows
from odoo.addons.dms_vehicle.vin import with_check_digit

from .one_car import OneCar

PURCHASE_PRICE = 150_000.00
TRANSFER_PRICE = 151_200.00
SALE_PRICE = 168_900.00
VAT = 0.13
OUR_VIN = with_check_digit("LZZAB3C20TA000017")
OTHER_VIN = with_check_digit("LZZAB3C20TA000018")
GOODS, COGS, SALES = "1405", "5401", "5001"
RECEIVABLE, PAYABLE, TAX, BANK = "1122", "2202", "2221", "1002"


def gross(net):
    return round(net * (1 + VAT), 2)


@tagged("post_install", "-at_install")
class TestOneCar(OneCar):
    # The steps

    def _order_from_oem(self):
        env = self._as("sales_manager", self.store_a1)
        with Form(env["purchase.order"]) as form:
            form.partner_id = self.oem
            with form.order_line.new() as line:
                line.product_id = self.model
                line.product_qty = 2
                line.price_unit = PURCHASE_PRICE
        order = form.save()
        order.button_confirm()
        return order

    def _announce(self, order):
        """The OEM's file has two good rows and two that cannot be used."""
        lines = [
            "车架号,车型编码,发动机号,预计到货",
            f"{OUR_VIN},YQ-E5-26-L,TZ220-881,2026/12/01",
            f"{OUR_VIN[:16]},YQ-E5-26-L,TZ220-882,2026/12/01",
            f"{OTHER_VIN},YQ-E5-26-L,TZ220-883,2026/12/01",
            f"{with_check_digit('LZZAB3C20TA000019')},YQ-X9,TZ220-884,2026/12/01",
        ]
        action = order.action_dms_receive()
        wizard = (
            order.env["dms.vehicle.receive"]
            .with_context(**action["context"])
            .create(
                {
                    "file": base64.b64encode("\n".join(lines).encode("gb18030")),
                    "filename": "发运单.csv",
                }
            )
        )
        wizard.action_apply()
        return wizard

    def _receive(self, picking):
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def _bill(self, order):
        accountant = self._as("accountant", order.company_id)
        order.action_create_invoice()
        bill = order.invoice_ids.with_env(accountant)
        bill.invoice_date = "2026-11-23"
        bill.action_post()
        return bill

    def _transfer(self, vehicle):
        env = self._as("sales_manager", self.store_a1)
        form = Form(
            env["dms.vehicle.transfer"].with_context(
                active_model="dms.vehicle", active_ids=vehicle.ids
            )
        )
        form.to_store_id = self.store_a2.partner_id
        with form.line_ids.edit(0) as line:
            self.assertEqual(line.price, PURCHASE_PRICE, "proposed at cost")
            line.price = TRANSFER_PRICE
        action = form.save().action_transfer()
        return env["sale.order"].browse(action["res_id"])

    def _invoice(self, sale):
        accountant = self._as("accountant", sale.company_id)
        invoice = sale._create_invoices().with_env(accountant)
        invoice.action_post()
        return invoice

    def _pay(self, move):
        register = (
            self._as("accountant", move.company_id)["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({})
        )
        register._create_payments()

    def _vehicle(self, env):
        return env["dms.vehicle"].search([("vin", "=", OUR_VIN)])

    # The story

    def test_from_the_oem_order_to_the_delivered_car(self):
        order = self._order_from_oem()
        self._announced_and_received(order)
        bill = self._bill(order)
        sale = self._transfer(self._vehicle(order.env))
        self._moved_to_other_store(sale)
        customer_sale = self._sold_to_customer()
        self._books_hold_the_car(bill, sale, customer_sale)
        self._history_tells_it()

    def _announced_and_received(self, order):
        wizard = self._announce(order)
        self.assertEqual((wizard.accepted, wizard.rejected), (2, 2))
        rejected = list(
            read_rows("rejected.xlsx", base64.b64decode(wizard.rejected_file))
        )
        numbers = [next(iter(row.cells.values())) for row in rejected]
        self.assertEqual(numbers, ["3", "5"], "as the file counts its rows")
        self.assertEqual(self._vehicle(order.env).state, "in_transit")
        self._receive(order.picking_ids)
        vehicle = self._vehicle(order.env)
        self.assertEqual(vehicle.state, "in_stock")
        self.assertEqual(vehicle.lot_id.name, OUR_VIN)
        self.assertEqual(vehicle.engine_number, "TZ220-881")

    def _moved_to_other_store(self, sale):
        vehicle = self._vehicle(sale.env)
        self.assertEqual(vehicle.state, "allocated")
        self.assertEqual(sale.picking_ids.move_line_ids.lot_id, vehicle.lot_id)
        sale.picking_ids.button_validate()
        self.assertEqual(vehicle.state, "in_transit")
        buyer = self._as("sales_manager", self.store_a2)
        purchase = buyer["purchase.order"].search([("partner_ref", "=", sale.name)])
        self.assertEqual(purchase.picking_ids.move_line_ids.lot_id, vehicle.lot_id)
        self._receive(purchase.picking_ids)
        arrived = self._vehicle(buyer)
        self.assertEqual(
            (arrived.state, arrived.company_id), ("in_stock", self.store_a2)
        )
        self.assertFalse(self._vehicle(sale.env), "the first store holds it no more")
        self._settle(sale, purchase)

    def _settle(self, sale, purchase):
        invoice = self._invoice(sale)
        accountant = self._as("accountant", self.store_a2)
        bill = purchase.invoice_ids.with_env(accountant)
        self.assertRecordValues(
            bill,
            [{"state": "draft", "ref": invoice.name, "move_type": "in_invoice"}],
        )
        self.assertEqual(bill.amount_total, invoice.amount_total)
        bill.action_post()
        self._pay(bill)
        self._pay(invoice)

    def _sold_to_customer(self):
        env = self._as("sales_consultant", self.store_a2)
        vehicle = self._vehicle(env)
        sale = env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.model.id,
                            "dms_vehicle_id": vehicle.id,
                            "product_uom_qty": 1,
                            "price_unit": SALE_PRICE,
                        }
                    )
                ],
            }
        )
        sale.action_confirm()
        self.assertEqual(vehicle.state, "allocated")
        invoice = self._invoice(sale)
        self.assertEqual(vehicle.state, "sold", "invoiced, still in the showroom")
        self._pay(invoice)
        manager = self._as("sales_manager", self.store_a2)
        sale.with_env(manager).picking_ids.button_validate()
        self.assertEqual(
            (vehicle.state, vehicle.owner_id), ("delivered", self.customer)
        )
        return sale

    def _books_hold_the_car(self, bill, sale, customer_sale):
        self.assertEqual(bill.amount_total, 2 * gross(PURCHASE_PRICE))
        seller = self._booked(self.store_a1)
        self.assertEqual(seller.pop(GOODS), PURCHASE_PRICE, "the second car remains")
        self.assertEqual(seller.pop(COGS), PURCHASE_PRICE)
        self.assertEqual(seller.pop(SALES), -TRANSFER_PRICE)
        self.assertEqual(seller.pop(PAYABLE), -2 * gross(PURCHASE_PRICE))
        tax = round(VAT * (2 * PURCHASE_PRICE - TRANSFER_PRICE), 2)
        self.assertEqual(seller.pop(TAX), tax)
        self.assertEqual(round(sum(seller.values()), 2), gross(TRANSFER_PRICE))
        buyer = self._booked(self.store_a2)
        self.assertNotIn(GOODS, buyer, "the car has left the stock")
        self.assertEqual(buyer.pop(COGS), TRANSFER_PRICE)
        self.assertEqual(buyer.pop(SALES), -SALE_PRICE)
        self.assertNotIn(PAYABLE, buyer)
        self.assertNotIn(RECEIVABLE, buyer)
        tax = round(VAT * (TRANSFER_PRICE - SALE_PRICE), 2)
        self.assertEqual(buyer.pop(TAX), tax)
        cash = round(gross(SALE_PRICE) - gross(TRANSFER_PRICE), 2)
        self.assertEqual(round(sum(buyer.values()), 2), cash)

    def _history_tells_it(self):
        told = [
            (event.code.removeprefix("vehicle."), event.company_id)
            for event in self.env["dms.vehicle.event"].search(
                [("vin", "=", OUR_VIN)], order="id"
            )
        ]
        first, second = self.store_a1, self.store_a2
        self.assertEqual(
            told,
            [
                ("ordered", first),
                ("shipped", first),
                ("received", first),
                ("moved", first),
                ("received", second),
                ("sold", first),
                ("sold", second),
                ("delivered", second),
                ("ownership", second),
            ],
        )
