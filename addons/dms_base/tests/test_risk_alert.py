from datetime import datetime

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..risk import Finding, Line, day_of
from .audit_common import entries_of
from .risk_common import RiskCommon, make_alert, make_rule

REASON = "Cluster replaced, invoice 4711"


@tagged("post_install", "-at_install")
class TestRiskAlert(RiskCommon):
    def as_role(self, alert, role, store=None):
        return alert.with_user(self.user(role, store or self.store_a1))

    def close(self, alerts, outcome="false_alarm", reason=REASON, user=None):
        """Close alerts by the window that asks why."""
        alerts = alerts.with_user(user or self.manager)
        action = getattr(
            alerts, {"confirmed": "action_confirm"}.get(outcome, "action_false_alarm")
        )()
        wizard = alerts.env["dms.risk.close"].with_context(**action["context"])
        wizard.create({"reason": reason}).action_close()

    # The same once

    def test_the_same_evidence_raises_one_alert(self):
        self.assertTrue(self.alert(key="1-2"))
        self.assertFalse(self.alert(key="1-2"))

    def test_the_same_evidence_twice_in_a_batch_raises_one_alert(self):
        suspect = self.suspects()
        finding = Finding((suspect._name, suspect.id), "X", self.store_a1.id, key="1")
        alerts = self.env["dms.risk.alert"]._raise(self.rule, [finding, finding])
        self.assertEqual(len(alerts), 1)

    def test_other_evidence_about_the_same_raises_another(self):
        self.alert(key="1-2")
        self.assertTrue(self.alert(key="3-4"))

    def test_another_rule_raises_another(self):
        self.alert(key="1-2")
        second = make_rule(self.env, code="second")
        self.assertTrue(make_alert(second, self.store_a1, key="1-2"))

    def test_a_false_alarm_is_not_raised_again(self):
        self.close(self.alert(key="1-2"))
        self.assertFalse(self.alert(key="1-2"))

    def test_new_evidence_beside_old_raises_only_the_new(self):
        self.alert(key="old")
        suspect = self.store_a1.partner_id
        findings = [
            Finding((suspect._name, suspect.id), "X", self.store_a1.id, key=key)
            for key in ("old", "new")
        ]
        alerts = self.env["dms.risk.alert"]._raise(self.rule, findings)
        self.assertEqual(alerts.mapped("evidence_key"), ["new"])

    # What the owner gets

    def test_the_owner_gets_an_activity_due_when_the_rule_says(self):
        self.rule.due_days = 5
        activity = self.alert().activity_ids
        due = fields.Date.add(fields.Date.today(), days=5)
        self.assertEqual(activity.user_id, self.manager)
        self.assertEqual(activity.date_deadline, due)
        self.assertEqual(activity.summary, "Test rule")

    def test_whoever_did_the_business_does_not_follow_the_alert(self):
        clerk = self.user("sales_consultant", self.store_a1)
        suspects = self.suspects().with_user(clerk)
        alert = suspects.env["dms.risk.rule"]._dms_evaluate(suspects)
        self.assertNotIn(clerk.partner_id, alert.message_partner_ids)
        self.assertNotIn(clerk, alert.create_uid)

    def test_many_alerts_cost_few_queries_each(self):
        def raising(count):
            suspects = self.suspects(count)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.evaluate(suspects)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        raising(2)
        few, many = raising(2), raising(22)
        self.assertLessEqual(many - few, 20 * 10)

    def test_ageing_goes_from_in_time_to_late(self):
        alert = self.alert()
        today = fields.Date.context_today(alert)
        for days, ageing in ((3, "fresh"), (1, "soon"), (0, "soon"), (-1, "late")):
            alert.deadline = fields.Date.add(today, days=days)
            self.assertEqual(alert.ageing, ageing, days)
        self.close(alert)
        self.assertFalse(alert.ageing)

    # Evidence

    def evidence(self, store=None, **line):
        line = Line(at=datetime(2026, 3, 1, 2, 30), **line)
        return str(self.alert(store, lines=(line,)).evidence_table)

    def test_the_evidence_says_when_where_and_what(self):
        html = self.evidence(what="Sold", where="Shanghai", detail="12 km")
        for text in ("Sold", "Shanghai", "12 km"):
            self.assertIn(text, html)

    def test_times_are_those_of_the_reader(self):
        alert = self.alert(lines=(Line(at=datetime(2026, 3, 1, 2, 30)),))
        local = alert.with_context(tz="Asia/Shanghai")
        self.assertIn("2026-03-01 10:30", str(local.evidence_table))

    def test_days_in_the_message_are_those_of_the_reader(self):
        self.rule.message = "Sold on %(day)s"
        alert = self.alert(values={"day": day_of(datetime(2026, 3, 1, 20, 0))})
        self.assertEqual(alert.with_context(tz="UTC").message, "Sold on 2026-03-01")
        local = alert.with_context(tz="Asia/Shanghai")
        self.assertEqual(local.message, "Sold on 2026-03-02")

    def test_what_can_be_opened_is_linked(self):
        partner = self.store_a1.partner_id
        html = self.evidence(record=(partner._name, partner.id))
        self.assertIn(f"/odoo/res.partner/{partner.id}", html)

    def test_what_the_reader_may_not_read_is_not_linked(self):
        rule = self.rule
        alert = self.alert(lines=(Line(record=(rule._name, rule.id)),))
        self.assertIn("href", str(alert.with_user(self.manager).evidence_table))
        self.env["ir.model.access"].search(
            [("model_id.model", "=", "dms.risk.rule")]
        ).perm_read = False
        alert.invalidate_recordset()
        self.assertNotIn("href", str(alert.with_user(self.manager).evidence_table))

    def test_names_in_the_evidence_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.rule.with_context(lang="zh_CN").name = "试验"
        alert = self.alert(lines=(Line(what=(self.rule._name, self.rule.id)),))
        self.assertIn("Test rule", str(alert.evidence_table))
        chinese = alert.with_context(lang="zh_CN")
        self.assertIn("试验", str(chinese.evidence_table))
        self.assertIn("试验", chinese.display_name)

    def test_texts_of_the_evidence_are_escaped(self):
        self.assertNotIn("<script>", self.evidence(detail="<script>"))

    # Settling

    def test_review_takes_an_alert_that_is_nobodys(self):
        alert = self.alert()
        alert.user_id = False
        alert.with_user(self.manager).action_review()
        self.assertEqual(alert.state, "review")
        self.assertEqual(alert.user_id, self.manager)

    def test_a_false_alarm_keeps_why_who_and_when(self):
        alert = self.alert()
        self.close(alert)
        self.assertEqual(alert.state, "false_alarm")
        self.assertEqual(alert.closing_reason, REASON)
        self.assertEqual(alert.closed_by_id, self.manager)
        self.assertTrue(alert.closed_at)

    def test_an_alert_can_be_confirmed(self):
        alert = self.alert()
        self.close(alert, "confirmed")
        self.assertEqual(alert.state, "confirmed")

    def test_closing_without_a_reason_is_refused(self):
        with self.assertRaises(UserError):
            self.close(self.alert(), reason="  ")

    def test_the_database_refuses_to_close_without_a_reason(self):
        alert = self.alert()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.env.cr.savepoint(),
        ):
            alert.state = "false_alarm"
            alert.flush_recordset()

    def test_many_alerts_are_closed_with_one_reason(self):
        alerts = self.evaluate(self.suspects(3))
        self.close(alerts)
        self.assertEqual(set(alerts.mapped("closing_reason")), {REASON})

    def test_closing_clears_what_the_owner_had_to_do(self):
        alert = self.alert()
        self.close(alert)
        self.assertFalse(alert.activity_ids)

    def test_an_alert_is_closed_once(self):
        alert = self.alert()
        self.close(alert)
        with self.assertRaises(UserError):
            alert.with_user(self.manager)._close("confirmed", REASON)

    def test_a_closed_alert_can_be_reopened(self):
        alert = self.alert()
        self.close(alert)
        alert.with_user(self.manager).action_reopen()
        self.assertRecordValues(
            alert, [{"state": "review", "closing_reason": False, "closed_at": False}]
        )

    def test_the_audit_keeps_who_closed_it_and_why(self):
        alert = self.alert()
        entries_of(self.env)
        self.close(alert)
        entry = entries_of(self.env, model="dms.risk.alert", res_id=alert.id)[-1]
        self.assertEqual(entry.user_id, self.manager)
        self.assertEqual(entry.changes["state"], ["open", "false_alarm"])
        self.assertEqual(entry.changes["closing_reason"], [None, REASON])

    # Who may do what

    def test_managers_and_auditors_of_the_store_read(self):
        alert = self.alert()
        for role in ("sales_manager", "workshop_manager", "store_manager", "auditor"):
            with self.subTest(role):
                self.assertIn(
                    alert, self.as_role(alert.browse(), role).search([]), role
                )

    def test_other_staff_do_not_read(self):
        alert = self.alert()
        for role in ("sales_consultant", "technician", "accountant", "integrator"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_role(alert, role).read(["subject"])

    def test_only_store_managers_and_above_settle(self):
        for role in ("sales_manager", "workshop_manager", "auditor"):
            alert = self.alert(key=role)
            with self.subTest(role):
                with self.assertRaises(AccessError):
                    self.as_role(alert, role).action_review()
                with self.assertRaises(AccessError):
                    self.close(alert, user=self.user(role, self.store_a1))

    def test_nobody_moves_an_alert_past_the_buttons(self):
        alert = self.alert().with_user(self.manager)
        for vals in (
            {"state": "confirmed"},
            {"closing_reason": "x"},
            {"evidence": {}},
            {"company_id": self.store_a2.id},
            {"severity": "1"},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                alert.write(vals)

    def test_a_manager_gives_an_alert_to_somebody_else(self):
        alert = self.alert()
        sales = self.user("sales_manager", self.store_a1)
        alert.with_user(self.manager).user_id = sales
        self.assertEqual(alert.user_id, sales)

    def test_nobody_makes_or_deletes_alerts_by_hand(self):
        alert = self.alert()
        admin = self.user("group_admin", self.store_a1)
        with self.assertRaises(AccessError):
            alert.with_user(admin).unlink()
        with self.assertRaises(AccessError):
            alert.with_user(admin).create({"subject": "x"})

    def test_whoever_sees_an_alert_may_say_what_he_knows(self):
        alert = self.as_role(self.alert(), "sales_manager")
        alert.message_post(body="The customer called")
        self.assertIn("The customer called", alert.message_ids[0].body)

    # Stores

    def test_another_store_does_not_see_it(self):
        alert = self.alert()
        for role, store in (
            ("store_manager", self.store_a2),
            ("group_admin", self.store_b1),
        ):
            stranger = self.as_role(alert.browse(), role, store)
            self.assertNotIn(alert, stranger.search([]))

    def test_a_group_admin_sees_the_alerts_of_his_whole_group(self):
        alerts = self.alert(self.store_a1) | self.alert(self.store_a2)
        others = self.alert(self.store_b1)
        admin = self.user("group_admin", self.store_a1)
        seen = self.env["dms.risk.alert"].with_user(admin).search([])
        self.assertLessEqual(alerts, seen)
        self.assertFalse(others & seen)
