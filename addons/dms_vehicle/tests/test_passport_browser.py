"""The check in a real browser, on a real log."""

import json

from odoo.tests import tagged

from odoo.addons.dms_base.merkle import Checkpoint, notes

from .passport_common import PassportHttpCase

STATE = "document.body.dataset.state"
DONE = f"!['cannot', 'checking'].includes({STATE})"
ROWS = "[...document.querySelectorAll('.timeline .event')]"
MARKS = f"{ROWS}.map(row => row.dataset.state)"
NAMES = f"{ROWS}.map(row => row.querySelector('b').textContent)"
BANNER = "document.querySelector('.banner').innerText"
FINDINGS = "document.querySelector('.findings').innerText"
WIDTH = "window.innerWidth"
PAGE = "document.documentElement"
OVERFLOW = f"{PAGE}.scrollWidth - {PAGE}.clientWidth"


class BrowserCommon(PassportHttpCase):
    def look(self, expected, query="", ready=DONE, kept=None):
        """Open the page and compare what expressions of JavaScript give.

        :param expected: expression -> value
        :param kept: name -> value, what the browser remembers of an earlier visit
        """
        self.env.flush_all()
        checks = "".join(
            f"compare({json.dumps(expression)}, {expression}, {json.dumps(wanted)});"
            for expression, wanted in expected.items()
        )
        code = f"""
            function compare(what, found, wanted) {{
                if (JSON.stringify(found) !== JSON.stringify(wanted)) {{
                    throw new Error(`${{what}}: ${{JSON.stringify(found)}}`);
                }}
            }}
            (async () => {{
                {self._come_back(kept) if kept else ""}
                {checks}
                console.log("test successful");
            }})()
        """
        self.browser_js(self.path() + query, code, ready, timeout=60)

    def _come_back(self, kept):
        """Return the code that remembers this and checks once more."""
        seeds = "".join(
            f"localStorage.setItem('{name}', {json.dumps(json.dumps(value))});"
            for name, value in kept.items()
        )
        page = "odoo.loader.modules.get('@dms_vehicle/passport/page')"
        return f"{seeds} await {page}.start();"

    def signed(self, size, root):
        """Return a checkpoint that the log's own key signed, true or not."""
        key = self.env["dms.log.key"]._active()
        text = Checkpoint(key.origin, size, root).text
        return {
            "note": notes.write(text, [key._private().sign(text)]),
            "size": size,
            "keys": [key.vkey],
        }


@tagged("post_install", "-at_install")
class TestPassportBrowser(BrowserCommon):
    """On a phone of 390 by 844 pixels."""

    browser_size = "390x844"
    touch_enabled = True

    def test_an_untouched_car_is_verified_event_by_event(self):
        self.look(
            {
                STATE: "good",
                MARKS: ["good"] * 4,
                "document.querySelector('.banner .bad').offsetHeight": 0,
                "document.querySelector('[data-fill=events]').textContent": "4",
                f"{BANNER}.startsWith('Verified')": True,
            },
            "?lang=en",
        )

    def test_one_changed_byte_turns_the_page_red_and_names_the_event(self):
        self.change_one_byte(2)
        self.look(
            {
                STATE: "bad",
                f"{MARKS}[1]": "bad",
                f"{MARKS}.slice(2)": ["good", "good"],
                f"{FINDINGS}.startsWith('Event 2:')": True,
                f"{ROWS}[1].querySelector('.wrong').textContent.length > 10": True,
                "document.querySelector('.banner .good').offsetHeight": 0,
            },
            "?lang=en",
        )

    def test_what_the_page_shows_is_what_was_checked(self):
        """The facts are written anew from the checked file, not from the page."""
        rewrite = (
            f"{DONE} && {ROWS}.every(row => row.querySelector('time').textContent)"
        )
        self.look(
            {
                f"{ROWS}[3].querySelector('.facts').innerText"
                ".replace(/\\s+/g, ' ')": "2026-08-20 苏州 8,150 km"
            },
            "?lang=en",
            ready=rewrite,
        )

    def test_it_speaks_chinese(self):
        self.look(
            {
                STATE: "good",
                "document.documentElement.lang": "zh-CN",
                f"/[\\u4e00-\\u9fff]/.test({BANNER})": True,
                f"{BANNER}.includes('Verified')": False,
            },
            "?lang=zh",
        )

    def test_what_is_wrong_is_said_in_chinese(self):
        self.change_one_byte(1)
        self.look(
            {
                STATE: "bad",
                f"{FINDINGS}.startsWith('事件 1')": True,
            },
            "?lang=zh",
        )

    def test_nothing_has_to_be_scrolled_sideways(self):
        self.change_one_byte(3)
        for language in ("zh", "en"):
            with self.subTest(language=language):
                self.look({WIDTH: 390, OVERFLOW: 0}, f"?lang={language}")

    def test_a_reader_who_comes_back_finds_the_log_has_grown(self):
        kept = self.signed(self.latest().size, self.latest()._root())
        self.append(3)
        self.record()
        self.look({STATE: "good"}, kept={"dms.log": kept})

    def test_a_log_that_went_back_is_noticed(self):
        kept = self.signed(10**9, b"\7" * 32)
        self.look(
            {STATE: "bad", f"{BANNER}.includes('went back')": True, MARKS: [""] * 4},
            "?lang=en",
            kept={"dms.log": kept},
        )

    def test_a_log_that_was_rewritten_is_noticed(self):
        kept = self.signed(self.latest().size - 1, b"\7" * 32)
        self.look(
            {STATE: "bad", f"{BANNER}.includes('rewritten')": True},
            "?lang=en",
            kept={"dms.log": kept},
        )

    def test_an_event_that_disappeared_from_the_end_is_noticed(self):
        kept = self.env["dms.log"]._passport(self.car.vin)
        self._forge(
            "UPDATE dms_log_leaf SET subject = 'gone' WHERE subject = %s AND n = 4",
            self.car.vin,
        )
        self.look(
            {STATE: "bad", f"{BANNER}.includes('is gone')": True},
            "?lang=en",
            kept={f"dms.passport.{self.car.vin}": kept},
        )

    def test_a_new_key_is_pointed_out(self):
        kept = self.signed(self.latest().size, self.latest()._root())
        kept["keys"] = ["another"]
        hint = "document.querySelector('.new-key').hidden"
        self.look({hint: False}, kept={"dms.log": kept})

    def test_the_first_visit_points_out_no_key(self):
        self.look({"document.querySelector('.new-key').hidden": True})


@tagged("post_install", "-at_install")
class TestPassportDesk(BrowserCommon):
    """On a desktop."""

    def test_car_and_history_stand_side_by_side(self):
        top = "document.querySelector('{}').getBoundingClientRect().top"
        difference = f"{top.format('.side')} - {top.format('.body')}"
        self.look({STATE: "good", difference: 0, OVERFLOW: 0})

    def test_a_revoked_passport_is_a_friendly_page(self):
        address = self.path()
        self.passport._end("Lost")
        self.env.flush_all()
        self.browser_js(
            f"{address}?lang=en",
            "console.log('test successful')",
            "document.querySelector('.nothing h1').offsetHeight > 0",
            error_checker=lambda message: "404" not in message,
        )
