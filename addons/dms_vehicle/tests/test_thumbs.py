"""On a phone, every button can be hit with a thumb: 44 pixels high and wide."""

from odoo.tests import tagged

from odoo.addons.dms_base.tests.screens import DONE, ScreenCase

from .gate_common import GateCommon
from .inspection_common import InspectionCommon
from .yard_common import YardCommon

PHONE = "390x844"
MEASURE = """
    const within = document.querySelector(%(within)r);
    const kinds = "a[href], button, .o_selection_badge, select, textarea,"
        + " input:not([type=hidden])";
    const small = [...within.querySelectorAll(kinds)].filter((one) => {
        const {width, height} = one.getBoundingClientRect();
        return height && (height < 43.5 || width < 43.5);
    });
    if (small.length) {
        const size = (one) => `${one.offsetWidth}x${one.offsetHeight}`;
        throw new Error(small.map((one) => size(one) + one.outerHTML).join());
    }
    if (document.documentElement.scrollWidth > innerWidth) throw new Error("wide");
"""


SCROLLED = """
    const style = (one) => getComputedStyle(one).overflowX;
    const scrolls = (one) => ["auto", "scroll"].includes(style(one));
    const wide = [...document.querySelectorAll("body *")].filter(
        (one) => one.scrollWidth > one.clientWidth + 1 && scrolls(one)
            && !one.closest(".o-mail-Chatter")
    );
    const beyond = (one) => one.getBoundingClientRect().right > innerWidth + 1;
    if (wide.length) {
        const parts = [...wide[0].querySelectorAll("*")].filter(beyond);
        const name = (one) => `${one.tagName}.${one.className}`;
        throw new Error([...wide, ...parts.slice(0, 9)].map(name).join(" < "));
    }
"""


class ThumbCase(ScreenCase):
    browser_size = PHONE
    touch_enabled = True

    def assertFitsThumbs(self, path, within, ready):
        self._measure(path, MEASURE % {"within": within}, ready)

    def assertFitsWidth(self, path, ready):
        self._measure(path, SCROLLED, ready)

    def _measure(self, path, code, ready):
        loaded = "document.readyState === 'complete'"
        ready = f"{loaded} && !!document.querySelector({ready!r})"
        self.env.flush_all()
        self.browser_js(path, code + DONE, ready=ready, login=self.viewer.login)


@tagged("post_install", "-at_install")
class TestThumbsAtTheGate(GateCommon, ThumbCase):
    def setUp(self):
        super().setUp()
        self.look_as(self.guard)

    def test_a_pass(self):
        drive = self.issue(driver_phone="13800138000")
        self.assertFitsThumbs(drive._path(), "body", "button")

    def test_the_field_for_the_code(self):
        self.assertFitsThumbs("/dms/gate", "body", "button")


@tagged("post_install", "-at_install")
class TestThumbsInTheYard(YardCommon, ThumbCase):
    def setUp(self):
        super().setUp()
        self.look_as(self.clerk)

    def test_the_scan(self):
        within = ".o_dms_yard_scan"
        self.assertFitsThumbs("/odoo/yard-scan", within, f"{within} input")

    def test_the_plan(self):
        self.assertFitsThumbs("/odoo/yard", ".o_dms_yard", ".o_dms_yard_slot")


@tagged("post_install", "-at_install")
class TestThumbsAtTheCar(InspectionCommon, ThumbCase):
    def setUp(self):
        super().setUp()
        self.pdi = self.start(self.receive(self.store_a1))
        self.look_as(self.technician)

    def test_a_check(self):
        card = ".o_field_x2many .o_kanban_record"
        self.assertFitsThumbs(f"/odoo/pdi/{self.pdi.id}", card, f"{card} button")

    def test_the_result_of_a_check(self):
        keys = self.item(self.pdi, "Keys")
        result = ".o_field_widget[name=result]"
        path = f"/odoo/dms.pdi.item/{keys.id}"
        self.assertFitsThumbs(path, result, f"{result} .o_selection_badge")

    def test_a_whole_inspection_needs_no_scrolling_sideways(self):
        card = ".o_field_x2many .o_kanban_record"
        self.assertFitsWidth(f"/odoo/pdi/{self.pdi.id}", f"{card} button")

    def test_a_battery_to_charge(self):
        reading = {"vehicle_id": self.pdi.vehicle_id.id, "soc": 12}
        self.env["dms.battery.reading"].create(reading)
        card = ".o_kanban_record .o_dms_thumbs"
        self.assertFitsThumbs("/odoo/battery-care", card, f"{card} button")

    def test_the_camera_of_a_check(self):
        paint = self.item(self.pdi, "Paint")
        paint.photo_ids = self.photo()
        photos = ".o_dms_photos"
        path = f"/odoo/dms.pdi.item/{paint.id}"
        self.assertFitsThumbs(path, photos, f"{photos} input[capture]")
