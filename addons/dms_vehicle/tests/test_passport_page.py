"""The public page and its files, over HTTP and without an account."""

from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets
from odoo.addons.dms_base.merkle import passport as checking

from ..controllers import passport as controller
from ..passport import qr_svg
from .passport_common import PassportCommon, PassportHttpCase

WORST = "</script><script>alert(1)</script>"


@tagged("post_install", "-at_install")
class TestPassportPage(PassportHttpCase):
    def get(self, path="", passport=None, language="en", **options):
        self.env.flush_all()
        headers = {"Accept-Language": language}
        address = self.path(passport) + path
        return self.url_open(address, headers=headers, **options)

    def gone(self, path=""):
        """Return the answer to the address of a passport that is revoked."""
        address = self.path()
        self.passport._end("Lost")
        self.env.flush_all()
        return self.url_open(address + path, headers={"Accept-Language": "en"})

    # What it shows

    def test_it_shows_the_car(self):
        page = self.get().text
        for text in ("Brand", "Model E5-W", "2026", "Battery electric", self.car.vin):
            self.assertIn(text, page)

    def test_it_shows_what_happened_when_and_where(self):
        page = self.get().text
        for text in ("2026-02-14", "南京", "苏州", "12 km", "8,150 km"):
            self.assertIn(text, page)
        self.assertLess(page.index("2026-01-05"), page.index("2026-08-20"))

    def test_a_kind_nobody_knows_shows_its_code(self):
        self.append(subject=self.car.vin, kind="vehicle.flown", body={})
        self.record()
        self.assertIn("vehicle.flown", self.get().text)

    def test_it_names_no_person_and_no_price(self):
        self.car.write({"owner_id": self.customer.id, "plate": "苏A12345"})
        passport = self._create_passport(self.car, purpose="owner")
        page = (
            self.get(passport=passport).text + self.get("/passport.json", passport).text
        )
        for secret in ("李娜", "苏A12345", "A12345", "180,000", "180000"):
            self.assertNotIn(secret, page)

    def test_what_was_recorded_cannot_become_code(self):
        body = {"place": WORST}
        self.append(subject=self.car.vin, kind=f"x{WORST}", body=body)
        self.record()
        self.assertNotIn("<script>alert", self.get().text)

    def test_the_language_is_that_of_the_browser(self):
        self.assertIn('lang="zh-CN"', self.get(language="zh-CN,zh;q=0.9").text)
        self.assertIn("What does “verified” mean?", self.get(language="de,en").text)

    def test_the_reader_may_switch_the_language(self):
        self.assertIn('<html lang="zh-CN">', self.get("?lang=zh").text)
        self.assertIn('<html lang="en">', self.get("?lang=en", language="zh").text)

    def test_a_car_without_events_says_so(self):
        passport = self._create_passport(self._create_car(self.store_a1))
        answer = self.get(passport=passport)
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("data-place", answer.text)

    def test_a_damaged_event_takes_its_place_all_the_same(self):
        entries = self.env["dms.log.entry"].search([("subject", "=", self.car.vin)])
        self._forge(
            "UPDATE dms_log_entry SET body = 'not json' WHERE id = %s", entries[1].id
        )
        self.assertEqual(self.get().text.count("data-place"), 4)

    # How it is served

    def test_search_engines_and_caches_keep_off(self):
        for path in ("", "/passport.json", "/qr.svg"):
            headers = self.get(path).headers
            self.assertIn("noindex", headers["X-Robots-Tag"], path)
            self.assertIn("no-store", headers["Cache-Control"], path)
            self.assertEqual(headers["Referrer-Policy"], "no-referrer", path)
            self.assertNotIn("Set-Cookie", headers, path)

    def test_the_browser_runs_nothing_but_ours(self):
        policy = self.get().headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertIn("script-src 'self';", policy)
        self.assertNotIn("unsafe", policy)

    def test_nothing_is_written_through_these_routes(self):
        for path in ("", "/passport.json", "/qr.svg"):
            self.assertEqual(self.get(path, data={"a": "b"}).status_code, 405, path)

    def test_who_asks_too_often_is_told_to_wait(self):
        with patch.object(controller, "buckets", TokenBuckets(rate=0.5, burst=2)):
            statuses = [self.get("/passport.json").status_code for _ in range(3)]
            self.assertEqual(statuses, [200, 200, 429])
            self.assertEqual(self.get().headers["Retry-After"], "2")

    def test_the_number_of_queries_does_not_grow_with_the_events(self):
        self.queries()  # what the server learns once
        few = self.queries()
        for number in range(20):
            self.append(
                subject=self.car.vin,
                kind="vehicle.serviced",
                body={"km": 9000 + number},
            )
        self.record()
        self.assertEqual(self.queries(), few)

    def queries(self):
        """Return how many queries page and file take in all."""
        self.env.flush_all()
        self.env.invalidate_all()
        secret = self.path().rsplit("/", 1)[1]
        passports = self.env["dms.vehicle.passport"]
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        found = passports._find(secret)
        found._page_values()
        found._passport()
        return self.env.cr.sql_log_count - before

    # The file

    def data(self, query=""):
        answer = self.get(f"/passport.json{query}")
        self.assertEqual(answer.status_code, 200)
        return answer

    def keys(self):
        return self.env["dms.log.key"]._published().mapped("vkey")

    def test_the_file_proves_every_event(self):
        report = checking.check(self.data().json(), self.keys())
        self.assertEqual(report.findings, [])
        self.assertEqual(len(report.entries), 4)

    def test_the_file_has_a_name_of_its_own(self):
        header = self.data().headers["Content-Disposition"]
        self.assertIn(f"passport-{self.car.vin}.json", header)

    def test_the_file_proves_that_the_log_grew_from_what_was_kept(self):
        old = self.data().json()
        size = self.latest().size
        self.append(3)
        self.record()
        new = self.data(f"?since={size}").json()
        self.assertEqual(new["consistency"]["size"], size)
        report = checking.check(new, self.keys(), previous=old["checkpoint"])
        self.assertEqual(report.findings, [])

    def test_what_is_no_size_is_passed_over(self):
        for since in ("-1", "a", "", "99999999999999999999", "0", "٣"):
            with self.subTest(since=since):
                self.data(f"?since={since}")

    def test_the_code_is_a_picture(self):
        answer = self.get("/qr.svg")
        self.assertEqual(answer.headers["Content-Type"], "image/svg+xml")
        self.assertEqual(answer.text, qr_svg(self.passport.url))

    # What is not there

    def test_a_revoked_passport_is_not_shown(self):
        answer = self.gone()
        self.assertEqual(answer.status_code, 404)
        self.assertIn("No passport under this address", answer.text)
        self.assertNotIn(self.car.vin, answer.text)

    def test_nobody_learns_whether_a_passport_ever_was(self):
        revoked = self.gone()
        unknown = self.url_open(
            "/dms/passport/neverwas", headers={"Accept-Language": "en"}
        )
        self.assertEqual(unknown.status_code, revoked.status_code)
        same = revoked.text.split("<main")[1]
        self.assertEqual(unknown.text.split("<main")[1], same)

    def test_files_of_a_revoked_passport_are_not_there(self):
        self.assertEqual(self.gone("/passport.json").status_code, 404)

    def test_the_code_of_a_revoked_passport_is_not_there(self):
        self.assertEqual(self.gone("/qr.svg").status_code, 404)

    def test_odd_addresses_find_nothing(self):
        for secret in ("%00", "%25", "x" * 3000, "護照"):
            with self.subTest(secret=secret[:9]):
                answer = self.url_open(f"/dms/passport/{secret}")
                self.assertEqual(answer.status_code, 404)


@tagged("post_install", "-at_install")
class TestPassportBeforeTheLog(PassportCommon, HttpCase):
    """A passport made before anything was recorded at all."""

    @classmethod
    def setUpClass(cls):
        with patch("odoo.addons.dms_vehicle.tests.passport_common.LIFE", ()):
            super().setUpClass()

    def test_the_page_is_there_and_the_file_is_not(self):
        self.env.flush_all()
        if self.env["dms.log"]._size():
            self.skipTest("this database has a log already")
        self.assertEqual(self.url_open(self.path()).status_code, 200)
        answer = self.url_open(f"{self.path()}/passport.json")
        self.assertEqual(answer.status_code, 404)
