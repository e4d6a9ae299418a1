from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.res_partner import ResPartner

from ..risk import Finding
from .risk_common import RiskCommon

LOGGER = "odoo.addons.dms_base.models.dms_risk_rule"


def detector(function):
    """Let contacts have a detector ``test`` for the length of a test."""
    return patch.object(ResPartner, "_dms_risk_test", function, create=True)


def named(self, parameters, memo):
    """Find contacts by the beginning of their names."""
    start = parameters.get("start", "")
    for partner in self.filtered(lambda p: p.name.startswith(start)):
        yield Finding(
            (partner._name, partner.id),
            partner.name,
            partner.company_id.id,
            values={"start": start},
        )


def strict(self, parameters, memo):
    """Know one parameter."""
    if set(parameters) - {"km"}:
        raise TypeError("only km")
    return []


def broken(self, parameters, memo):
    if self:
        raise ZeroDivisionError("a bug")
    return []


def broken_sql(self, parameters, memo):
    if self:
        self.env.cr.execute("SELECT 1 / 0")
    return []


def repeated(self, parameters, memo):
    if self:
        raise SerializationFailure()
    return []


@tagged("post_install", "-at_install")
class TestRiskRule(RiskCommon):
    def with_detector(self, function, **vals):
        """Give the rule a detector until the end of the test."""
        patcher = detector(function)
        patcher.start()
        self.addCleanup(patcher.stop)
        self.rule.write({"method": "test", **vals})

    # A filter alone

    def test_a_record_that_matches_the_filter_raises_an_alert(self):
        suspect = self.suspects()
        alert = self.evaluate(suspect)
        self.assertRecordValues(
            alert,
            [
                {
                    "rule_id": self.rule.id,
                    "company_id": self.store_a1.id,
                    "res_model": "res.partner",
                    "res_id": suspect.id,
                    "subject": "Suspect 0",
                    "state": "open",
                    "severity": "2",
                    "user_id": self.manager.id,
                }
            ],
        )

    def test_a_record_that_does_not_match_raises_none(self):
        self.assertFalse(self.evaluate(self.suspects(ref="HARMLESS")))

    def test_an_archived_rule_raises_none(self):
        self.rule.active = False
        self.assertFalse(self.evaluate(self.suspects()))

    def test_a_rule_looks_only_at_its_kind_of_records(self):
        self.assertFalse(self.evaluate(self.store_a1))

    def test_each_record_of_a_batch_raises_its_own(self):
        self.assertEqual(len(self.evaluate(self.suspects(3))), 3)

    def test_a_record_without_store_belongs_to_that_of_the_user(self):
        suspects = self.suspects(company_id=False).with_company(self.store_a2)
        alert = suspects.env["dms.risk.rule"]._dms_evaluate(suspects)
        self.assertEqual(alert.company_id, self.store_a2)

    def test_whoever_does_the_business_needs_no_right_to_alerts(self):
        clerk = self.user("dms_user", self.store_a1)
        suspects = self.suspects().with_user(clerk)
        self.assertTrue(suspects.env["dms.risk.rule"]._dms_evaluate(suspects))
        with self.assertRaises(AccessError):
            suspects.env["dms.risk.alert"].search([])

    def test_where_no_rule_listens_nothing_is_asked(self):
        self.evaluate(self.store_a1)  # learns that there is none
        with self.assertQueryCount(0):
            self.evaluate(self.store_a1)

    def test_a_batch_without_a_suspect_costs_nothing(self):
        harmless = self.suspects(10, ref="HARMLESS")
        self.evaluate(harmless)
        with self.assertQueryCount(0):
            self.evaluate(harmless)

    # Detectors

    def test_a_detector_judges_what_the_filter_lets_through(self):
        self.with_detector(named, parameters='{"start": "Mallory"}')
        suspects = self.suspects() | self.suspects(name="Mallory")
        outsider = self.suspects(name="Mallory", ref="HARMLESS")
        self.assertEqual(self.evaluate(suspects | outsider).subject, "Mallory")

    def test_the_message_says_what_was_found(self):
        self.with_detector(named, parameters='{"start": "M"}')
        self.rule.message = "Begins with %(start)s"
        alert = self.evaluate(self.suspects(name="Mallory"))
        self.assertEqual(alert.message, "Begins with M")

    def test_a_message_worded_anew_does_not_break_old_alerts(self):
        self.rule.message = "There is no %(such)s value"
        alert = self.evaluate(self.suspects())
        self.assertEqual(alert.message, "There is no %(such)s value")

    def test_rules_share_what_they_load(self):
        loads = []

        def frugal(records, parameters, memo):
            if records and "loaded" not in memo:
                loads.append(memo.setdefault("loaded", records))
            return []

        self.with_detector(frugal)
        self.rule.copy({"code": "another"})
        self.evaluate(self.suspects())
        self.assertEqual(len(loads), 1)

    # Failures

    def test_a_failing_rule_does_not_stop_the_business(self):
        self.with_detector(broken)
        suspects = self.suspects()
        with mute_logger(LOGGER):
            self.assertFalse(self.evaluate(suspects))
        self.assertTrue(suspects.exists())

    def test_a_failure_is_logged_and_shown_on_the_rule(self):
        self.with_detector(broken)
        self.assertFalse(self.rule.is_failing)
        with self.assertLogs(LOGGER, "ERROR"):
            self.evaluate(self.suspects())
        self.rule.invalidate_recordset()
        self.assertTrue(self.rule.is_failing)
        self.assertEqual(self.rule.failure_ids.error, "a bug")

    def test_an_error_of_the_database_in_a_rule_does_not_stop_the_business(self):
        self.with_detector(broken_sql)
        suspects = self.suspects()
        suspects.name = "Not written yet"
        with mute_logger(LOGGER, "odoo.sql_db"):
            self.evaluate(suspects)
        suspects.invalidate_recordset()
        self.assertEqual(suspects.name, "Not written yet")

    def test_a_rule_behind_a_failing_one_still_judges(self):
        self.with_detector(broken)
        behind = self.rule.copy({"code": "behind", "method": False, "sequence": 99})
        with mute_logger(LOGGER):
            self.assertEqual(self.evaluate(self.suspects()).rule_id, behind)

    def test_a_filter_on_a_field_that_is_gone_does_not_stop_the_business(self):
        self.env.cr.execute(
            "UPDATE dms_risk_rule SET domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", self.rule.id],
        )
        self.rule.invalidate_recordset()
        with mute_logger(LOGGER):
            self.assertFalse(self.evaluate(self.suspects()))
        self.assertTrue(self.rule.failure_ids)

    def test_a_transaction_that_has_to_be_repeated_is_repeated(self):
        self.with_detector(repeated)
        with self.assertRaises(SerializationFailure):
            self.evaluate(self.suspects())

    def test_old_failures_are_forgotten(self):
        failure = self.env["dms.risk.failure"].create(
            {"rule_id": self.rule.id, "error": "long ago"}
        )
        self.env.cr.execute(
            "UPDATE dms_risk_failure SET create_date = '2020-01-01' WHERE id = %s",
            [failure.id],
        )
        failure.invalidate_recordset()
        failure._gc_failures()
        self.assertFalse(failure.exists())

    # What may stand in a rule

    def test_a_filter_on_an_unknown_field_is_refused(self):
        with self.assertRaises(ValidationError):
            self.rule.domain = "[('no_such_field', '=', 1)]"

    def test_a_filter_cannot_call_anything(self):
        with self.assertRaises(ValidationError):
            self.rule.domain = "[('id', '=', __import__('os').getpid())]"

    def test_a_filter_may_name_a_day_in_words(self):
        self.rule.domain = "[('create_date', '<', 'today -7d')]"
        self.assertFalse(self.evaluate(self.suspects()))

    def test_parameters_that_are_no_json_are_refused(self):
        for text in ("{'km': 1}", "[]", "km"):
            with self.subTest(text), self.assertRaises(ValidationError):
                self.rule.parameters = text

    def test_parameters_the_detector_does_not_know_are_refused(self):
        self.with_detector(strict, parameters='{"km": 1}')
        with self.assertRaises(ValidationError):
            self.rule.parameters = '{"miles": 1}'

    def test_an_unknown_detector_is_refused(self):
        with self.assertRaises(ValidationError):
            self.rule.method = "no_such_detector"

    def test_a_code_belongs_to_one_rule(self):
        self.assertNotEqual(self.rule.copy().code, self.rule.code)

    # Who is responsible

    def test_the_role_itself_comes_before_a_role_that_includes_it(self):
        self.user("group_admin", self.store_a2)
        manager = self.user("store_manager", self.store_a2)
        self.assertEqual(self.alert(self.store_a2).user_id, manager)

    def test_a_role_that_includes_it_steps_in(self):
        admin = self.user("group_admin", self.store_b1)
        self.assertEqual(self.alert(self.store_b1).user_id, admin)

    def test_nobody_of_another_store_is_responsible(self):
        self.assertFalse(self.alert(self.store_b1).user_id)

    def test_a_person_named_by_the_rule_comes_before_the_role(self):
        auditor = self.user("auditor", self.store_a1)
        self.rule.owner_id = auditor
        self.assertEqual(self.alert().user_id, auditor)

    # Rights

    def test_managers_read_rules_and_do_not_change_them(self):
        for role in ("sales_manager", "workshop_manager", "store_manager", "auditor"):
            rule = self.rule.with_user(self.user(role, self.store_a1))
            with self.subTest(role):
                self.assertTrue(rule.read(["name", "description", "is_failing"]))
                with self.assertRaises(AccessError):
                    rule.write({"active": False})
                with self.assertRaises(AccessError):
                    rule.action_scan()

    def test_other_staff_do_not_see_what_is_looked_for(self):
        clerk = self.user("sales_consultant", self.store_a1)
        with self.assertRaises(AccessError):
            self.rule.with_user(clerk).read(["name"])

    def test_the_texts_of_failures_are_for_the_system_administrator(self):
        with self.assertRaises(AccessError):
            self.rule.with_user(self.manager).read(["failure_ids"])

    def test_a_rule_counts_the_alerts_its_reader_may_see(self):
        self.alert(self.store_a1)
        self.alert(self.store_b1)
        self.assertEqual(self.rule.with_user(self.manager).open_alert_count, 1)
        self.assertEqual(self.rule.open_alert_count, 2)

    def test_the_owner_may_have_the_alerts_of_several_stores(self):
        self.manager.company_ids = [Command.link(self.store_a2.id)]
        self.assertEqual(self.alert(self.store_a2).user_id, self.manager)
