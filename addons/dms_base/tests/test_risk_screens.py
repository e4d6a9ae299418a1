from odoo.tests import tagged

from ..risk import Line
from .risk_common import RiskCommon
from .screens import ScreenCase


@tagged("post_install", "-at_install")
class TestRiskScreens(RiskCommon, ScreenCase):
    """A store manager sees what is suspicious, why, and what to do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.look_as(cls.manager)

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
