from odoo.tests import tagged

from ..models.audit_values import is_secret
from .audit_common import AuditCommon


@tagged("post_install", "-at_install")
class TestAuditReading(AuditCommon):
    """An entry reads as words of the auditor, not as names of the program."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.audit = cls.audit.with_company(cls.store_a1)
        cls.partner = cls.audit.env["res.partner"].create({"name": "Zhang"})
        cls.env.cr.flush()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"]._load_module_terms(["dms_base"], ["zh_CN"])

    def noted(self, action, **details):
        self.audit._note(action, self.partner, details)
        return self.last(action=action).with_user(self.auditor)

    def changed(self, **changes):
        """Return the entry of a change that was noted with these values."""
        self.audit._buffer("write", self.partner, changes)
        return self.last(action="write").with_user(self.auditor)

    def test_what_changed_is_named_as_on_the_form(self):
        entry = self.changed(phone=["139", "138"], country_id=[None, 1])
        self.assertEqual(entry.fields_changed, "Phone, Country")

    def test_a_revealed_field_is_named_as_on_the_form(self):
        entry = self.noted("reveal", field="dms_id_number")
        self.assertEqual(entry.fields_changed, "Field: ID number")
        self.assertIn("ID number", entry.changes_table)

    def test_exported_fields_are_named_and_paths_stay(self):
        entry = self.noted("export", fields="phone, parent_id/name")
        self.assertEqual(entry.fields_changed, "Fields: Phone, parent_id/name")

    def test_a_detail_is_shown_with_its_value(self):
        entry = self.noted("login", method="password")
        self.assertEqual(entry.fields_changed, "Logged in by: password")

    def test_a_detail_nobody_named_keeps_its_own_name(self):
        self.assertEqual(
            self.noted("other", colour="red").fields_changed, "colour: red"
        )

    def test_a_detail_is_no_field_of_the_record(self):
        self.assertIn("Searched", self.noted("export", domain="[]").fields_changed)
        self.assertEqual(self.noted("other", name="x").fields_changed, "name: x")

    def test_details_are_in_the_language_of_the_reader(self):
        entry = self.noted("login", method="password").with_context(lang="zh_CN")
        self.assertEqual(entry.fields_changed, "登录方式: password")

    def test_actions_of_rules_and_reports_are_in_the_language_of_the_reader(self):
        for model in ("dms.audit.retention", "dms.audit.report", "dms.audit.entry"):
            fields = self.env[model].with_context(lang="zh_CN").fields_get(["action"])
            actions = dict(fields["action"]["selection"])
            self.assertEqual(actions["login"], "已登录", model)

    def test_a_masked_relation_can_be_read(self):
        entry = self.changed(country_id=[None, "********"])
        self.assertIn("********", entry.changes_table)

    def test_numbers_of_records_are_no_secrets(self):
        users = self.env["res.users"]
        self.assertFalse(is_secret(users._fields["api_key_ids"], users))
        self.assertTrue(is_secret(users._fields["password"], users))

    def test_a_long_list_costs_no_more_than_a_short_one(self):
        shown = ["action", "model_name", "fields_changed"]
        for number in range(60):
            self.audit._note("other", self.partner, {"number": number})
        entries = self.entries(action="other")
        self.env.invalidate_all()
        entries[:1].read(shown)
        self.env.invalidate_all()
        with self.assertQueryCount(2):  # the entries, the name of their model
            entries.read(shown)
