"""What a customer sees and does in the portal, and what nobody else does."""

from unittest.mock import patch

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets
from odoo.addons.dms_base.tests.audit_common import entries_of
from odoo.addons.dms_base.tests.doors import HttpDoors

from ..controllers import documents as controller
from .portal_common import PDF, PortalCommon, photo

FITS = """
    const {scrollWidth, clientWidth} = document.documentElement;
    if (window.innerWidth !== 390 || scrollWidth > clientWidth) {
        throw new Error(`${scrollWidth} of ${clientWidth} pixels`);
    }
    console.log("test successful");
"""


class PortalPages(PortalCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.log_in(self.buyer)

    def log_in(self, user):
        if user and not user.share:
            user.password = user.login
        self.authenticate(user and user.login, user and user.login)

    def page(self, path, **options):
        self.env.flush_all()
        answer = self.url_open(path, **options)
        self.env.invalidate_all()
        return answer

    def send(self, path, *contents, **data):
        data["csrf_token"] = Request.csrf_token(self)
        files = [("files", (f"{n}.jpg", one)) for n, one in enumerate(contents)]
        return self.page(path, data=data, files=files or None)

    def upload_path(self, document, what="upload"):
        return f"/my/deals/{document.deal_id.id}/documents/{document.id}/{what}"


@tagged("post_install", "-at_install")
class TestPortalPages(PortalPages):
    def test_the_home_page_shows_what_waits(self):
        deal = self.offered()
        self.asked(deal)
        text = self.page("/my").text
        self.assertIn("Waiting for you", text)
        self.assertIn("Look at your offers for Model E5-W", text)
        self.assertIn("Send: ID Card, Driving Licence", text)

    def test_who_has_nothing_to_do_is_not_bothered(self):
        self.assertNotIn("Waiting for you", self.page("/my").text)

    def test_the_home_page_counts_deals_and_drives(self):
        self.offered()
        counters = {"params": {"counters": ["deal_count", "drive_count"]}}
        answer = self.page("/my/counters", json=counters).json()["result"]
        self.assertEqual((answer["deal_count"], answer["drive_count"]), (1, 0))

    def test_the_list_shows_his_deals_only(self):
        mine = self.offered()
        theirs = self.offered(self.other.partner_id)
        text = self.page("/my/deals").text
        self.assertIn(mine.name, text)
        self.assertNotIn(theirs.name, text)

    def test_a_deal_without_an_offer_is_not_shown_yet(self):
        deal = self.deal()
        self.assertNotIn(deal.name, self.page("/my/deals").text)

    def test_a_car_that_was_not_offered_yet_is_not_named(self):
        deal = self.deal()
        self.variant(product=self.black, deal=deal)
        offer = self.variant(deal=deal)
        offer.sudo().action_quotation_sent()
        text = self.page("/my/deals").text + self.page("/my").text
        self.assertIn("Model E5-W", text)
        self.assertNotIn("Model E5-B", text)

    def test_the_deals_of_his_company_are_his_and_those_of_colleagues_are_not(self):
        firm = self.env["res.partner"].create({"name": "Fleet", "is_company": True})
        (self.customer | self.other.partner_id).parent_id = firm
        of_firm, of_colleague = self.offered(firm), self.offered(self.other.partner_id)
        text = self.page("/my/deals").text
        self.assertIn(of_firm.name, text)
        self.assertNotIn(of_colleague.name, text)

    def test_a_visitor_has_no_deals_whatever_bears_his_name(self):
        visitor = self.env.ref("base.public_user")
        self.offered(visitor.partner_id)
        self.assertFalse(self.env["dms.deal"].with_user(visitor)._dms_mine())

    def test_who_has_no_deal_is_told_when_one_appears(self):
        self.assertIn("Nothing here yet", self.page("/my/deals").text)

    def test_his_own_deal_opens_without_a_link(self):
        deal = self.offered()
        self.assertIn("Model E5-W", self.page(f"/my/deals/{deal.id}").text)

    def test_the_deal_of_another_does_not(self):
        deal = self.offered(self.other.partner_id)
        answer = self.page(f"/my/deals/{deal.id}")
        self.assertTrue(answer.url.endswith("/my"))
        self.assertNotIn(deal.name, answer.text)

    def test_he_chooses_an_offer_without_a_link(self):
        deal = self.offered()
        offer = deal.variant_ids
        self.send(f"/my/deals/{deal.id}/choose", variant=offer.id)
        self.assertTrue(offer.dms_is_chosen)

    def test_an_ordered_car_is_followed_step_by_step(self):
        deal = self.ordered()
        text = self.page(f"/my/deals/{deal.id}").text
        for word in ("Where your car is", "Ordered", "At the store", "Handed over"):
            self.assertIn(word, text)

    def test_the_appointment_is_told_on_the_clock_of_the_store(self):
        deal = self.ordered()
        self.store_a1.resource_calendar_id.tz = "Asia/Shanghai"
        deal.delivery_ids.planned_at = "2026-03-02 02:30:00"
        self.assertIn("10:30", self.page(f"/my/deals/{deal.id}").text)
        self.assertIn("is handed over on", self.page("/my").text)

    def test_what_he_owes_is_to_pay_and_what_is_paid_is_not(self):
        deal = self.ordered()
        move = self.invoice(deal)
        self.assertIn(f"of invoice {move.name}", self.page("/my").text)
        self.pay(move)
        self.assertNotIn(f"of invoice {move.name}", self.page("/my").text)

    def test_his_invoice_and_motor_invoice_are_among_his_papers(self):
        deal = self.ordered()
        self.make_papers(deal)
        invoice = self.env["dms.motor.invoice"].search([("deal_id", "=", deal.id)])
        text = self.page(f"/my/deals/{deal.id}").text
        self.assertIn(deal.order_id.invoice_ids.name, text)
        self.assertIn(invoice.number, text)
        self.assertIn("Compulsory Traffic Insurance", text)

    def test_a_motor_invoice_that_is_not_issued_is_not_shown(self):
        deal = self.ordered()
        self.invoice(deal)
        invoice = self.motor_invoice(deal)
        path = f"/my/deals/{deal.id}/motor-invoice/{invoice.id}"
        self.assertNotIn("motor-invoice", self.page(f"/my/deals/{deal.id}").text)
        self.assertEqual(self.page(path).status_code, 404)

    def test_the_motor_invoice_of_another_buyer_is_not_shown(self):
        deal = self.ordered()
        self.make_papers(deal)
        invoice = self.env["dms.motor.invoice"].search([("deal_id", "=", deal.id)])
        path = f"/my/deals/{deal.id}/motor-invoice/{invoice.id}"
        self.log_in(self.other)
        self.assertEqual(self.page(path).status_code, 404)

    def test_the_link_alone_shows_the_way_and_no_papers(self):
        deal = self.ordered()
        self.make_papers(deal)
        url = deal.get_portal_url()
        self.log_in(None)
        text = self.page(url).text
        self.assertIn("Where your car is", text)
        self.assertIn("Log in to see contract", text)
        self.assertNotIn("Your papers", text)
        self.assertNotIn(deal.order_id.invoice_ids.name, text)

    def test_a_list_of_deals_costs_the_same_queries_whatever_its_length(self):
        self.offered()
        few = self.list_queries()
        for _number in range(4):
            self.asked(self.offered())
        self.assertLessEqual(self.list_queries() - few, 2)

    def list_queries(self):
        deals = self.env["dms.deal"].with_user(self.buyer)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        deals._dms_mine()._dms_portal_cards()
        return self.env.cr.sql_log_count - before

    def test_every_door_of_a_deal_is_shut_even_to_its_customer(self):
        """He sees pages with chosen columns, the record itself is the store's."""
        deal = self.offered()
        self.assertFalse(HttpDoors(self, self.buyer).open_for(deal))

    def test_every_door_of_his_documents_is_shut(self):
        document = self.sent()
        doors = HttpDoors(self, self.buyer)
        self.assertFalse(doors.open_for(document))
        self.assertFalse(doors.open_for(document.file_ids))


@tagged("post_install", "-at_install")
class TestPortalDocuments(PortalPages):
    def test_he_sends_two_photos_at_once(self):
        document = self.id_card()
        answer = self.send(self.upload_path(document), photo(), photo(10))
        self.assertIn("ID Card: sent. Thank you!", answer.text)
        self.assertEqual(document.file_count, 2)
        self.assertEqual(document.uploaded_by_id, self.buyer)

    def test_he_sends_by_the_link_without_login(self):
        document = self.id_card()
        token = document.deal_id._portal_ensure_token()
        self.log_in(None)
        self.send(self.upload_path(document), photo(), access_token=token)
        self.assertEqual(document.state, "uploaded")
        self.assertFalse(document.uploaded_by_id)

    def test_without_the_key_nothing_is_sent(self):
        document = self.id_card()
        self.log_in(None)
        self.send(self.upload_path(document), photo(), access_token="wrong")
        self.assertEqual(document.state, "asked")

    def test_another_customer_sends_nothing(self):
        document = self.id_card()
        self.log_in(self.other)
        self.send(self.upload_path(document), photo())
        self.assertEqual(document.state, "asked")

    def test_a_document_of_another_deal_is_not_reached_by_his_own(self):
        theirs = self.id_card(self.offered(self.other.partner_id))
        mine = self.offered()
        path = f"/my/deals/{mine.id}/documents/{theirs.id}/upload"
        self.assertEqual(self.send(path, photo()).status_code, 404)
        self.assertEqual(theirs.state, "asked")

    def test_a_bad_file_is_refused_in_words_and_leaves_nothing(self):
        document = self.id_card()
        answer = self.send(self.upload_path(document), photo(), b"<svg/>")
        self.assertIn("File 2 is neither a photo", answer.text)
        self.assertFalse(document.file_ids)
        self.assertEqual(document.state, "asked")

    def test_the_refusal_is_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search(
            [("name", "=", "dms_sales")]
        )._update_translations(["zh_CN"])
        self.env["website"].search([]).language_ids += self.env.ref("base.lang_zh_CN")
        self.customer.lang = "zh_CN"
        document = self.id_card()
        path = f"/zh_CN{self.upload_path(document)}"
        answer = self.send(path, b"<svg/>")
        self.assertIn("既不是照片", answer.text)

    @mute_logger("odoo.http")
    def test_a_forged_form_does_nothing(self):
        document = self.id_card()
        answer = self.page(
            self.upload_path(document),
            data={"csrf_token": "x"},
            files=[("files", ("a.jpg", photo()))],
        )
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(document.state, "asked")

    def test_who_sends_like_a_program_waits(self):
        document = self.id_card()
        slow = TokenBuckets(rate=0.001, burst=1)
        with patch.object(controller, "UPLOADS", slow):
            self.send(self.upload_path(document), photo())
            answer = self.send(self.upload_path(document), photo())
        self.assertIn("Too many files", answer.text)
        self.assertEqual(document.file_count, 1)

    def test_he_takes_back_what_he_sent(self):
        document = self.sent()
        self.send(self.upload_path(document, "withdraw"))
        self.assertEqual(document.state, "asked")

    def test_he_reads_why_it_was_returned(self):
        document = self.sent()
        document.reason = "The left corner is missing"
        document.action_return()
        text = self.page(f"/my/deals/{document.deal_id.id}").text
        self.assertIn("The left corner is missing", text)
        self.assertIn("Please send again", text)

    def own_path(self, file):
        return f"/my/deals/{file.document_id.deal_id.id}/documents/{file.id}"

    def test_his_own_file_comes_back_as_a_file_and_not_as_a_page(self):
        file = self.sent(None, PDF).file_ids
        answer = self.page(self.own_path(file))
        self.assertEqual(answer.content, PDF)
        headers = answer.headers
        self.assertTrue(headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", headers["Content-Security-Policy"])
        self.assertIn("no-store", headers["Cache-Control"])

    def test_his_looking_is_noted_too(self):
        file = self.sent().file_ids
        self.page(self.own_path(file))
        found = entries_of(self.env, action="reveal", model="dms.deal.document")
        self.assertEqual(found[-1].user_id, self.buyer)

    def test_the_link_of_a_deal_opens_no_file(self):
        file = self.sent(None, PDF).file_ids
        token = file.document_id.deal_id._portal_ensure_token()
        path = f"{self.own_path(file)}?access_token={token}"
        self.log_in(None)
        answer = self.page(path)
        self.assertIn("/web/login", answer.url)
        self.assertNotEqual(answer.content, PDF)

    def test_another_customer_opens_no_file(self):
        file = self.sent().file_ids
        self.log_in(self.other)
        self.assertEqual(self.page(self.own_path(file)).status_code, 404)

    def staff_answer(self, user, file):
        self.log_in(user)
        return self.page(f"/dms/documents/{file.id}")

    def test_the_consultant_opens_it_and_it_is_noted(self):
        file = self.sent(None, PDF).file_ids
        answer = self.staff_answer(self.consultant, file)
        self.assertEqual(answer.content, PDF)
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        found = entries_of(self.env, action="reveal", model="dms.deal.document")
        self.assertEqual(found[-1].user_id, self.consultant)

    def test_who_does_not_decide_opens_none(self):
        file = self.sent().file_ids
        strangers = [
            self.user(role, self.store_a1) for role in ("auditor", "accountant")
        ]
        strangers += [self.technician, self.user("sales_manager", self.store_a2)]
        for user in strangers:
            with self.subTest(user=user.login):
                self.assertEqual(self.staff_answer(user, file).status_code, 404)

    def test_a_customer_does_not_open_it_where_staff_do(self):
        file = self.sent().file_ids
        self.assertEqual(self.staff_answer(self.other, file).status_code, 404)


@tagged("post_install", "-at_install")
class TestPortalDrives(PortalPages):
    def drive(self, partner, **vals):
        car = self.receive(self.store_a1)
        self.env["dms.drive.car"].create(
            {
                "vehicle_id": car.id,
                "company_id": self.store_a1.id,
                "since": "2020-01-01",
                "for_test": True,
            }
        )
        start = fields.Datetime.add(fields.Datetime.now(), days=2)
        made = {"vehicle_id": car.id, "partner_id": partner.id, "start": start}
        return self.env["dms.drive"].create(
            made | {"company_id": self.store_a1.id, "user_id": False} | vals
        )

    def test_his_drives_are_listed_and_those_of_others_are_not(self):
        self.drive(self.customer, product_id=self.white.id)
        self.drive(self.other.partner_id)
        text = self.page("/my/drives").text
        self.assertEqual(text.count("o_dms_my_drive"), 1)

    def test_the_next_drive_waits_on_the_home_page(self):
        drive = self.drive(self.customer)
        self.assertIn(f"/my/drives/{drive.id}", self.page("/my").text)

    def test_his_drive_opens_without_a_link_and_is_cancelled(self):
        drive = self.drive(self.customer)
        self.assertIn(drive.name, self.page(f"/my/drives/{drive.id}").text)
        self.send(f"/my/drives/{drive.id}/cancel")
        self.assertEqual(drive.state, "cancelled")

    def test_the_drive_of_another_does_not(self):
        drive = self.drive(self.other.partner_id)
        self.assertTrue(self.page(f"/my/drives/{drive.id}").url.endswith("/my"))
        self.send(f"/my/drives/{drive.id}/cancel")
        self.assertEqual(drive.state, "booked")


@tagged("post_install", "-at_install")
class TestPortalPhone(PortalCommon, HttpCase):
    """On a phone of 390 by 844 pixels."""

    browser_size = "390x844"
    touch_enabled = True

    def fits(self, path, selector):
        self.env.flush_all()
        ready = f"document.querySelector('{selector}') !== null"
        self.browser_js(path, FITS, ready, login=self.buyer.login)

    def test_home_list_and_deal_fit_the_screen(self):
        deal = self.ordered()
        self.asked(deal)
        self.fits("/my", ".o_dms_task")
        self.fits("/my/deals", ".o_dms_deal")
        self.fits(f"/my/deals/{deal.id}", ".o_dms_document")
