"""The guard's phone: one colour, one button."""

import base64
import io

from lxml import html

from odoo.tests import HttpCase, tagged

from .gate_common import PNG, GateCommon


@tagged("post_install", "-at_install")
class TestGatePage(GateCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.car = self.receive(self.store_a1)
        self.car.plate = "沪A12345"
        self.drive = self.issue(self.car, driver_phone="13800138000")
        self.login(self.guard)

    def login(self, user):
        user.password = user.login
        self.authenticate(user.login, user.login)

    def look(self, path=None, status=200):
        answer = self.url_open(path or self.drive._path())
        self.assertEqual(answer.status_code, status)
        self.assertIn("no-store", answer.headers["Cache-Control"])
        return html.fromstring(answer.content)

    def tap(self, kind, files=None, one=None, status=200, **form):
        one = one or self.drive
        page = self.look(one._path())
        token = page.xpath("//input[@name='csrf_token']/@value") or [self.csrf_token()]
        answer = self.url_open(
            f"{one._path()}/{kind}", data=form | {"csrf_token": token[0]}, files=files
        )
        self.assertEqual(answer.status_code, status)
        self.env.invalidate_all()
        return html.fromstring(answer.content)

    def csrf_token(self):
        other = self.issue()
        return self.look(other._path()).xpath("//input[@name='csrf_token']/@value")[0]

    def colour(self, page):
        return page.xpath("//body/@class")[0]

    def text(self, page):
        return " ".join(page.text_content().split())

    # What it shows

    def test_green_with_car_driver_reason_and_button(self):
        page = self.look()
        self.assertEqual(self.colour(page), "go")
        for part in ("May leave", "沪A12345", self.car.vin[-6:], "王芳", "Test Drive"):
            self.assertIn(part, self.text(page))
        self.assertEqual(page.xpath("//button")[0].text, "Let Out")

    def test_no_price_and_no_customer(self):
        self.car.owner_id = self.customer
        text = self.text(self.look())
        self.assertNotIn("李娜", text)
        self.assertNotIn("180,000", text)

    def test_the_words_are_the_guards(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.guard.lang = "zh_CN"
        self.login(self.guard)
        self.assertIn("试乘试驾", self.text(self.look()))

    # Out and back

    def test_out_and_back(self):
        page = self.tap("exit", odometer_km="12", fuel_percent="80")
        self.assertEqual(self.drive.state, "out")
        self.assertEqual(self.colour(page), "back")
        self.assertIn("has been let out", self.text(page))
        self.assertEqual(page.xpath("//button")[0].text, "Take Back")
        page = self.tap("return", odometer_km="1,031", damage="划痕")
        self.assertEqual(self.drive.state, "returned")
        self.assertEqual(self.drive.check_ids[0].odometer_km, 1031)
        self.assertEqual(self.colour(page), "stop")
        self.assertFalse(page.xpath("//button"))

    def test_a_doubled_tap_changes_nothing(self):
        self.tap("exit", odometer_km="12")
        page = self.tap("exit", odometer_km="12")
        self.assertTrue(page.xpath("//p[contains(@class, 'known')]"))
        self.assertEqual(len(self.drive.check_ids), 1)

    def test_photos_of_the_phone(self):
        files = [
            ("photos", (name, io.BytesIO(PNG), "image/png"))
            for name in ("a.png", "b.png")
        ]
        self.tap("exit", files=files, odometer_km="12")
        self.assertEqual(len(self.drive.check_ids.photo_ids), 2)

    def test_what_is_wrong_is_said_and_what_was_typed_stays(self):
        self.car.odometer_km = 40
        page = self.tap("exit", status=422, odometer_km="39", damage="划痕")
        self.assertIn("showed 40 km before", self.text(page))
        self.assertEqual(page.xpath("//input[@name='odometer_km']/@value"), ["39"])
        self.assertEqual(page.xpath("//textarea")[0].text, "划痕")
        page = self.tap("exit", status=422, odometer_km="many")
        self.assertIn("many is no number", self.text(page))
        files = [("photos", ("a.png", io.BytesIO(b"no picture"), "image/png"))]
        page = self.tap("exit", files=files, status=422, odometer_km="40")
        self.assertIn("no picture", self.text(page))
        self.assertEqual(self.drive.state, "issued")

    def test_without_token_nothing_happens(self):
        answer = self.url_open(f"{self.drive._path()}/exit", data={"odometer_km": "1"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.drive.check_ids)

    def test_late_is_said(self):
        self.tap("exit", odometer_km="12")
        self.later(self.drive, hours=5)
        page = self.look()
        self.assertIn("Late: should be back", self.text(page))
        self.assertEqual(self.colour(page), "back")

    # Red

    def test_red_pages_say_why(self):
        self.later(self.drive, days=2)
        page = self.look()
        self.assertEqual(self.colour(page), "stop")
        self.assertIn("has expired", self.text(page))
        self.assertFalse(page.xpath("//button"))
        other = self.issue()
        other.cancel()
        self.assertIn("was cancelled", self.text(self.look(other._path())))
        early = self.issue(valid_from=self.ahead(hours=2), back_by=self.ahead(hours=9))
        self.assertIn("not valid yet", self.text(self.look(early._path())))

    def test_a_used_delivery_is_red(self):
        self.drive.cancel()
        one = self.issue(
            self.car,
            "delivery",
            user=self.manager,
            picking_id=self.delivered(self.car).id,
        )
        page = self.tap("exit", one=one)
        self.assertEqual(self.colour(page), "stop")
        self.assertIn("left for good", self.text(page))

    def test_an_unknown_code_is_red(self):
        for code in ("ACEFGHJKMNPRTWXY", "x", "0"):
            page = self.look(f"/dms/gate/{code}", status=404)
            self.assertEqual(self.colour(page), "stop")
            self.assertIn("No gate pass has this code", self.text(page))

    def test_another_store_is_refused_and_learns_nothing(self):
        self.login(self.other_guard)
        page = self.look(status=403)
        self.assertEqual(self.colour(page), "stop")
        text = self.text(page)
        self.assertIn("another store's", text)
        for secret in (self.car.vin, "王芳", "沪A12345"):
            self.assertNotIn(secret, text)

    def test_its_guard_lets_nothing_out(self):
        token = self.csrf_token()
        self.login(self.other_guard)
        mine = self.issue(
            self.receive(self.store_a2),
            user=self.user("sales_consultant", self.store_a2),
        )
        token = self.look(mine._path()).xpath("//input[@name='csrf_token']/@value")[0]
        answer = self.url_open(
            f"{self.drive._path()}/exit",
            data={"odometer_km": "1", "csrf_token": token},
        )
        self.assertEqual(answer.status_code, 403)
        self.assertFalse(self.drive.check_ids)

    def test_colleagues_look_and_have_no_button(self):
        self.login(self.consultant)
        page = self.look()
        self.assertEqual(self.colour(page), "go")
        self.assertFalse(page.xpath("//button"))
        self.assertIn("Only the gate guard", self.text(page))

    def test_who_is_no_staff_finds_nothing(self):
        for group in ("base.group_portal", "base.group_user"):
            user = self.env["res.users"].create(
                {
                    "name": group,
                    "login": group,
                    "group_ids": [(6, 0, self.env.ref(group).ids)],
                    "company_id": self.store_a1.id,
                    "company_ids": [(6, 0, self.store_a1.ids)],
                }
            )
            self.login(user)
            self.look(status=404)
            self.look("/dms/gate", status=404)

    def test_without_login_it_asks_for_one(self):
        self.authenticate(None, None)
        answer = self.url_open(self.drive._path(), allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    # The field for the code

    def test_typed_or_scanned_it_leads_to_the_pass(self):
        for text in (self.drive.code_shown.lower(), f"http://x{self.drive._path()}"):
            page = self.look(f"/dms/gate?code={text}")
            self.assertIn(self.car.vin[-6:], self.text(page))

    def test_a_mistyped_code_is_said(self):
        for text, why in (
            ("ACEF", "has 16"),
            ("0CEF", "no code has the sign 0"),
            (self.drive.code[1:] + self.drive.code[:1], "is wrong"),
        ):
            page = self.look(f"/dms/gate?code={text}")
            self.assertIn(why.lower(), self.text(page).lower())

    # Paper

    def test_the_paper_carries_the_address(self):
        report = self.env.ref("dms_vehicle.dms_gate_pass_report")
        self.by(self.consultant, self.drive).action_print()
        content = (
            report.with_user(self.consultant)
            ._render_qweb_html(report.report_name, self.drive.ids)[0]
            .decode()
        )
        picture = self.drive._qr_uri()
        self.assertIn(picture, content)
        self.assertIn(self.drive.code_shown, content)
        svg = base64.b64decode(picture.partition(",")[2]).decode()
        self.assertTrue(svg.startswith("<svg"))
