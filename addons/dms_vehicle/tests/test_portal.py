"""What an owner sees of his cars, and nobody else's."""

import re

from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.doors import HttpDoors

from .common import new_vin
from .passport_common import PassportCommon

FITS = """
    const {scrollWidth, clientWidth} = document.documentElement;
    if (window.innerWidth !== 390 || scrollWidth > clientWidth) {
        throw new Error(`${scrollWidth} of ${clientWidth} pixels`);
    }
    console.log("test successful");
"""


class OwnerCommon(PassportCommon):
    """Two owners; the car with a history belongs to the first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls._create_owner("owner")
        cls.other = cls._create_owner("other")
        cls.car.write({"owner_id": cls.owner.partner_id.id, "plate": "苏A12345"})
        cls.foreign = cls._create_car(
            cls.store_a1, owner_id=cls.other.partner_id.id, plate="苏B54321"
        )


@tagged("post_install", "-at_install")
class TestOwnerAccess(OwnerCommon):
    """What the ORM lets an owner do, whatever door he comes through."""

    def as_owner(self, record):
        return record.with_user(self.owner)

    def test_an_owner_finds_his_cars_only(self):
        self.assertEqual(self.as_owner(self.env["dms.vehicle"]).search([]), self.car)

    def test_his_cars_may_stand_in_any_store(self):
        car = self._create_car(self.store_b1, owner_id=self.owner.partner_id.id)
        self.assertIn(car, self.as_owner(self.env["dms.vehicle"]).search([]))

    def test_people_of_one_company_share_its_cars(self):
        company = self.env["res.partner"].create({"name": "Fleet", "is_company": True})
        (self.owner | self.other).partner_id.parent_id = company
        car = self._create_car(self.store_a1, owner_id=company.id)
        for user in self.owner | self.other:
            self.assertIn(car, car.with_user(user).search([]))

    def test_the_car_of_another_is_out_of_reach(self):
        foreign = self.as_owner(self.foreign)
        for read in (
            lambda: foreign.read(["vin"]),
            lambda: foreign.vin,
            lambda: foreign.check_access("read"),
        ):
            with self.assertRaises(AccessError):
                read()
        self.assertFalse(foreign.search([("vin", "=", self.foreign.vin)]))
        self.assertFalse(foreign.name_search(self.foreign.vin))

    def test_an_owner_changes_nothing(self):
        car = self.as_owner(self.car)
        for operation in ("write", "create", "unlink"):
            self.assertFalse(car.has_access(operation), operation)

    def test_an_owner_reads_nothing_of_the_stores_trade(self):
        car = self.as_owner(self.car)
        for name in ("purchase_line_id", "location_id", "msrp", "message_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                car.read([name])
        self.assertNotIn("purchase_line_id", car.fields_get())

    def test_staff_read_every_field_as_before(self):
        seller = self.in_store(self.store_a1, "sales_consultant")
        self.assertIn("purchase_line_id", self.car.with_env(seller).read()[0])

    def test_an_owner_does_not_read_what_staff_wrote_about_the_car(self):
        message = self.car.message_post(
            body="The customer before him was difficult",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        with self.assertRaises(AccessError):
            self.as_owner(message).read(["body"])
        found = self.as_owner(message).search([("id", "=", message.id)])
        self.assertFalse(found)

    def test_an_owner_does_not_read_the_stores_files_at_a_car(self):
        for car in self.car | self.foreign:
            file = self.env["ir.attachment"].create(
                {"name": "bill", "raw": b"x", "res_model": car._name, "res_id": car.id}
            )
            with self.assertRaises(AccessError):
                self.as_owner(file).read(["raw"])
            self.assertFalse(self.as_owner(file).search([("id", "=", file.id)]))

    def test_staff_read_files_at_a_car_as_before(self):
        file = self.env["ir.attachment"].create(
            {
                "name": "b",
                "raw": b"x",
                "res_model": "dms.vehicle",
                "res_id": self.car.id,
            }
        )
        seller = self.in_store(self.store_a1, "sales_consultant")
        self.assertEqual(file.with_env(seller).raw, b"x")

    def test_an_owner_has_no_access_to_passports_themselves(self):
        self.assertFalse(self.as_owner(self.passport).has_access("read"))
        self.assertFalse(self.as_owner(self.passport).has_access("create"))


@tagged("post_install", "-at_install")
class TestPortal(OwnerCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate(self.owner.login, self.owner.login)

    def page(self, path="", **options):
        self.env.flush_all()
        return self.url_open(f"/my/vehicles{path}", **options)

    def send(self, car, what):
        form = {"csrf_token": Request.csrf_token(self)}
        return self.page(f"/{car.id}/passport/{what}", data=form)

    def owned_passport(self, car=None):
        return (car or self.car)._owner_passport()

    def test_the_home_page_has_a_card_with_the_number_of_cars(self):
        self.assertIn('href="/my/vehicles"', self.url_open("/my").text)
        counters = {"params": {"counters": ["vehicle_count"]}}
        answer = self.url_open("/my/counters", json=counters).json()
        self.assertEqual(answer["result"]["vehicle_count"], 1)

    def test_the_list_shows_his_cars_only(self):
        page = self.page().text
        self.assertIn(self.car.vin, page)
        self.assertIn("苏A12345", page)
        self.assertNotIn(self.foreign.vin, page)

    def test_cars_are_found_by_vin_plate_and_model(self):
        for words in (self.car.vin[-6:], "苏A·12345", "E5-W"):
            with self.subTest(words=words):
                self.assertIn(self.car.vin, self.page(f"?search={words}").text)
        self.assertNotIn(self.car.vin, self.page("?search=nosuch").text)

    def test_searching_does_not_reach_further(self):
        page = self.page(f"?search={self.foreign.vin}").text
        self.assertNotIn("o_dms_car", page)

    def test_many_cars_come_page_by_page(self):
        partner = self.owner.partner_id
        for _number in range(21):
            self._create_car(self.store_a1, owner_id=partner.id)
        self.assertEqual(self.page().text.count("o_dms_car"), 20)
        self.assertEqual(self.page("/page/2").text.count("o_dms_car"), 2)

    def test_who_has_no_car_is_told_when_one_appears(self):
        self.car.owner_id = self.customer
        self.assertIn("No car yet", self.page().text)

    def test_the_page_of_a_car_shows_data_and_history(self):
        page = self.page(f"/{self.car.id}").text
        for text in (self.car.vin, "苏A12345", "Model E5-W", "南京", "8,150"):
            self.assertIn(text, page)

    def test_the_page_of_anothers_car_is_not_there(self):
        answer = self.page(f"/{self.foreign.id}")
        self.assertEqual(answer.status_code, 404)
        self.assertNotIn(self.foreign.vin, answer.text)

    def test_strangers_have_to_log_in(self):
        self.authenticate(None, None)
        answer = self.page(f"/{self.car.id}", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_staff_see_the_cars_they_own_not_those_of_the_store(self):
        seller = self.user("sales_consultant", self.store_a1)
        seller.password = seller.login
        self.authenticate(seller.login, seller.login)
        self.assertNotIn(self.car.vin, self.page().text)

    def test_one_tap_makes_a_passport(self):
        self.assertFalse(self.owned_passport())
        answer = self.send(self.car, "create")
        passport = self.owned_passport()
        self.assertIn(passport._page_path(), answer.text)
        self.assertEqual(passport.create_uid, self.owner)

    def test_a_second_tap_makes_no_second_one(self):
        self.send(self.car, "create")
        first = self.owned_passport()
        self.send(self.car, "create")
        self.assertEqual(self.owned_passport(), first)

    def test_one_tap_revokes_it(self):
        self.send(self.car, "create")
        passport = self.owned_passport()
        self.send(self.car, "revoke")
        self.assertEqual(passport.state, "revoked")
        self.assertEqual(passport.revoked_by_id, self.owner)

    def test_the_stores_passport_is_not_his_to_revoke(self):
        passport = self._create_passport(self.car)
        self.send(self.car, "revoke")
        self.assertEqual(passport.state, "active")

    @mute_logger("odoo.http")
    def test_anothers_car_gets_no_passport_and_loses_none(self):
        passport = self._create_passport(self.foreign, purpose="owner")
        for what in ("create", "revoke"):
            self.assertEqual(self.send(self.foreign, what).status_code, 404)
        self.assertEqual(self.foreign.passport_ids, passport)
        self.assertEqual(passport.state, "active")

    @mute_logger("odoo.http")
    def test_a_forged_form_does_nothing(self):
        answer = self.page(f"/{self.car.id}/passport/create", data={"csrf_token": "x"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.owned_passport())

    def test_every_door_of_anothers_car_is_shut(self):
        doors = HttpDoors(self, self.owner)
        foreign = self._create_car(
            self.store_a1, owner_id=self.other.partner_id.id, vin=new_vin()
        )
        self.assertFalse(doors.open_for(foreign))

    def test_his_orders_are_linked_and_those_of_others_are_not(self):
        car = self.receive(self.store_a1)
        mine = self.sell(car, self.owner.partner_id)
        car.owner_id = self.owner.partner_id
        page = self.page(f"/{car.id}").text
        self.assertIn(mine.name, page)
        car.owner_id = self.other.partner_id
        car.owner_id = self.owner.partner_id
        mine.partner_id = self.other.partner_id
        self.assertFalse(
            re.search(rf">\s*Order\s+{mine.name}", self.page(f"/{car.id}").text)
        )


@tagged("post_install", "-at_install")
class TestPortalBrowser(OwnerCommon, HttpCase):
    """On a phone of 390 by 844 pixels."""

    browser_size = "390x844"
    touch_enabled = True

    def test_an_owner_makes_and_revokes_a_passport_with_his_thumb(self):
        self.start_tour(
            f"/my/vehicles/{self.car.id}",
            "dms_owner_passport",
            login=self.owner.login,
        )
        passport = self.car.passport_ids.filtered(lambda p: p.purpose == "owner")
        self.assertEqual(passport.state, "revoked")

    def test_the_list_fits_the_screen(self):
        self.env.flush_all()
        ready = "document.querySelector('.o_dms_car') !== null"
        self.browser_js("/my/vehicles", FITS, ready, login=self.owner.login)
