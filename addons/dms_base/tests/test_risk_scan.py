from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.res_partner import ResPartner

from .risk_common import RiskCommon


def broken(self, parameters, memo):
    if self:
        raise ZeroDivisionError("a bug")
    return []


@tagged("post_install", "-at_install")
class TestRiskScan(RiskCommon):
    """A rule is run on what was there before it."""

    def run_batches(self, size, count):
        for _n in range(count):
            self.rule._scan_batch(size)

    def found(self):
        return self.env["dms.risk.alert"].search([("rule_id", "=", self.rule.id)])

    def test_a_run_finds_what_was_there_before_the_rule(self):
        suspects = self.suspects(3)
        self.rule.action_scan()
        with self.enter_registry_test_mode():
            self.env.ref("dms_base.ir_cron_dms_risk_scan").method_direct_trigger()
        self.rule.invalidate_recordset()
        self.assertEqual(self.found().mapped("res_id"), suspects.ids[::-1])
        self.assertEqual(self.rule.scan_state, "done")
        self.assertEqual(self.rule.scan_found, 3)
        self.assertEqual(self.rule.scan_progress, 100)

    def test_a_run_goes_on_where_it_stopped(self):
        self.suspects(5)
        self.rule.action_scan()
        self.run_batches(2, 1)
        self.assertEqual(len(self.found()), 2)
        self.assertEqual(self.rule.scan_state, "running")
        self.assertTrue(0 < self.rule.scan_progress <= 100)
        self.run_batches(2, 2)
        self.assertEqual(len(self.found()), 5)
        self.assertEqual(self.rule.scan_state, "done")

    def test_a_run_ends_with_the_records_there_were_when_it_began(self):
        self.suspects(2)
        self.rule.action_scan()
        self.suspects(2)
        self.run_batches(10, 1)
        self.assertEqual(len(self.found()), 2)

    def test_a_second_run_raises_nothing_again(self):
        self.suspects(2)
        for _n in range(2):
            self.rule.action_scan()
            self.run_batches(10, 1)
        self.assertEqual(len(self.found()), 2)
        self.assertEqual(self.rule.scan_found, 0)

    def test_a_run_that_fails_stops_and_says_so(self):
        self.suspects(3)
        with (
            patch.object(ResPartner, "_dms_risk_test", broken, create=True),
            mute_logger("odoo.addons.dms_base.models.dms_risk_rule"),
        ):
            self.rule.method = "test"
            self.rule.action_scan()
            self.run_batches(1, 1)
        self.assertEqual(self.rule.scan_state, "failed")
        self.assertTrue(self.rule.is_failing)

    def test_a_run_can_be_stopped(self):
        self.suspects(3)
        self.rule.action_scan()
        self.run_batches(1, 1)
        self.rule.action_stop_scan()
        self.assertFalse(self.rule.search([("scan_state", "=", "running")]))

    def test_rules_of_every_night_start_by_themselves(self):
        nightly = self.rule.copy({"code": "nightly", "schedule": "daily"})
        self.rule._cron_schedule()
        self.assertEqual(nightly.scan_state, "running")
        self.assertFalse(self.rule.scan_state)

    def test_a_night_does_not_begin_a_run_anew_that_is_under_way(self):
        self.suspects(3)
        self.rule.schedule = "daily"
        self.rule.action_scan()
        self.run_batches(1, 1)
        self.rule._cron_schedule()
        self.assertTrue(self.rule.scan_position)
