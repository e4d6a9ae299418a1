from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ROLES, DmsCommon


@tagged("post_install", "-at_install")
class TestRoles(DmsCommon):
    def test_every_role_is_dealer_staff(self):
        for role in ROLES:
            with self.subTest(role=role):
                user = self.user(role, self.store_a1)
                self.assertTrue(user._has_group("dms_base.group_dms_user"))
                self.assertFalse(user.share)

    def test_no_role_leads_to_the_rights_of_an_administrator(self):
        forbidden = self.env["res.groups"]._dms_system_groups()
        for role in ROLES:
            with self.subTest(role=role):
                self.assertFalse(self._role_group(role).all_implied_ids & forbidden)

    def test_managers_do_what_their_people_do(self):
        self.assertImplies("sales_manager", "sales_consultant")
        self.assertImplies("workshop_manager", "service_advisor", "technician")
        self.assertImplies(
            "store_manager",
            "sales_manager",
            "workshop_manager",
            "parts_clerk",
            "fi_officer",
        )
        self.assertImplies("group_admin", "store_manager")

    def test_a_store_manager_reads_the_books_and_posts_nothing(self):
        manager = self.user("store_manager", self.store_a1)
        moves = self.env["account.move"].with_user(manager)
        self.assertTrue(moves.has_access("read"))
        # whoever sells may draft an invoice; posting it takes this right
        self.assertFalse(manager.has_group("account.group_account_invoice"))

    def test_an_accountant_posts(self):
        accountant = self.user("accountant", self.store_a1)
        moves = self.env["account.move"].with_user(accountant)
        self.assertTrue(moves.has_access("create"))

    def test_the_user_form_keeps_every_combination_of_jobs(self):
        """The form keeps one group per privilege: only a ladder may share one."""
        roles = self.env["res.groups"]._dms_roles()
        for privilege in roles.privilege_id:
            ladder = privilege.group_ids.sorted(lambda g: len(g.all_implied_ids))
            for lower, upper in zip(ladder, ladder[1:], strict=False):
                with self.subTest(privilege=privilege.name):
                    self.assertIn(lower, upper.all_implied_ids)

    def test_staff_see_only_their_own_dealer_group(self):
        for role in ROLES:
            groups = self.env["dms.group"].with_user(self.user(role, self.store_a1))
            with self.subTest(role=role):
                self.assertEqual(groups.search([]), self.group_a)

    def test_staff_without_admin_role_change_no_master_data(self):
        for role in set(ROLES) - {"group_admin"}:
            for model in ("dms.brand", "dms.group", "dms.region", "res.company"):
                records = self.env[model].with_user(self.user(role, self.store_a1))
                with self.subTest(role=role, model=model):
                    self.assertTrue(records.has_access("read"))
                    self.assertFalse(records.has_access("write"))
                    self.assertFalse(records.has_access("create"))
                    self.assertFalse(records.has_access("unlink"))

    def assertImplies(self, role, *lower):
        implied = self._role_group(role).all_implied_ids
        for name in lower:
            self.assertIn(self._role_group(name), implied)


@tagged("post_install", "-at_install")
class TestAuditor(DmsCommon):
    """An auditor reads every dealer record and changes none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.user("auditor", cls.store_a1)
        cls.records = cls.env["ir.model.access"]._dms_record_models()

    def test_reads_every_dealer_model(self):
        for name in self.records:
            with self.subTest(model=name):
                self.assertTrue(
                    self.env[name].with_user(self.auditor).has_access("read")
                )

    def test_changes_no_dealer_model(self):
        self.assertReadOnly(self.auditor)

    def test_changes_none_even_with_a_second_role(self):
        self.auditor.group_ids += self._role_group("group_admin")
        self.assertReadOnly(self.auditor)
        region = self.env["dms.region"].create(
            {"name": "East", "dms_group_id": self.group_a.id}
        )
        with self.assertRaises(AccessError):
            region.with_user(self.auditor).name = "West"

    def test_loses_the_restriction_with_the_role(self):
        self.auditor.group_ids = [
            Command.set(self._role_group("group_admin").ids),
        ]
        self.assertTrue(
            self.env["dms.region"].with_user(self.auditor).has_access("write")
        )

    def test_reads_the_books_without_posting(self):
        moves = self.env["account.move"].with_user(self.auditor)
        self.assertTrue(moves.has_access("read"))
        self.assertFalse(moves.has_access("create"))

    def assertReadOnly(self, user):
        for name in self.records:
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=name, operation=operation):
                    self.assertFalse(
                        self.env[name].with_user(user).has_access(operation)
                    )
