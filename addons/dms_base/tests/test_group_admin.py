from unittest.mock import patch
from xmlrpc.client import Fault

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .common import DmsCommon

ACL_LOGGERS = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


class GroupAdminCommon(DmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.user("group_admin", cls.store_a1)
        cls.consultant = cls.user("sales_consultant", cls.store_a1)
        cls.foreigner = cls.user("sales_consultant", cls.store_b1)
        cls.foreign_admin = cls.user("group_admin", cls.store_b1)
        cls.root = cls.env.ref("base.user_admin")
        cls.env.flush_all()

    @classmethod
    def change(cls, user=None, by=None, **vals):
        """Save the wizard of ``by``, the group admin of group A unless told."""
        wizard = cls.env["dms.staff.change"].with_user(by or cls.admin)
        record = wizard.create({"user_id": user and user.id, **vals})
        record.action_apply()
        return record.user_id.sudo()

    @classmethod
    def add(cls, login="new.staff", by=None, **vals):
        defaults = {
            "name": login,
            "login": login,
            "company_ids": [Command.set(cls.store_a1.ids)],
            "role_ids": [Command.set(cls._role_group("sales_consultant").ids)],
            "password": "first-password",
        }
        return cls.change(by=by, **(defaults | vals))


@tagged("post_install", "-at_install")
class TestGroupAdmin(GroupAdminCommon):
    """What a group admin does with the staff of his stores."""

    def test_adds_staff_with_several_roles(self):
        roles = self._role_group("accountant") | self._role_group("fi_officer")
        user = self.add(
            company_ids=[Command.set((self.store_a1 | self.store_a2).ids)],
            role_ids=[Command.set(roles.ids)],
            phone="13800000000",
        )
        self.assertEqual(user.dms_role_ids, roles)
        self.assertEqual(user.company_ids, self.store_a1 | self.store_a2)
        self.assertEqual(user.phone, "13800000000")
        self.assertTrue(user._has_group("account.group_account_user"))

    def test_adds_staff_without_a_role(self):
        user = self.add(role_ids=[])
        self.assertTrue(user._has_group("dms_base.group_dms_user"))
        self.assertFalse(user.dms_role_ids)

    def test_new_staff_log_in_with_the_first_password(self):
        user = self.add(password="first-password")
        self.assertTrue(self._password_works(user, "first-password"))

    def test_the_wizard_keeps_no_password(self):
        self.add(password="first-password")
        wizards = self.env["dms.staff.change"].search([])
        self.assertFalse(any(wizards.mapped("password")))

    def test_new_staff_without_password_are_invited(self):
        users = self.env.registry["res.users"]
        with patch.object(users, "_action_reset_password", autospec=True) as invite:
            wizard = self.env["dms.staff.change"].with_user(self.admin)
            wizard.with_context(no_reset_password=False).create(
                {
                    "name": "New",
                    "login": "new.staff",
                    "email": "new@example.com",
                    "company_ids": [Command.set(self.store_a1.ids)],
                }
            ).action_apply()
        invite.assert_called_once()

    def test_the_wizard_starts_with_what_is_known(self):
        wizard = self.env["dms.staff.change"].with_user(self.admin)
        record = wizard.create({"user_id": self.consultant.id})
        self.assertEqual(record.name, self.consultant.name)
        self.assertEqual(record.login, self.consultant.login)
        self.assertEqual(record.company_ids, self.store_a1)
        self.assertEqual(record.role_ids, self._role_group("sales_consultant"))

    def test_changes_roles_and_leaves_other_rights_alone(self):
        export = self.env.ref("base.group_allow_export")
        self.env.ref("base.default_user_group").implied_ids += export
        self.consultant.group_ids += export
        self.change(
            self.consultant,
            role_ids=[Command.set(self._role_group("technician").ids)],
        )
        self.assertEqual(self.consultant.dms_role_ids, self._role_group("technician"))
        self.assertIn(export, self.consultant.group_ids)

    def test_moves_staff_to_another_store(self):
        self.change(self.consultant, company_ids=[Command.set(self.store_a2.ids)])
        self.assertEqual(self.consultant.company_ids, self.store_a2)
        self.assertEqual(self.consultant.company_id, self.store_a2)

    def test_the_home_store_stays_if_it_can(self):
        both = self.store_a2 | self.store_a1
        self.change(self.consultant, company_ids=[Command.set(both.ids)])
        self.assertEqual(self.consultant.company_id, self.store_a1)

    def test_sets_a_password(self):
        self.change(self.consultant, password="second-password")
        self.assertTrue(self._password_works(self.consultant, "second-password"))

    def test_sends_a_password_link(self):
        wizard = self.env["dms.staff.change"].with_user(self.admin)
        record = wizard.create({"user_id": self.consultant.id})
        users = self.env.registry["res.users"]
        with patch.object(users, "_action_reset_password", autospec=True) as send:
            record.action_send_password_link()
        send.assert_called_once()

    def test_archives_and_brings_back(self):
        self.change(self.consultant, active=False)
        self.assertFalse(self.consultant.active)
        self.change(self.consultant, active=True)
        self.assertTrue(self.consultant.active)

    def test_names_another_group_admin(self):
        user = self.add(role_ids=[Command.set(self._role_group("group_admin").ids)])
        self.assertEqual(user._dms_managed_groups(), self.group_a)

    def test_issues_keys_to_integrators_only(self):
        wizard = self.env["dms.staff.change"].with_user(self.admin)
        with self.assertRaises(UserError):
            wizard.create({"user_id": self.consultant.id}).action_issue_api_key()
        integrator = self.user("integrator", self.store_a1)
        wizard.create({"user_id": integrator.id}).action_issue_api_key()
        keys = self.env["res.users.apikeys"].search([("user_id", "=", integrator.id)])
        self.assertEqual(len(keys), 1)

    def test_sees_all_stores_of_the_group(self):
        stores = self.env["res.company"].with_user(self.admin).search([])
        self.assertEqual(stores, self.store_a1 | self.store_a2)

    def test_sees_the_staff_of_the_group(self):
        self.user("technician", self.store_a2)
        domain = self.env.ref("dms_base.res_users_staff_action").domain
        staff = self.env["res.users"].with_user(self.admin).search(safe_eval(domain))
        self.assertIn(self.user("technician", self.store_a2), staff)
        self.assertNotIn(self.foreigner, staff)
        self.assertNotIn(self.root, staff)

    def test_changes_the_details_of_a_store(self):
        wizard = self.env["dms.store.change"].with_user(self.admin)
        record = wizard.create({"company_id": self.store_a2.id, "city": "上海"})
        record.dms_store_kind = "showroom"
        record.action_apply()
        self.assertEqual(self.store_a2.city, "上海")
        self.assertEqual(self.store_a2.dms_store_kind, "showroom")
        self.assertEqual(self.store_a2.dms_store_code, "A2")
        self.assertEqual(self.store_a2.dms_brand_ids, self.brand)

    def test_keeps_the_regions_of_the_group(self):
        regions = self.env["dms.region"].with_user(self.admin)
        region = regions.create({"name": "East", "dms_group_id": self.group_a.id})
        region.name = "East China"
        with mute_logger(*ACL_LOGGERS), self.assertRaises(AccessError):
            regions.create({"name": "Ours too", "dms_group_id": self.group_b.id})
        with mute_logger(*ACL_LOGGERS), self.assertRaises(AccessError):
            regions.create({"name": "Everybody's"})

    def test_a_system_administrator_manages_all_groups(self):
        groups = self.root._dms_managed_groups()
        self.assertLessEqual(self.group_a | self.group_b, groups)
        self.change(self.foreigner, by=self.root, name="Renamed")
        self.assertEqual(self.foreigner.name, "Renamed")

    def test_opens_the_wizards_from_the_screens(self):
        action = self.consultant.with_user(self.admin).action_dms_change_staff()
        self.assertEqual(action["context"], {"default_user_id": self.consultant.id})
        action = self.store_a2.with_user(self.admin).action_dms_change_store()
        self.assertEqual(action["context"], {"default_company_id": self.store_a2.id})

    def _password_works(self, user, password):
        credential = {"type": "password", "login": user.login, "password": password}
        found = self.env["res.users"].authenticate(credential, {"interactive": True})
        return found["uid"] == user.id


@tagged("post_install", "-at_install")
class TestGroupAdminLimits(GroupAdminCommon):
    """What a group admin never does, whatever he tries."""

    def assertRefused(self, function, *args, **kwargs):
        with (
            mute_logger(*ACL_LOGGERS),
            self.assertRaises(UserError),
            self.env.cr.savepoint(),
        ):
            function(*args, **kwargs)
        self.assertNoRise()

    def assertNoRise(self):
        self.env.invalidate_all()
        forbidden = self.env["res.groups"]._dms_system_groups()
        staff = self.env["res.users"].search([("company_ids", "in", self.stores.ids)])
        for user in staff - self.root - self.env.user:
            self.assertFalse(user.all_group_ids & forbidden, user.login)
        self.assertFalse(self.admin.company_ids & self.store_b1)
        self.assertEqual(self.store_b1.dms_group_id, self.group_b)

    # Rights

    def test_hands_out_no_rights_outside_dealer_management(self):
        for xmlid in (
            "base.group_system",
            "base.group_erp_manager",
            "base.group_sanitize_override",
            "base.group_portal",
            "account.group_account_manager",
            "stock.group_stock_manager",
        ):
            group = self.env.ref(xmlid)
            roles = [Command.set(group.ids)]
            with self.subTest(group=xmlid):
                self.assertRefused(self.add, role_ids=roles)
                self.assertRefused(self.change, self.consultant, role_ids=roles)
                self.assertRefused(self.change, self.admin, role_ids=roles)

    def test_hands_out_no_role_that_leads_to_system_rights(self):
        role = self._role_group("technician")
        role.implied_ids += self.env.ref("base.group_erp_manager")
        self.assertNotIn(role, self.env["res.groups"]._dms_roles())
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.add(role_ids=[Command.set(role.ids)])

    def test_makes_no_dealer_role_of_a_system_group(self):
        groups = self.env["res.groups"].with_user(self.admin)
        system = groups.browse(self.env.ref("base.group_system").id)
        privilege = self.env.ref("dms_base.privilege_dms_sales")
        own_role = groups.browse(self._role_group("group_admin").id)
        self.assertRefused(system.write, {"privilege_id": privilege.id})
        self.assertRefused(own_role.write, {"implied_ids": [Command.link(system.id)]})
        self.assertRefused(
            system.write, {"implied_by_ids": [Command.link(own_role.id)]}
        )
        self.assertRefused(system.write, {"user_ids": [Command.link(self.admin.id)]})
        self.assertRefused(
            system.write, {"all_user_ids": [Command.link(self.admin.id)]}
        )
        self.assertRefused(
            groups.create,
            {
                "name": "Own",
                "implied_ids": [Command.link(system.id)],
                "user_ids": [Command.link(self.admin.id)],
            },
        )

    def test_has_no_right_on_users_themselves(self):
        users = self.env["res.users"].with_user(self.admin)
        system = self.env.ref("base.group_system")
        for operation in ("create", "write", "unlink"):
            self.assertFalse(users.has_access(operation))
        for target in (self.admin, self.consultant, self.foreigner, self.root):
            user = users.browse(target.id)
            for vals in (
                {"group_ids": [Command.link(system.id)]},
                {"group_ids": [Command.set(system.ids)]},
                {"role": "group_system", "group_ids": [Command.link(system.id)]},
                {"company_ids": [Command.link(self.store_b1.id)]},
                {"login": "taken.over"},
                {"password": "taken-over"},
                {"new_password": "taken-over"},
                {"partner_id": self.root.partner_id.id},
                {"active": False},
            ):
                with self.subTest(target=target.login, vals=vals):
                    self.assertRefused(user.write, vals)
            self.assertRefused(user.copy)
            self.assertRefused(user.unlink)

    def test_creates_no_user_past_the_wizard(self):
        users = self.env["res.users"].with_user(self.admin)
        vals = {"name": "Own", "login": "own", "group_ids": []}
        self.assertRefused(users.create, vals)
        # One2many commands on users run as the user of the request.
        with patch.object(self.env.transaction, "default_env", users.env):
            self.assertRefused(
                self.env["res.partner"].with_user(self.admin).create,
                {"name": "Own", "user_ids": [Command.create(vals)]},
            )

    def test_reaches_no_other_wizard_that_changes_users(self):
        change = self.env["change.password.wizard"].with_user(self.admin)
        self.assertFalse(change.has_access("create"))
        self.assertFalse(
            self.env["res.users.apikeys"].with_user(self.admin).has_access("create")
        )

    def test_creates_no_key_for_others(self):
        wizard = self.env["dms.staff.change"].with_user(self.admin)
        foreign = self.user("integrator", self.store_b1)
        for target in (foreign, self.root, self.consultant):
            vals = {"user_id": target.id, "name": "X", "login": "x"}
            self.assertRefused(
                lambda vals=vals: wizard.create(vals).action_issue_api_key()
            )
        self.assertFalse(
            self.env["res.users.apikeys"].search(
                [("user_id", "in", (foreign | self.root | self.consultant).ids)]
            )
        )

    def test_changes_no_technical_settings(self):
        for model in (
            "ir.model.access",
            "ir.rule",
            "ir.cron",
            "ir.actions.server",
            "ir.config_parameter",
            "ir.ui.view",
            "ir.model.data",
            "ir.module.module",
            "res.groups",
            "res.groups.privilege",
            "ir.module.category",
        ):
            records = self.env[model].with_user(self.admin)
            for operation in ("create", "write", "unlink"):
                with self.subTest(model=model, operation=operation):
                    self.assertFalse(records.has_access(operation))

    # Other people

    def test_touches_nobody_outside_the_group(self):
        for target in (self.foreigner, self.foreign_admin, self.root):
            with self.subTest(target=target.login):
                self.assertRefused(target.with_user(self.admin).action_dms_change_staff)
                self.assertRefused(self.change, target, name="Renamed")
                self.assertRefused(self.change, target, password="taken-over")
                self.assertRefused(self.change, target, active=False)
                self.assertRefused(
                    self.change, target, company_ids=[Command.set(self.store_a1.ids)]
                )

    def test_touches_nobody_who_also_works_in_another_group(self):
        self.consultant.company_ids += self.store_b1
        self.assertRefused(self.change, self.consultant, password="taken-over")

    def test_an_archived_store_of_another_group_counts(self):
        self.consultant.company_ids += self.store_b1
        self.foreigner.active = self.foreign_admin.active = False
        self.store_b1.active = False
        self.assertRefused(self.change, self.consultant, password="taken-over")

    def test_touches_nobody_with_rights_beyond_his_own(self):
        self.consultant.group_ids += self.env.ref("account.group_account_manager")
        self.assertRefused(self.change, self.consultant, password="taken-over")
        self.consultant.group_ids += self.env.ref("base.group_system")
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.change(self.consultant, password="taken-over")

    def test_touches_no_customer_of_the_portal(self):
        customer = self.env["res.users"].create(
            {
                "name": "Customer",
                "login": "customer",
                "company_id": self.store_a1.id,
                "company_ids": [Command.set(self.store_a1.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        self.assertRefused(self.change, customer, name="Renamed")

    def test_takes_no_mail_address_of_others(self):
        """Links to set a password go to the address on the contact of the user."""
        for target in (self.foreigner, self.root, self.consultant):
            contact = target.partner_id.with_user(self.admin)
            with self.subTest(target=target.login):
                self.assertRefused(contact.write, {"email": "me@example.com"})

    def test_takes_no_login_of_others(self):
        self.assertRefused(self.add, self.foreigner.login)
        self.assertRefused(self.change, self.consultant, login=self.root.login)

    def test_cannot_lock_himself_out(self):
        self.assertRefused(self.change, self.admin, active=False)

    def test_nobody_uses_the_wizard_of_somebody_else(self):
        wizard = self.env["dms.staff.change"].with_user(self.foreign_admin)
        record = wizard.create({"user_id": self.foreigner.id})
        self.assertRefused(record.with_user(self.admin).write, {"name": "Renamed"})
        self.assertRefused(record.with_user(self.admin).action_apply)

    # Other stores

    def test_lets_nobody_into_stores_of_another_group(self):
        foreign = [Command.link(self.store_b1.id)]
        self.assertRefused(self.add, company_ids=foreign)
        self.assertRefused(self.change, self.consultant, company_ids=foreign)
        self.assertRefused(self.change, self.admin, company_ids=foreign)

    def test_lets_nobody_into_companies_outside_every_group(self):
        main = self.env.ref("base.main_company")
        self.assertRefused(self.add, company_ids=[Command.set(main.ids)])

    def test_needs_a_store_for_everybody(self):
        self.assertRefused(self.add, company_ids=[])

    def test_pulls_no_company_into_the_group(self):
        company = self.store_b1.with_user(self.admin)
        group = self.group_a.with_user(self.admin)
        foreign_group = self.group_b.with_user(self.admin)
        link = [Command.link(self.store_b1.id)]
        self.assertRefused(company.write, {"dms_group_id": self.group_a.id})
        self.assertRefused(company.write, {"user_ids": [Command.link(self.admin.id)]})
        self.assertRefused(group.write, {"company_ids": link})
        self.assertRefused(foreign_group.write, {"name": "Ours"})
        self.assertRefused(foreign_group.read)
        own = self.store_a1.with_user(self.admin)
        self.assertRefused(own.write, {"user_ids": [Command.link(self.foreigner.id)]})

    def test_changes_no_store_of_another_group(self):
        wizard = self.env["dms.store.change"].with_user(self.admin)
        vals = {"dms_store_kind": "service", "dms_store_code": "X"}
        foreign = self.store_b1.with_user(self.admin)
        self.assertRefused(foreign.action_dms_change_store)
        self.assertRefused(
            lambda: wizard.create(
                {"company_id": self.store_b1.id, **vals}
            ).action_apply()
        )

    def test_manages_nothing_without_the_role(self):
        for role in ("store_manager", "auditor", "integrator"):
            user = self.user(role, self.store_a1)
            with self.subTest(role=role):
                self.assertFalse(user._dms_managed_groups())
                self.assertRefused(self.add, by=user)
                self.assertRefused(self.change, self.consultant, by=user, name="X")

    # Detours

    def test_the_context_opens_nothing(self):
        system = self.env.ref("base.group_system")
        user = (
            self.env["dms.staff.change"]
            .with_user(self.admin)
            .with_context(
                default_group_ids=[Command.set(system.ids)],
                default_partner_id=self.root.partner_id.id,
                default_company_ids=self.store_b1.ids,
                default_role="group_system",
                install_mode=True,
                uid=self.root.id,
            )
        )
        record = user.create(
            {
                "name": "Own",
                "login": "own",
                "company_ids": [Command.set(self.store_a1.ids)],
                "role_ids": [],
                "password": "first-password",
            }
        )
        record.action_apply()
        self.assertEqual(record.user_id.sudo().company_ids, self.store_a1)
        self.assertNotEqual(record.user_id.sudo().partner_id, self.root.partner_id)
        self.assertNoRise()

    def test_personal_defaults_open_nothing(self):
        """Any user may store defaults of his own, for any field."""
        defaults = self.env["ir.default"].with_user(self.admin)
        system = self.env.ref("base.group_system")
        for name, value in (
            ("partner_id", self.root.partner_id.id),
            ("group_ids", system.ids),
            ("company_ids", self.store_b1.ids),
        ):
            defaults.set("res.users", name, value, user_id=True)
        user = self.add()
        self.assertEqual(user.company_ids, self.store_a1)
        self.assertNotEqual(user.partner_id, self.root.partner_id)
        self.assertNoRise()

    def test_his_private_methods_stay_private(self):
        for name in ("_dms_create_staff", "_dms_change_staff", "_dms_service"):
            self.assertTrue(name.startswith("_"))


@tagged("post_install", "-at_install")
class TestGroupAdminRpc(GroupAdminCommon, HttpCase):
    """The same limits hold for programs that use the group admin's password."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin.password = "admin-of-group-a"

    def _execute(self, model, method, *args):
        return self.xmlrpc_object.execute_kw(
            self.env.cr.dbname, self.admin.id, "admin-of-group-a", model, method, args
        )

    def assertFault(self, *args):
        loggers = (*ACL_LOGGERS, "odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
        with mute_logger(*loggers), self.assertRaises(Fault):
            self._execute(*args)

    @mute_logger("odoo.addons.rpc.controllers.xmlrpc")
    def test_the_wizard_works_over_xmlrpc(self):
        vals = {
            "name": "New",
            "login": "new.staff",
            "company_ids": [[6, 0, self.store_a1.ids]],
            "password": "first-password",
        }
        wizard = self._execute("dms.staff.change", "create", [vals])
        self._execute("dms.staff.change", "action_apply", wizard)
        user = self.env["res.users"].search([("login", "=", "new.staff")])
        self.assertEqual(user.company_ids, self.store_a1)

    def test_users_are_closed_over_xmlrpc(self):
        system = self.env.ref("base.group_system")
        link = {"group_ids": [[4, system.id]]}
        self.assertFault("res.users", "write", self.admin.ids, link)
        own = {"name": "X", "login": "x"} | link
        self.assertFault("res.users", "create", [own])
        self.assertFault(
            "res.partner", "create", [{"name": "X", "user_ids": [[0, 0, own]]}]
        )
        self.assertFault(
            "res.groups", "write", system.ids, {"user_ids": [[4, self.admin.id]]}
        )

    def test_the_service_is_closed_over_xmlrpc(self):
        vals = {"name": "X", "login": "x"}
        self.assertFault("res.users", "_dms_create_staff", vals, [], [])
        self.assertFault("res.users", "_dms_service", self.admin.ids)
        self.assertFault("dms.store.details", "_prepare_details", [])
