from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.dms_base.tests.connectors import ConnectorCommon

from dms_simulator.checks import Hmac
from dms_simulator.digital_invoice import DigitalInvoice
from dms_simulator.faults import Fault

from .handover_common import RESIDENT, HandoverCommon

SECRET = "secret of the tax platform"


@tagged("post_install", "-at_install")
class TestMotorInvoice(HandoverCommon):
    """The legal invoice of a car: what it takes over, what it refuses."""

    def invoiced(self, **values):
        deal = self.ordered(**values)
        self.invoice(deal)
        self.certify(deal.vehicle_id)
        return deal

    def test_it_takes_over_car_buyer_and_amounts(self):
        invoice = self.motor_invoice(self.invoiced())
        self.assertRecordValues(
            invoice,
            [
                {
                    "buyer_name": "李娜",
                    "buyer_sort": "person",
                    "engine": "TZ2007788",
                    "seats": 5,
                    "amount_total": 169_500,
                    "amount_net": 150_000,
                    "amount_tax": 19_500,
                }
            ],
        )
        self.assertNotEqual(invoice.buyer_number, RESIDENT)

    def test_discounts_are_in_its_price_and_accessories_are_not(self):
        deal = self.ordered(add=[self.film])
        self.invoice(deal)
        self.assertEqual(self.motor_invoice(deal).amount_total, 169_500)

    def test_without_a_posted_invoice_there_is_none(self):
        with self.assertRaisesRegex(UserError, "invoice the car to the customer"):
            self.motor_invoice(self.ordered())

    def test_all_that_is_wrong_is_said_at_once_and_in_words(self):
        deal = self.ordered()
        self.invoice(deal)
        invoice = self.motor_invoice(deal)
        invoice.write({"seats": 0, "engine": False, "number": "1" * 20})
        with self.assertRaises(UserError) as refusal:
            invoice.action_enter_number()
        text = str(refusal.exception)
        for part in ("Enter the seats", "engine or motor number", "Certificates"):
            self.assertIn(part, text)
        self.assertNotIn(RESIDENT, text)

    def test_a_wrong_number_of_a_person_is_refused_without_repeating_it(self):
        self.customer.dms_id_number = False
        invoice = self.motor_invoice(self.invoiced())
        invoice.number = "1" * 20
        with self.assertRaisesRegex(UserError, "identity card or tax number"):
            invoice.action_enter_number()

    def test_a_number_has_its_form(self):
        invoice = self.motor_invoice(self.invoiced())
        invoice.number = "123"
        with self.assertRaisesRegex(UserError, "20 digits"):
            invoice.action_enter_number()

    def test_one_car_has_one_invoice(self):
        deal = self.invoiced()
        invoice = self.motor_invoice(deal)
        self.assertEqual(self.motor_invoice(deal), invoice)

    def test_what_is_out_does_not_change(self):
        deal = self.invoiced()
        invoice = self.motor_invoice(deal)
        invoice.number = "2" * 20
        invoice.action_enter_number()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            invoice.engine = "X"
        with self.assertRaisesRegex(UserError, "take it back first"):
            invoice.sudo().move_id.button_draft()
        with self.assertRaisesRegex(UserError, "by its buttons"):
            invoice.is_standing = False

    def test_a_consultant_reads_it_and_does_not_issue(self):
        invoice = self.motor_invoice(self.invoiced())
        theirs = self.by(self.consultant, invoice)
        self.assertEqual(theirs.buyer_name, "李娜")
        with self.assertRaises(AccessError):
            theirs.action_issue()

    def test_a_red_one_takes_it_back_and_the_car_is_free_for_another(self):
        deal = self.invoiced()
        blue = self.motor_invoice(deal)
        blue.number = "3" * 20
        blue.action_enter_number()
        red = blue.browse(blue.action_take_back()["res_id"])
        self.assertEqual(red.amount_total, -169_500)
        red.number = "4" * 20
        with self.assertRaisesRegex(UserError, "why the invoice is taken back"):
            red.action_enter_number()
        red.reason = "wrong"
        red.action_enter_number()
        self.assertFalse(blue.is_standing)
        self.assertIn("motor_invoice", self.codes(deal))
        again = self.motor_invoice(deal)
        self.assertNotEqual(again, blue)

    def test_a_returned_car_needs_the_credit_note_first(self):
        deal = self.invoiced()
        blue = self.motor_invoice(deal)
        blue.number = "5" * 20
        blue.action_enter_number()
        red = blue.browse(blue.action_take_back()["res_id"])
        red.write({"reason": "returned", "number": "6" * 20})
        with self.assertRaisesRegex(UserError, "Credit invoice"):
            red.action_enter_number()

    def test_the_paper_has_the_amount_in_characters(self):
        invoice = self.motor_invoice(self.invoiced())
        invoice.number = "7" * 20
        invoice.action_enter_number()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "dms_sales.motor_invoice_paper", invoice.ids
        )
        text = html.decode()
        for part in ("壹拾陆万玖仟伍佰元整", "7" * 20, invoice.vin):
            self.assertIn(part, text)
        self.assertNotIn(RESIDENT, text)


@tagged("post_install", "-at_install")
class TestDigitalInvoice(HandoverCommon, ConnectorCommon):
    """The tax platform: real HTTP, signed, asked twice and refusing."""

    def setUp(self):
        super().setUp()
        self.office = self.enterContext(DigitalInvoice(checks=[Hmac(SECRET)]))
        self.link = self.connector(
            self.office.url,
            code="motor_invoice",
            provider="digital_invoice",
            auth_kind="hmac",
            secret=SECRET,
            account="91350100M000100Y43",
        )

    def invoiced(self):
        deal = self.ordered()
        self.invoice(deal)
        self.certify(deal.vehicle_id)
        return self.motor_invoice(deal)

    def test_the_car_is_asked_for_then_the_number_comes(self):
        invoice = self.invoiced()
        invoice.action_issue()
        self.assertEqual(invoice.state, "sent")
        self.deliver()
        self.assertEqual(invoice.state, "issued")
        self.assertEqual(len(invoice.number), 20)
        asked, issued = self.office.ledger.effects
        self.assertEqual((asked["clsbdh"], asked["fppz_dm"]), (invoice.vin, "83"))
        self.assertEqual((issued["jshj"], issued["je"]), ("169500.00", "150000.00"))
        self.assertEqual(issued["gmfnsrsbh"], RESIDENT)

    def test_the_number_of_the_buyer_is_not_kept_in_the_outbox(self):
        invoice = self.invoiced()
        invoice.action_issue()
        self.deliver()
        messages = self.env["dms.outbox.message"].search(
            [("connector_id", "=", self.link.id)]
        )
        self.assertEqual(set(messages.mapped("state")), {"delivered"})
        self.assertNotIn(RESIDENT, "".join(messages.mapped("payload")))

    def test_asked_again_it_is_the_same_number(self):
        """The answer got lost: the platform has issued, we have not heard of it."""
        invoice = self.invoiced()
        invoice.action_issue()
        self.office.faults.add(Fault(), Fault(drop="after"))
        self.deliver()
        self.assertEqual(invoice.state, "sent")
        waiting = self.env["dms.outbox.message"].search(
            [("connector_id", "=", self.link.id), ("state", "=", "waiting")]
        )
        waiting.next_attempt_at = "2020-01-01"
        self.deliver()
        self.assertEqual(invoice.state, "issued")
        self.assertEqual(list(self.office.invoices), [invoice.number])

    def test_a_refusal_is_shown_in_its_words_and_can_be_tried_again(self):
        invoice = self.invoiced()
        self.office.unknown.add(invoice.vin)
        invoice.action_issue()
        self.deliver()
        self.assertEqual(invoice.state, "refused")
        self.assertIn("购进信息", invoice.answer)
        self.assertEqual(invoice.activity_ids.user_id, self.accountant)
        self.assertIn("购进信息", str(invoice.deal_id.sudo()._dms_blockers()))
        self.office.unknown.clear()
        invoice.action_issue()
        self.deliver()
        self.assertEqual(invoice.state, "issued")

    def test_another_engine_than_the_registry_has_is_refused(self):
        invoice = self.invoiced()
        self.office.cars[invoice.vin] = {"fdjhm": "TZ9999999"}
        invoice.action_issue()
        self.deliver()
        self.assertEqual(invoice.state, "refused")
        self.assertIn("TZ9999999", invoice.answer)

    def test_the_platform_takes_one_invoice_per_car(self):
        invoice = self.invoiced()
        self.office.invoices["9" * 20] = {"clsbdh": invoice.vin}
        invoice.action_issue()
        self.deliver()
        self.assertIn("一车一票", invoice.answer)

    def test_a_red_invoice_mirrors_the_blue_one(self):
        blue = self.invoiced()
        blue.action_issue()
        self.deliver()
        red = blue.browse(blue.action_take_back()["res_id"])
        red.reason = "wrong"
        red.action_issue()
        self.deliver()
        self.assertEqual((red.state, blue.is_standing), ("issued", False))
        self.assertEqual(self.office.invoices[red.number]["lzfphm"], blue.number)

    def test_without_a_connector_it_says_what_to_do(self):
        self.link.unlink()
        with self.assertRaisesRegex(UserError, "enter code and number"):
            self.invoiced().action_issue()
