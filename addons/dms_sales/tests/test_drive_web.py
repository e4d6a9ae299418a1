import re
from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets
from odoo.addons.dms_vehicle.tests.drive_common import LICENCE, DriveCommon, scribble

from ..controllers import drive as door

PERSON = {"name": "陈晨", "phone": "138 0000 0009", "agreed": "1"}


@tagged("post_install", "-at_install")
class TestDriveWeb(DriveCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        website = cls.env["website"].search([], limit=1)
        website.company_id = cls.store_a1
        cls.env.ref("base.public_user").write(
            {
                "company_ids": [(4, cls.store_a1.id)],
                "company_id": cls.store_a1.id,
            }
        )
        cls.day = cls.tomorrow.date()
        cls.place = {
            "store": cls.store_a1.id,
            "model": cls.white.id,
            "day": str(cls.day),
        }

    def setUp(self):
        super().setUp()
        self.patch(door, "BOOKINGS", TokenBuckets(rate=0.001, burst=9))

    def page(self, **query):
        self.authenticate(None, None)
        return self.url_open(
            "/test-drive?" + "&".join(f"{k}={v}" for k, v in query.items())
        )

    def post(self, start=None, **form):
        self.authenticate(None, None)
        data = (
            self.place
            | PERSON
            | {
                "start": start or fields.Datetime.to_string(self.tomorrow),
                "csrf_token": http.Request.csrf_token(self),
            }
        )
        return self.url_open("/test-drive", data=data | form)

    def drives(self):
        return self.env["dms.drive"].search(
            [("company_id", "=", self.store_a1.id), ("is_from_web", "=", True)]
        )

    def test_the_page_leads_from_store_to_time(self):
        self.assertIn("E5-W", self.page(store=self.store_a1.id).text)
        self.assertIn("10:00", self.page(**self.place).text)

    def test_a_customer_with_a_login_sees_it_too(self):
        self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "drive.portal",
                "password": "drive.portal",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
                "company_id": self.store_b1.id,
                "company_ids": [(6, 0, self.store_b1.ids)],
            }
        )
        self.authenticate("drive.portal", "drive.portal")
        answer = self.url_open(f"/test-drive?store={self.store_a1.id}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("E5-W", answer.text)

    def test_another_dealer_groups_stores_are_not_shown(self):
        self.serve(self.receive(self.store_b1))
        text = self.page().text
        self.assertNotIn("Test store B1", text)

    def test_a_store_that_does_not_want_it_is_not_shown(self):
        self.store_a1.dms_drive_web = False
        self.assertIn("No test drives can be booked", self.page().text)

    def test_a_visitor_books(self):
        answer = self.post(number=LICENCE, classes="c1")
        self.assertEqual(answer.status_code, 200)
        drive = self.drives()
        self.assertEqual(drive.vehicle_id, self.demo)
        self.assertEqual(drive.driver_name, "陈晨")
        self.assertEqual(drive.driver_phone, "13800000009")
        self.assertEqual(drive.lead_id.company_id, self.store_a1)
        self.assertIn(drive.name, answer.text)
        licence = self.env["dms.drive.licence"].search([("number", "=", LICENCE)])
        self.assertEqual(licence.partner_id, drive.partner_id)
        self.assertFalse(licence.is_checked)

    def test_a_taken_time_is_refused_with_words(self):
        self.book()
        answer = self.post()
        self.assertEqual(answer.status_code, 422)
        self.assertIn("That time is taken", answer.text)
        self.assertFalse(self.drives())

    def test_what_is_wrong_is_said_and_nothing_is_kept(self):
        for wrong, words in (
            ({"name": " "}, "write your name"),
            ({"phone": "12"}, "check your phone number"),
            ({"number": "123", "classes": "C1"}, "Compare all 18"),
            ({"number": LICENCE, "classes": "Z"}, "is no class"),
        ):
            with self.subTest(words):
                answer = self.post(**wrong)
                self.assertIn(words, answer.text)
        self.assertFalse(self.drives())
        self.assertFalse(self.env["res.partner"].search([("name", "=", "陈晨")]))

    def test_a_program_that_fills_in_all_fields_gets_nothing(self):
        self.assertEqual(self.post(website="http://x").status_code, 422)
        self.assertFalse(self.drives())

    def test_one_address_books_no_more_than_a_family(self):
        self.patch(door, "BOOKINGS", TokenBuckets(rate=0.001, burst=1))
        self.post(name=" ")
        answer = self.post()
        self.assertIn("Too many bookings", answer.text)

    def test_one_phone_does_not_take_all_times(self):
        for hour in (0, 2):
            self.post(fields.Datetime.to_string(self.tomorrow + timedelta(hours=hour)))
        answer = self.post(
            fields.Datetime.to_string(self.tomorrow + timedelta(hours=4))
        )
        self.assertIn("are booked already", answer.text)
        self.assertEqual(len(self.drives()), 2)

    def test_a_time_outside_the_hours_is_refused(self):
        night = fields.Datetime.to_string(self.tomorrow + timedelta(hours=12))
        self.assertEqual(self.post(night).status_code, 422)

    def test_the_link_cancels_and_a_guessed_one_does_not(self):
        self.post()
        drive = self.drives()
        path = f"/my/drives/{drive.id}/cancel"
        token = {"csrf_token": http.Request.csrf_token(self)}
        self.url_open(f"{path}?access_token=guessed", data=token)
        self.assertEqual(drive.state, "booked")
        self.url_open(f"{path}?access_token={drive.access_token}", data=token)
        self.assertEqual(drive.state, "cancelled")

    def test_the_link_moves_the_drive(self):
        self.post()
        drive = self.drives()
        later = fields.Datetime.to_string(self.tomorrow + timedelta(hours=4))
        page = self.url_open(f"{drive.get_portal_url()}&day={self.day}")
        self.assertIn(later, page.text)
        self.url_open(
            f"/my/drives/{drive.id}/move?access_token={drive.access_token}",
            data={"csrf_token": http.Request.csrf_token(self), "start": later},
        )
        self.assertEqual(fields.Datetime.to_string(drive.start), later)

    def test_the_agreement_is_signed_and_read_by_the_link(self):
        drive = self.book()
        url = drive.sudo().get_portal_url()
        self.authenticate(None, None)
        self.assertRegex(self.url_open(url).text, re.compile("Agreement"))
        answer = self.make_jsonrpc_request(
            url.replace("?", "/sign?"), {"name": "李娜", "signature": scribble()}
        )
        self.assertTrue(answer.get("force_refresh"), answer)
        file = self.url_open(drive.sudo().get_portal_url(suffix="/agreement"))
        self.assertEqual(file.content, drive.sudo().agreement_id.raw)

    def test_only_the_group_of_the_website_books(self):
        car = self.receive(self.store_b1)
        self.serve(car)
        answer = self.post(store=self.store_b1.id)
        drives = self.env["dms.drive"].search([("vehicle_id", "=", car.id)])
        self.assertFalse(drives)
        self.assertEqual(answer.status_code, 422)

    def test_a_customer_of_another_name_is_not_found_by_his_phone(self):
        self.driver.phone = "13800000009"
        self.post()
        self.assertNotEqual(self.drives().partner_id, self.driver)

    def test_without_consent_nothing_is_kept(self):
        answer = self.post(agreed="")
        self.assertIn("Please agree", answer.text)

    def test_the_method_for_the_web_takes_offered_times_only(self):
        drives = self.env["dms.drive"]
        with self.assertRaises(UserError):
            drives._dms_book_web(
                self.store_a1, self.white, self.day, "2020-01-01 02:00:00", PERSON
            )
