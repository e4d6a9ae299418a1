"""The owner's page: only by its link, and only as long as the offer holds."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.dms_base.tests.screens import ScreenCase

from .tradein_common import TradeInCommon


@tagged("post_install", "-at_install")
class TestTradeInPortal(TradeInCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls.offered()

    def page(self, **query):
        token = query.get("token", self.one.sudo().access_token)
        url = f"/my/appraisals/{self.one.id}?access_token={token}"
        return self.url_open(url)

    def answer(self, what, **form):
        token = form.pop("token", self.one.sudo().access_token)
        form |= {"csrf_token": self.csrf(), "access_token": token}
        return self.url_open(f"/my/appraisals/{self.one.id}/{what}", data=form)

    def csrf(self):
        page = self.url_open("/web/login").text
        return page.partition('csrf_token" value="')[2].partition('"')[0]

    def test_the_owner_sees_price_and_car_and_nothing_of_the_valuation(self):
        text = self.page().text
        self.assertIn(self.one.title, text)
        self.assertIn("80,000", text)
        self.assertNotIn("90,000", text)
        self.assertNotIn(self.valuer.name, text)

    def test_without_the_key_nothing_is_shown(self):
        for token in ("", "wrong"):
            self.assertNotIn(self.one.title, self.page(token=token).text)

    def test_before_there_is_an_offer_the_link_shows_nothing(self):
        one = self.valued()
        one.sudo()._portal_ensure_token()
        token = one.sudo().access_token
        text = self.url_open(f"/my/appraisals/{one.id}?access_token={token}").text
        self.assertNotIn(one.vin, text)

    def test_the_owner_accepts_on_his_phone(self):
        text = self.answer("accept", note="Two keys").text
        self.assertIn("You accepted this offer", text)
        self.assertEqual((self.one.state, self.one.answer), ("accepted", "Two keys"))
        entry = self.env["dms.log.entry"].search(
            [("kind", "=", "appraisal.accepted"), ("subject", "=", self.one.vin)]
        )
        self.assertIn('"price":"80000.00"', entry.body)
        self.assertNotIn(self.owner.name, entry.body)

    def test_the_owner_declines(self):
        self.answer("decline")
        self.assertEqual(self.one.state, "refused")

    def test_who_has_no_key_accepts_nothing(self):
        self.answer("accept", token="wrong")
        self.assertEqual(self.one.state, "offered")

    def test_an_expired_offer_is_not_accepted(self):
        self.one.sudo().valid_until = fields.Date.today() - timedelta(days=1)
        self.assertIn("no longer holds", self.page().text)
        text = self.answer("accept").text
        self.assertEqual(self.one.state, "offered")
        self.assertIn("no longer holds", text)

    def test_photos_need_the_key_too(self):
        photo = self.one.photo_line_ids[0]
        path = f"/my/appraisals/{self.one.id}/photo/{photo.id}"
        token = self.one.sudo().access_token
        self.assertEqual(self.url_open(f"{path}?access_token={token}").status_code, 200)
        self.assertEqual(self.url_open(path).status_code, 404)
        other = self.appraisal().photo_line_ids[0]
        path = f"/my/appraisals/{self.one.id}/photo/{other.id}?access_token={token}"
        self.assertEqual(self.url_open(path).status_code, 404)


@tagged("post_install", "-at_install")
class TestTradeInScreens(TradeInCommon, ScreenCase):
    def test_the_valuer_finds_what_he_has_to_value(self):
        one = self.appraisal()
        one.action_appraised()
        self.look_as(self.valuer)
        self.assertShows("appraisals", "td[name=title]", one.title)
        path = f"appraisals/{one.id}"
        self.assertShows(path, "button[name=action_value]", "Set the Value")

    def test_used_cars_stand_with_their_age_and_price(self):
        self.in_stock(market=88_800)
        self.look_as(self.manager)
        self.assertShows("used-cars", "td[name=dms_asking_price]", "88,800")


@tagged("post_install", "-at_install")
class TestTradeInPhone(TradeInCommon, ScreenCase):
    """Beside the car, with one thumb."""

    browser_size = "390x800"
    touch_enabled = True

    def test_a_damage_is_noted_by_a_tap_on_its_panel(self):
        one = self.appraisal()
        self.look_as(self.consultant)
        code = """
            const wait = (selector) => new Promise((resolve) => {
                const look = () => {
                    const found = document.querySelector(selector);
                    found ? resolve(found) : setTimeout(look, 50);
                };
                look();
            });
            (async () => {
                const panel = await wait("[data-panel=roof]");
                panel.dispatchEvent(new MouseEvent("click", {bubbles: true}));
                const save = await wait(".o_dialog .o_form_button_save");
                save.click();
                await wait(".o_dms_damaged[data-panel=roof]");
                const fits = document.documentElement.scrollWidth <= 391;
                console[fits ? "log" : "error"](fits ? "test successful" : "wide");
            })();
        """
        ready = "!!document.querySelector('[data-panel=roof]')"
        path = f"/odoo/appraisals/{one.id}"
        self.browser_js(path, code, ready=ready, login=self.viewer.login)
        self.assertEqual(one.damage_ids.panel, "roof")
        self.assertEqual(one.damage_ids.cost, 150)
