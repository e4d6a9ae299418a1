"""What technicians see and press on their phones."""

from odoo.tests import tagged

from odoo.addons.dms_base.tests.screens import DONE, ScreenCase

from .inspection_common import InspectionCommon

CARD = ".o_field_x2many .o_kanban_record:not(.o_kanban_ghost)"
PRESS_FIRST = """
    const wait = (test) => new Promise((done) => {
        const timer = setInterval(() => test() && (clearInterval(timer), done()), 50);
    });
    const card = () => document.querySelector("%(card)s");
    card().querySelector("button[name=%(button)s]").click();
    wait(() => %(test)s).then(() => %(done)s);
"""


@tagged("post_install", "-at_install")
class TestPhone(InspectionCommon, ScreenCase):
    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls.receive(cls.store_a1)
        cls.pdi = cls.start(cls.car).sudo()

    def setUp(self):
        super().setUp()
        self.look_as(self.technician)

    def press(self, button, test):
        code = PRESS_FIRST % {
            "card": CARD,
            "button": button,
            "test": test,
            "done": DONE,
        }
        ready = f"!!document.querySelector({CARD!r})"
        self.browser_js(
            f"/odoo/pdi/{self.pdi.id}", code, ready=ready, login=self.viewer.login
        )
        self.env.invalidate_all()

    def test_cars_wait_in_a_list(self):
        self.assertShows("pdi", ".o_kanban_record", self.car.vin)

    def test_in_order_with_one_press(self):
        badge = "card().querySelector('.o_field_widget[name=result] .badge')"
        self.press("action_ok", f"{badge} && {badge}.innerText.includes('OK')")
        self.assertEqual(self.pdi.item_ids[0].result, "ok")

    def test_a_defect_asks_for_words_and_photos(self):
        dialog = ".modal .o_field_widget[name=photo_ids]"
        self.press("action_defect", f'document.querySelector("{dialog}")')
        self.assertEqual(self.pdi.item_ids[0].result, "defect")

    def test_batteries_wait_with_two_big_buttons(self):
        reading = {"vehicle_id": self.car.id, "soc": 12}
        self.env["dms.battery.reading"].create(reading)
        button = ".o_kanban_record button[name=action_charged]"
        self.assertShows("battery-care", button, "Charged")
