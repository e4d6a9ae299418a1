from odoo.tests import HttpCase, tagged

from ..risk import Line
from .risk_common import RiskCommon

DONE = "console.log('test successful')"


@tagged("post_install", "-at_install")
class TestRiskScreens(RiskCommon, HttpCase):
    """A store manager sees what is suspicious, why, and what to do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.password = cls.manager.login

    def assertShows(self, path, selector, text):
        """Open ``path`` and wait until ``selector`` shows ``text``."""
        found = f"[...document.querySelectorAll({selector!r})]"
        shows = f"{found}.some((e) => e.innerText.includes({text!r}))"
        login = self.manager.login
        self.browser_js(f"/odoo/{path}", DONE, ready=shows, login=login)

    def test_the_list_shows_what_was_found(self):
        self.rule.message = "Something is wrong"
        self.alert()
        self.assertShows("dealer-alerts", "td[name=message]", "Something is wrong")

    def test_the_form_shows_the_evidence(self):
        alert = self.alert(lines=(Line(what="Sold", where="Shanghai"),))
        path = f"dealer-alerts/{alert.id}"
        self.assertShows(path, "[name=evidence_table] td", "Shanghai")

    def test_the_form_of_a_rule_says_what_to_do(self):
        self.rule.advice = "Look at the car"
        path = f"dealer-risk-rules/{self.rule.id}"
        self.assertShows(path, "[name=advice]", "Look at the car")

    def test_a_store_without_alerts_is_told_so(self):
        self.assertShows("dealer-alerts", ".o_view_nocontent", "Nothing suspicious")
