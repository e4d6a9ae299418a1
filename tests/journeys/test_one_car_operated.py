"""One car from the OEM's order book to its customer's street, through two stores.

The lender pays for it, its certificate is pledged, it is looked over, parked, asked for
by the store that has the customer, driven there, and let out at the gate. Each step is
the work of the person who does it in life, and the books of both stores agree.
"""

from datetime import datetime

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.dms_vehicle.tests.inspection_common import PIXEL
from odoo.addons.dms_vehicle.vin import with_check_digit

from .one_car import OneCar

VIN = with_check_digit("LZZAB3C20TA000037")
BOUGHT, GIVEN, SOLD = 150_000.00, 151_500.00, 168_900.00
VAT = 0.13
SITE = {"name": "Yard", "code": "Y", "width_m": 40, "height_m": 20}
GOODS, COGS, SALES, RECEIVABLE, PAYABLE = "1405", "5401", "5001", "1122", "2202"


@tagged("post_install", "-at_install")
class TestOneCarOperated(OneCar):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.store_a1 | cls.store_a2
        both.write({"dms_pdi_required": True, "dms_gate_pass": True})
        cls.bank = cls.env["res.partner"].create(
            {"name": "星海银行", "is_company": True}
        )
        cls.carrier = cls.env["res.partner"].create({"name": "华运物流"})
        cls.line = cls._agree_with_bank()
        cls.env["dms.transfer.rule"].create(
            {
                "name": "1 %",
                "company_id": cls.store_a1.id,
                "kind": "margin",
                "percent": 1,
            }
        )
        cls.sites = {store: cls._draw_yard(store) for store in both}

    @classmethod
    def _agree_with_bank(cls):
        store = {"allowed_company_ids": cls.store_a1.ids}
        return (
            cls.env["dms.floorplan.line"]
            .with_context(**store)
            .create(
                {
                    "name": "2026",
                    "company_id": cls.store_a1.id,
                    "lender_id": cls.bank.id,
                    "limit_amount": 1_000_000,
                    "rate_ids": [Command.create({"from_day": 0, "percent": 6})],
                }
            )
        )

    @classmethod
    def _draw_yard(cls, store):
        site = cls.env["dms.yard.site"].create(SITE | {"company_id": store.id})
        site.save_plan(0, site.make_grid({"columns": 3, "x": 1, "y": 1}))
        return site

    def _car(self, role, store):
        car = self._as(role, store)["dms.vehicle"].search([("vin", "=", VIN)])
        return car.ensure_one()

    # The story

    def test_from_the_order_book_to_the_street(self):
        order = self._ordered_on_credit()
        self._followed_to_the_yard(order)
        self._paid_by_the_bank(order)
        self._inspected(self.store_a1)
        self._parked(self.store_a1, "A-01")
        deal = self._asked_for_by_the_other_store()
        request = self.env["dms.transfer.request"].search([])
        self._kept_back_by_the_bank(request)
        self._driven_there(request)
        self._settled(request)
        self._parked(self.store_a2, "A-02")
        self._delivered(deal)
        self._let_out()
        self._books_agree(request)
        self._history_tells_it()

    def _ordered_on_credit(self):
        env = self._as("sales_manager", self.store_a1)
        with Form(env["purchase.order"]) as form:
            form.partner_id = self.oem
            form.dms_floorplan_line_id = self.line.with_env(env)
            with form.order_line.new() as line:
                line.product_id = self.model
                line.product_qty = 1
                line.price_unit = BOUGHT
            form.dms_order_type_id = env.ref("dms_vehicle.order_type_stock")
        order = form.save()
        order.button_confirm()
        return order

    def _followed_to_the_yard(self, order):
        integrator = self._as("integrator", self.store_a1)
        told = (
            ("acknowledged", "", "2026-11-02"),
            ("built", VIN, "2026-11-10"),
            ("shipped", VIN, "2026-11-12"),
        )
        for status, vin, day in told:
            self._report(integrator, order, status, vin, day)
        self.assertEqual(self._car("sales_manager", self.store_a1).state, "in_transit")
        clerk = self._as("parts_clerk", self.store_a1)
        order.picking_ids.with_env(clerk).button_validate()
        self.assertEqual(self._car("parts_clerk", self.store_a1).state, "in_stock")

    def _report(self, integrator, order, status, vin, day):
        at = datetime.fromisoformat(f"{day}T09:00:00+08:00").isoformat()
        row = {"order": order.name, "status": status, "at": at}
        row |= {"vin": vin} if vin else {"product_code": self.model.default_code}
        if status == "built":
            row["consignment_date"] = day
        answer = integrator["dms.oem.report"].dms_push_reports([row])
        self.assertEqual(answer["accepted"], 1, answer)
        again = integrator["dms.oem.report"].dms_push_reports([row])
        self.assertEqual(again["unchanged"], 1, "a repeated report changes nothing")

    def _paid_by_the_bank(self, order):
        officer = self._as("fi_officer", self.store_a1)
        car = self._car("fi_officer", self.store_a1)
        self.paper = officer["dms.certificate"].create(
            {"vehicle_id": car.id, "number": "WAB000000000037"}
        )
        order.action_create_invoice()
        bill = order.invoice_ids.with_env(self._as("accountant", self.store_a1))
        bill.invoice_date = "2026-11-14"
        bill.action_post()
        self.assertEqual(self.paper.state, "pledged", "drawing pledges the certificate")

    def _inspected(self, store):
        technician = self._as("technician", store)
        pdi = technician["dms.pdi"].search([("vin", "=", VIN), ("state", "=", "open")])
        pdi.ensure_one().action_take()
        for item in pdi.item_ids:
            item.write(self._finding(technician, item))
        pdi.signature = PIXEL
        pdi.action_finish()
        self.assertEqual(pdi.state, "passed")

    def _finding(self, technician, item):
        if item.measured:
            return {"value": (item.minimum + (item.maximum or item.minimum)) / 2}
        photos = technician["ir.attachment"]
        if item.needs_photo:
            photos = photos.create({"name": "photo.png", "datas": PIXEL})
        return {"result": "ok", "photo_ids": [Command.set(photos.ids)]}

    def _parked(self, store, code):
        clerk = self._as("parts_clerk", store)
        scan = clerk["dms.yard.sighting"]
        slot = scan.look(f"Y/{code}")["slot"]
        car = scan.look(VIN[-6:], slot["id"])["cars"][0]
        scan.park(slot["id"], car["id"], key=f"{store.id}-{code}")
        here = self._car("parts_clerk", store).yard_slot_id
        self.assertEqual((here.code, here.company_id), (code, store))

    def _asked_for_by_the_other_store(self):
        consultant = self._as("sales_consultant", self.store_a2)
        line = {"product_id": self.model.id, "price_unit": SOLD}
        deal = consultant["sale.order"].create(
            {"partner_id": self.customer.id, "order_line": [Command.create(line)]}
        )
        deal.action_confirm()
        action = deal.order_line.action_dms_ask_store()
        request = consultant["dms.transfer.request"].browse(action["res_id"])
        request.giving_store_id = self.store_a1.partner_id
        request.action_request()
        giver = request.with_env(self._as("sales_manager", self.store_a1))
        car = self._car("sales_manager", self.store_a1)
        giver.approve({giver.line_ids: car})
        self.assertEqual(request.sudo().line_ids.price, GIVEN)
        giver.action_order()
        return deal

    def _kept_back_by_the_bank(self, request):
        clerk = request.with_env(self._as("parts_clerk", self.store_a1))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            clerk.action_ship()
        self._paid_back()
        officer = self._as("fi_officer", self.store_a1)
        release = officer["dms.certificate.release"].search(
            [("certificate_id", "=", self.paper.id), ("state", "=", "waiting")]
        )
        release.proof = PIXEL
        release.accept()  # the accountant, who paid, has asked for it
        self.assertFalse(self.paper.lender_id)

    def _paid_back(self):
        accountant = self._as("accountant", self.store_a1)
        contract = accountant["dms.floorplan.contract"].search(
            [("vehicle_id.vin", "=", VIN)]
        )
        wizard = accountant["dms.floorplan.pay"].create(
            {"contract_ids": contract.ids, "date": "2026-11-20", "mode": "all"}
        )
        move = accountant["account.move"].browse(wizard.action_propose()["res_id"])
        move.action_post()
        self.assertEqual(contract.state, "paid")

    def _driven_there(self, request):
        giver = request.with_env(self._as("parts_clerk", self.store_a1))
        asker = request.with_env(self._as("parts_clerk", self.store_a2))
        transport = asker.env["dms.transport.order"].browse(
            asker.action_transport()["res_id"]
        )
        transport.write({"carrier_id": self.carrier.id, "cost": 800})
        loading = transport.with_env(giver.env)
        loading.action_all_fine()
        loading.action_load()
        giver.action_ship()
        self._let_out(self.store_a1)
        loading.action_depart()
        transport.action_all_fine()
        transport.action_arrive()
        asker.action_receive()
        self.assertEqual(self._car("parts_clerk", self.store_a2).state, "allocated")
        self.assertEqual(transport.sudo().bill_id.amount_untaxed, 800)

    def _let_out(self, store=None):
        guard = self._as("gate_guard", store or self.store_a2)
        gate_pass = guard["dms.gate.pass"].search([("vin", "=", VIN)]).ensure_one()
        self.assertTrue(gate_pass.let_out()["changed"])
        self.assertFalse(gate_pass.let_out()["changed"], "a second tap changes nothing")
        self.assertEqual(gate_pass.state, "out")

    def _settled(self, request):
        giver = request.with_env(self._as("accountant", self.store_a1))
        asker = request.with_env(self._as("accountant", self.store_a2))
        giver.action_invoice()
        asker.action_bill()
        for side, order in ((asker, "purchase_id"), (giver, "sale_id")):
            self._pay(side.env, side.sudo()[order].invoice_ids)
        self.assertEqual(request.state, "settled")

    def _pay(self, env, moves):
        register = env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves.ids
        )
        register.create({})._create_payments()

    def _delivered(self, deal):
        invoice = deal._create_invoices()
        invoice = invoice.with_env(self._as("accountant", self.store_a2))
        invoice.action_post()
        self._pay(invoice.env, invoice)
        manager = self._as("sales_manager", self.store_a2)
        deal.with_env(manager).picking_ids.button_validate()
        car = self._car("sales_manager", self.store_a2)
        self.assertEqual((car.state, car.owner_id), ("delivered", self.customer))
        self.assertFalse(car.yard_slot_id, "its slot is free again")

    def _books_agree(self, request):
        seller, buyer = self._booked(self.store_a1), self._booked(self.store_a2)
        self.assertNotIn(GOODS, seller, "the car has left the first store")
        self.assertNotIn(GOODS, buyer, "and the second")
        self.assertEqual((seller[COGS], seller[SALES]), (BOUGHT, -GIVEN))
        self.assertEqual((buyer[COGS], buyer[SALES]), (GIVEN, -SOLD))
        for books in (seller, buyer):
            self.assertNotIn(RECEIVABLE, books)
            self.assertNotIn(PAYABLE, books)
            self.assertEqual(round(sum(books.values()), 2), 0)
        rows = self.env["dms.transfer.settlement"].search([])
        self.assertFalse(rows.filtered("difference"), "both sides say the same")

    def _history_tells_it(self):
        events = self.env["dms.vehicle.event"].search([("vin", "=", VIN)], order="id")
        told = [event.code.removeprefix("vehicle.") for event in events]
        for code in ("ordered", "received", "pdi_passed", "delivered", "ownership"):
            self.assertIn(code, told)
        self.assertNotIn(self.customer.name, "".join(events.entry_id.mapped("body")))
