from unittest.mock import patch

from psycopg2 import errors

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .audit_common import AuditCommon

NUMBER = "360426199101010071"


@tagged("post_install", "-at_install")
class TestAuditChanges(AuditCommon):
    """Whoever creates, changes or deletes leaves an entry."""

    def setUp(self):
        super().setUp()
        self.partner = (
            self.env["res.partner"]
            .with_user(self.officer)
            .create({"name": "Zhang", "phone": "139"})
        )
        self.env.cr.flush()
        self.mine = {"model": "res.partner", "res_id": self.partner.id}

    def test_a_creation(self):
        entry = self.last(**self.mine)
        self.assertEqual(entry.action, "create")
        self.assertEqual(entry.user_id, self.officer)
        self.assertEqual(entry.company_id, self.store_a1)
        self.assertEqual(entry.name, "Zhang")
        self.assertEqual(entry.changes["phone"], [None, "139"])

    def test_a_change_with_old_and_new_value(self):
        self.partner.write({"phone": "138", "name": "Zhang"})
        entry = self.last(**self.mine)
        self.assertEqual(entry.action, "write")
        self.assertEqual(entry.changes, {"phone": ["139", "138"]})

    def test_no_change_no_entry(self):
        before = len(self.entries(**self.mine))
        self.partner.write({"phone": "139"})
        self.assertEqual(len(self.entries(**self.mine)), before)

    def test_several_changes_in_a_transaction_are_one_entry(self):
        self.partner.phone = "1"
        self.partner.phone = "2"
        self.partner.city = "Suzhou"
        entry = self.last(**self.mine)
        self.assertEqual(
            entry.changes, {"phone": ["139", "2"], "city": [None, "Suzhou"]}
        )

    def test_each_user_has_entries_of_his_own(self):
        self.partner.phone = "1"
        self.partner.with_user(self.user("store_manager", self.store_a1)).phone = "2"
        entries = self.entries(action="write", **self.mine)
        self.assertEqual(len(entries.user_id), 2)

    def test_a_deletion_keeps_what_was(self):
        self.partner.sudo().unlink()
        entry = self.last(**self.mine)
        self.assertEqual(entry.action, "unlink")
        self.assertEqual(entry.changes["phone"], ["139", None])
        self.assertEqual(entry.name, "Zhang")

    def test_records_are_named_by_id_and_shown_by_name(self):
        country = self.env.ref("base.cn")
        self.partner.country_id = country
        entry = self.last(**self.mine)
        self.assertEqual(entry.changes["country_id"], [None, country.id])
        self.assertIn(country.name, entry.changes_table)

    def test_secrets_are_masked(self):
        self.partner.dms_id_number = NUMBER
        entry = self.last(**self.mine)
        self.assertEqual(entry.changes, {"dms_id_number": [None, "3604**********0071"]})

    def test_a_secret_behind_the_same_mask_is_a_change(self):
        bank = self.env["res.partner.bank"].create(
            {"partner_id": self.partner.id, "acc_number": "6222020200112230456"}
        )
        self.env.cr.flush()
        bank.acc_number = "6222020299112230456"
        entry = self.last(model="res.partner.bank", res_id=bank.id)
        self.assertEqual(entry.changes["acc_number"], ["6222***********0456"] * 2)

    def test_passwords_never(self):
        self.officer.password = "a-new-password"
        entry = self.last(model="res.users", res_id=self.officer.id)
        self.assertEqual(entry.action, "rights")
        self.assertEqual(entry.changes, {"password": [None, "********"]})

    def test_secret_parameters_never(self):
        self.env["ir.config_parameter"].set_param("some.secret", "plain")
        entry = self.last(model="ir.config_parameter")
        self.assertNotIn("plain", str(entry.changes))

    def test_what_the_orm_recomputes_is_no_entry(self):
        child = self.env["res.partner"].create(
            {"name": "Child", "parent_id": self.partner.id}
        )
        self.env.cr.flush()
        before = len(self.entries(model="res.partner", res_id=child.id))
        self.partner.name = "Zhang San"
        self.env.cr.flush()
        self.assertEqual(
            len(self.entries(model="res.partner", res_id=child.id)), before
        )

    def test_models_of_the_suite_are_audited(self):
        self.brand.name = "Another"
        self.assertEqual(self.last(model="dms.brand").changes["name"][1], "Another")

    def test_wizards_and_other_models_are_not(self):
        audited = self.audit._audited_models()
        for name in ("dms.store.open", "dms.audit.entry", "dms.audit.batch"):
            self.assertNotIn(name, audited)
        self.assertNotIn("res.country", audited)

    def test_rights_are_marked(self):
        self.officer.group_ids += self.env.ref("base.group_allow_export")
        entry = self.last(model="res.users", res_id=self.officer.id)
        self.assertEqual(entry.action, "rights")
        self.assertIn(
            self.env.ref("base.group_allow_export").display_name, entry.changes_table
        )
        group = self.env.ref("dms_base.group_dms_user")
        group.implied_ids = [Command.link(self.env.ref("base.group_allow_export").id)]
        self.assertEqual(self.last(model="res.groups").action, "rights")

    def test_rules_and_access_lines_are_marked(self):
        rule = self.env.ref("dms_base.dms_audit_entry_rule_company")
        rule.active = False
        self.assertEqual(self.last(model="ir.rule").action, "rights")

    def test_the_settings_of_the_audit_are_audited(self):
        self.env.ref("dms_base.dms_audit_retention_all").keep_days = 200
        entry = self.last(model="dms.audit.retention")
        self.assertEqual(entry.changes, {"keep_days": [1095, 200]})

    def test_what_is_rolled_back_leaves_no_entry(self):
        before = len(self.entries(**self.mine))
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.partner.phone = "1"
            raise ZeroDivisionError
        self.assertEqual(len(self.entries(**self.mine)), before)

    def test_a_failed_import_leaves_no_entry(self):
        before = len(self.entries(model="res.partner"))
        result = self.env["res.partner"].load(
            ["name", "color"], [["Imported", "1"], ["Imported too", "no number"]]
        )
        self.assertFalse(result["ids"])
        self.assertEqual(len(self.entries(model="res.partner")), before)

    def test_an_import_leaves_entries(self):
        self.env["res.partner"].load(["name"], [["Imported"]])
        self.assertEqual(self.last(model="res.partner").name, "Imported")

    def test_programs_that_work_for_a_store_they_may_not_enter(self):
        partners = self.env["res.partner"].with_user(self.officer).sudo()
        partners = partners.with_context(allowed_company_ids=self.store_b1.ids)
        partner = partners.create({"name": "Li"}).sudo(False)
        self.assertEqual(self.last(res_id=partner.id).company_id, self.store_b1)

    def test_jobs_of_the_server_have_no_address(self):
        self.assertFalse(self.last(**self.mine).address)


@tagged("post_install", "-at_install")
class TestAuditEvents(AuditCommon):
    """Seeing is noted where it is more than reading a mask."""

    def setUp(self):
        super().setUp()
        self.partner = self.env["res.partner"].create(
            {"name": "Zhang", "dms_id_number": NUMBER}
        )

    def test_a_reveal(self):
        self.partner.with_user(self.officer).dms_reveal("dms_id_number")
        entry = self.last(action="reveal")
        self.assertEqual(entry.user_id, self.officer)
        self.assertEqual((entry.model, entry.res_id), ("res.partner", self.partner.id))
        self.assertEqual(entry.changes, {"field": [None, "dms_id_number"]})

    def test_two_reveals_are_two_entries(self):
        for _ in range(2):
            self.partner.with_user(self.officer).dms_reveal("dms_id_number")
        self.assertEqual(len(self.entries(action="reveal")), 2)

    def test_a_refused_reveal_is_none(self):
        with self.assertRaises(AccessError):
            self.partner.with_user(self.auditor).dms_reveal("dms_id_number")
        self.assertFalse(self.entries(action="reveal"))

    def test_an_export_names_every_record(self):
        self.officer.group_ids += self.env.ref("base.group_allow_export")
        other = self.env["res.partner"].create({"name": "Li"})
        partners = (self.partner | other).with_user(self.officer)
        partners.export_data(["name", "phone"])
        entries = self.entries(action="export")
        self.assertEqual(set(entries.mapped("res_id")), set(partners.ids))
        self.assertEqual(entries[0].changes["fields"], [None, "name, phone"])

    def test_an_export_with_the_right_is_a_reveal_too(self):
        self.officer.group_ids += self.env.ref("base.group_allow_export")
        self.partner.with_user(self.officer).export_data(["dms_id_number"])
        self.assertEqual(len(self.entries(action="reveal")), 1)


@tagged("post_install", "-at_install")
class TestAuditTable(AuditCommon):
    """Entries are added and never changed."""

    def setUp(self):
        super().setUp()
        self.brand.name = "Changed"
        self.entry = self.last(model="dms.brand")

    def test_the_orm_refuses(self):
        for attempt in (
            lambda: self.entry.write({"name": "x"}),
            lambda: self.entry.unlink(),
            lambda: self.audit.create({"action": "other", "at": "2026-01-01"}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()

    def test_postgresql_refuses(self):
        for query in (
            "UPDATE dms_audit_entry SET name = 'x' WHERE id = %(id)s",
            "DELETE FROM dms_audit_entry WHERE id = %(id)s",
            "SELECT set_config('dms.audit_removal', '1', true);"
            "DELETE FROM dms_audit_entry WHERE id = %(id)s",
            "TRUNCATE dms_audit_entry",
        ):
            with (
                self.subTest(query),
                mute_logger("odoo.sql_db"),
                self.assertRaises(errors.RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, {"id": self.entry.id})

    def test_auditors_read_their_stores(self):
        audit = self.audit.with_user(self.auditor)
        self.assertTrue(
            audit.search_count([("company_id", "=", self.store_a1.id)]) >= 0
        )
        self.assertFalse(audit.search([("company_id", "=", self.store_b1.id)]))

    def test_staff_do_not_read_it(self):
        for role in ("fi_officer", "store_manager", "group_admin"):
            with self.assertRaises(AccessError):
                self.audit.with_user(self.user(role, self.store_a1)).search([])

    def test_a_change_costs_one_statement_more(self):
        partner = self.env["res.partner"].create({"name": "Zhang"})
        self._count(partner, "0")
        with_audit = self._count(partner, "1")
        registry = self.env.registry["dms.audit.entry"]
        with patch.object(registry, "_audited_models", return_value=frozenset()):
            without = self._count(partner, "2")
        self.assertEqual(with_audit - without, 1)

    def _count(self, partner, ref):
        self.env.cr.flush()
        self.env.invalidate_all()
        _load = partner.name
        before = self.env.cr.sql_log_count
        partner.write({"ref": ref})
        self.env.cr.flush()
        return self.env.cr.sql_log_count - before
