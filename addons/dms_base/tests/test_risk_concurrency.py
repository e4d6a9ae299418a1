"""What happens when two transactions find the same at the same moment."""

import threading

from odoo.tests import tagged
from odoo.tools import mute_logger

from .committed import CommittedCase
from .risk_common import make_alert, make_rule

WAIT_S = 60


@tagged("post_install", "-at_install")
class TestRiskConcurrency(CommittedCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.rule_id = make_rule(env, code="race").id
        self.addCleanup(self.forget)

    def forget(self):
        with self.transaction() as env:
            env["dms.risk.alert"].search([("rule_id", "=", self.rule_id)]).unlink()
            env["dms.risk.rule"].browse(self.rule_id).unlink()

    def raise_one(self, env, key):
        rule = env["dms.risk.rule"].browse(self.rule_id)
        return make_alert(rule, env.ref("base.main_company"), key=key)

    def race(self, first, second):
        """Raise ``second`` while ``first`` is raised but not committed.

        :return: how many alerts the second raised, or its error
        """
        outcome = []

        def run():
            try:
                with self.transaction() as env, mute_logger("odoo.sql_db"):
                    outcome.append(sum(len(self.raise_one(env, k)) for k in second))
            except Exception as error:
                outcome.append(error)

        with self.transaction() as env:
            env["dms.risk.alert"].search([], limit=1)
            for key in first:
                self.raise_one(env, key)
            thread = threading.Thread(target=run)
            thread.start()
            thread.join(1)
        thread.join(WAIT_S)
        return outcome[0]

    def keys(self):
        with self.transaction() as env:
            alerts = env["dms.risk.alert"].search([("rule_id", "=", self.rule_id)])
            return sorted(alerts.mapped("evidence_key"))

    def test_the_same_evidence_raises_one_alert_and_no_error(self):
        self.assertEqual(self.race(["1"], ["1"]), 0)
        self.assertEqual(self.keys(), ["1"])

    def test_what_only_the_second_found_is_raised_all_the_same(self):
        self.assertEqual(self.race(["1"], ["1", "2"]), 1)
        self.assertEqual(self.keys(), ["1", "2"])
