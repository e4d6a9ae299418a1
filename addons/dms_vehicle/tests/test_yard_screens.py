"""The plan and the phone, as the people who use them see them."""

from odoo.tests import tagged

from odoo.addons.dms_base.tests.screens import DONE, ScreenCase

from .yard_common import YardCommon, box

READY = "document.querySelectorAll('.o_dms_yard_slot').length === 4"


@tagged("post_install", "-at_install")
class TestYardScreens(YardCommon, ScreenCase):
    def run_js(self, path, ready, code):
        """Run ``code``; it may use ``until(what)`` and ``type(input, text)``.

        The test is successful once all of it has run.
        """
        login = self.viewer.login
        code = f"{HELPERS}(async () => {{{code}{DONE};}})()"
        self.env.flush_all()
        self.browser_js(f"/odoo/{path}", code, ready, login=login)
        self.env.invalidate_all()

    def test_a_consultant_finds_a_car_on_the_plan(self):
        self.park(self.car, self.a3)
        self.look_as(self.consultant)
        self.run_js(
            "yard",
            READY,
            f"""
            type(".o_dms_yard_search input", "{self.car.vin[-6:]}");
            const slot = await see(".o_dms_yard_blink");
            const card = await see(".o_dms_yard_card");
            if (slot.dataset.code !== "A-03") throw new Error(slot.dataset.code);
            if (!card.innerText.includes("{self.car.vin}")) throw new Error("card");
            if (document.querySelector(".o_dms_yard_edit")) throw new Error("edit");
            """,
        )

    def test_keys_go_from_slot_to_slot(self):
        self.look_as(self.consultant)
        self.run_js(
            "yard",
            READY,
            """
            const press = (key) => document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", {key, bubbles: true}));
            document.querySelector(".o_dms_yard_slot[tabindex='0']").focus();
            press("ArrowRight");
            await until(() => document.activeElement.dataset.code === "A-02");
            press("Enter");
            const card = await see(".o_dms_yard_card");
            if (!card.innerText.includes("NORTH/A-02")) throw new Error("card");
            """,
        )

    def test_an_open_plan_shows_what_happens(self):
        self.look_as(self.consultant)
        self.run_js(
            "yard",
            READY,
            f"""
            // a clerk reports it while the plan is open
            const open = odoo.__WOWL_DEBUG__.root.env.services.bus_service;
            await until(() => open.workerState === "CONNECTED");
            await new Promise((resolve) => setTimeout(resolve, 500));
            await odoo.__WOWL_DEBUG__.root.env.services.orm.call(
                "dms.yard.sighting", "park", [],
                {{slot_id: {self.a2.id}, vehicle_id: {self.car.id}}});
            const slot = document.querySelector("[data-code='A-02']");
            await until(() => slot.classList.contains("o_dms_yard_occupied"));
            if (!slot.textContent.includes("{self.car.vin[-6:]}")) {{
                throw new Error(slot.textContent);
            }}
            document.querySelectorAll(".o_dms_yard_bar .btn-group .btn")[2].click();
            await until(() => slot.classList.contains("o_dms_yard_unknown"));
            """,
        )
        self.assertStands(self.car, self.a2)

    def test_a_manager_draws_and_saves(self):
        self.look_as(self.manager)
        self.run_js(
            "yard",
            READY,
            """
            document.querySelector(".o_dms_yard_edit").click();
            const tool = await see(".fa-square-o");
            tool.parentElement.click();
            await see(".o_dms_yard_drawing");
            drag([20, 30], [23, 35]);
            await see("[data-code='A-05']");
            const kind = await see("#dms_yard_kind");
            kind.value = "charging";
            kind.dispatchEvent(new Event("change"));
            await see(".o_dms_yard_charging[data-code='A-05']");
            document.querySelector(".o_dms_yard_save").click();
            await see(".o_dms_yard_edit");
            """,
        )
        new = self.site.slot_ids.filtered(lambda slot: slot.code == "A-05")
        self.assertEqual(new.kind, "charging")
        self.assertEqual(new.polygon, box(20, 30, 3, 5))

    def test_a_dragged_slot_is_taken_back(self):
        self.look_as(self.manager)
        self.run_js(
            "yard",
            READY,
            f"""
            document.querySelector(".o_dms_yard_edit").click();
            await see(".o_dms_yard_editing");
            const slot = await see("[data-key='s{self.a4.id}']");
            const before = slot.querySelector("polygon").getAttribute("points");
            drag([8.5, 2.5], [8.5, 32.5]);
            const moved = () => document
                .querySelector("[data-key='s{self.a4.id}'] polygon")
                .getAttribute("points");
            await until(() => moved() === "7.5,30 10,30 10,35 7.5,35");
            [...document.querySelectorAll(".fa-undo")].at(-1).parentElement.click();
            await until(() => moved() === before);
            """,
        )

    def test_a_clerk_parks_a_car_with_the_phone(self):
        self.look_as(self.clerk)
        self.run_js(
            "yard-scan",
            "!!document.querySelector('.o_dms_yard_scan input')",
            f"""
            const enter = (text) => {{
                type(".o_dms_yard_scan input", text);
                document.querySelector(".o_dms_yard_scan form").requestSubmit();
            }};
            enter("NORTH/Z-99");
            await see(".o_dms_yard_scan .alert-danger");
            enter("NORTH/A-01");
            await see(".o_dms_yard_scan .card");
            enter("{self.car.vin}");
            const done = await see(".o_dms_yard_scan .alert-success");
            if (!done.innerText.includes("{self.car.vin}")) throw new Error("?");
            """,
        )
        self.assertStands(self.car, self.a1)

    def test_a_scanned_vin_does_not_lead_away_from_the_phone_screen(self):
        self.look_as(self.clerk)
        self.run_js(
            "yard-scan",
            "!!document.querySelector('.o_dms_yard_scan input')",
            f"""
            const {{bus}} = odoo.__WOWL_DEBUG__.root.env.services.barcode;
            bus.trigger("barcode_scanned", {{barcode: "NORTH/A-01"}});
            await see(".o_dms_yard_scan .card");
            bus.trigger("barcode_scanned", {{barcode: "{self.car.vin}"}});
            await see(".o_dms_yard_scan .alert-success");
            await new Promise((resolve) => setTimeout(resolve, 500));
            await see(".o_dms_yard_scan");
            """,
        )
        self.assertStands(self.car, self.a1)

    def test_two_fingers_bring_the_plan_nearer(self):
        self.look_as(self.consultant)
        self.run_js(
            "yard",
            READY,
            f"""
            (async () => {{
                const svg = document.querySelector(".o_dms_yard_canvas svg");
                svg.setPointerCapture = () => {{}};
                const wide = () => svg.viewBox.baseVal.width;
                const fire = (kind, pointerId, clientX) => svg.dispatchEvent(
                    new PointerEvent(kind, {{pointerId, clientX, clientY: 300}}));
                const before = wide();
                fire("pointerdown", 1, 300);
                fire("pointerdown", 2, 400);
                fire("pointermove", 2, 500);
                await until(() => Math.abs(wide() - before / 2) < 0.1);
                fire("pointerup", 2, 500);
                fire("pointercancel", 1, 300);
                fire("pointermove", 1, 900);
                await new Promise((resolve) => setTimeout(resolve, 200));
                if (Math.abs(wide() - before / 2) > 0.1) throw new Error("moved");
                {DONE};
            }})()
            """,
        )

    def test_the_car_form_leads_to_its_slot(self):
        self.park(self.car, self.a2)
        self.look_as(self.consultant)
        self.assertShows(
            f"action-dms_vehicle.dms_vehicle_action/{self.car.id}",
            "button[name=action_find_on_plan]",
            "NORTH/A-02",
        )

    def test_every_menu_of_the_yard_opens(self):
        self.park(self.car, self.a2)
        self.look_as(self.manager)
        for path, text in (
            ("yard-slots", "A-02"),
            ("yard-stays", "NORTH/A-02"),
            ("yard-sightings", "NORTH/A-02"),
            ("yard-sites", "Yard NORTH"),
        ):
            self.assertShows(path, ".o_data_row td, .o_data_row input", text)


HELPERS = """
async function until(what) {
    for (let attempt = 0; attempt < 200; attempt += 1) {
        const found = what();
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("never: " + what);
}
function see(selector) {
    return until(() => document.querySelector(selector));
}
function type(selector, text) {
    const input = document.querySelector(selector);
    input.value = text;
    input.dispatchEvent(new Event("input", {bubbles: true}));
}
function drag(from, to) {
    const svg = document.querySelector(".o_dms_yard_canvas svg");
    const fire = (kind, [x, y]) => {
        const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
        const place = {clientX: at.x, clientY: at.y, bubbles: true, pointerId: 1};
        const target = document.elementFromPoint(at.x, at.y) || svg;
        target.dispatchEvent(new PointerEvent(kind, place));
    };
    svg.setPointerCapture = () => {};
    fire("pointerdown", from);
    fire("pointermove", [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
    fire("pointermove", to);
    fire("pointerup", to);
}
"""
