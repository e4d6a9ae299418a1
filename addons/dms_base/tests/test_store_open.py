from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DmsCommon


@tagged("post_install", "-at_install")
class TestStoreOpen(DmsCommon):
    """One wizard opens a store with everything it needs to start working."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.user("group_admin", cls.store_a1)
        cls.region = cls.env["dms.region"].create({"name": "East"})
        cls.env["ir.sequence"].create(
            {
                "name": "Test document",
                "code": "dms.test",
                "prefix": "T/",
                "company_id": False,
            }
        )

    def _prepare_wizard(self, **vals):
        return {
            "dms_group_id": self.group_a.id,
            "name": "上海闵行4S店",
            "dms_store_kind": "4s",
            "dms_store_code": "A3-MINHANG",
            "dms_brand_ids": [Command.set(self.brand.ids)],
            "dms_region_id": self.region.id,
            "country_id": self.env.ref("base.cn").id,
            "city": "上海",
            "street": "七莘路 1 号",
            "dms_latitude": 31.1128,
            "dms_longitude": 121.3817,
        } | vals

    def _prepare_staff(self, **vals):
        return {
            "name": "李娜",
            "login": "lina",
            "role_ids": [Command.set(self._role_group("service_advisor").ids)],
            "password": "first-password",
        } | vals

    def _open(self, by=None, **vals):
        wizard = self.env["dms.store.open"].with_user(by or self.admin)
        wizard = wizard.create(self._prepare_wizard(**vals))
        wizard.action_open()
        return wizard.company_id.sudo()

    def assertNothingMade(self, error, **vals):
        before = self._count()
        loggers = ("odoo.sql_db", "odoo.addons.base.models.ir_model")
        with mute_logger(*loggers), self.assertRaises(error):
            self._open(**vals)
        self.env.invalidate_all()
        self.assertEqual(self._count(), before)

    def _count(self):
        models = ("res.company", "stock.warehouse", "account.journal", "res.users")
        context = {"active_test": False}
        return [
            self.env[name].with_context(**context).search_count([]) for name in models
        ]

    def test_makes_the_company_a_store_of_the_group(self):
        store = self._open()
        self.assertRecordValues(
            store,
            [
                {
                    "name": "上海闵行4S店",
                    "dms_group_id": self.group_a.id,
                    "dms_store_kind": "4s",
                    "dms_store_code": "A3-MINHANG",
                    "dms_brand_ids": self.brand.ids,
                    "dms_region_id": self.region.id,
                    "dms_latitude": 31.1128,
                    "dms_longitude": 121.3817,
                    "city": "上海",
                    "country_code": "CN",
                    "dms_is_store": True,
                }
            ],
        )
        self.assertEqual(store.currency_id.name, "CNY")

    def test_loads_the_chart_of_accounts_and_journals(self):
        store = self._open()
        charts = self.env["dms.store.open"]._installed_charts()
        self.assertEqual(
            store.chart_template, "cn" if "cn" in charts else "generic_coa"
        )
        journals = self.env["account.journal"].search([("company_id", "=", store.id)])
        self.assertLessEqual(
            {"sale", "purchase", "bank", "cash", "general"},
            set(journals.mapped("type")),
        )

    def test_makes_one_warehouse(self):
        store = self._open()
        warehouses = self.env["stock.warehouse"].search([("company_id", "=", store.id)])
        self.assertRecordValues(
            warehouses,
            [{"name": store.name, "code": "A3-MI", "partner_id": store.partner_id.id}],
        )

    def test_makes_the_warehouse_that_odoo_leaves_out(self):
        """Odoo makes warehouses of new companies in tests only."""
        with patch("odoo.modules.module.current_test", None):
            store = self._open()
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", store.id)])
        self.assertEqual(len(warehouse), 1)
        self.assertTrue(warehouse.lot_stock_id)

    def test_gives_the_store_its_own_document_numbers(self):
        store = self._open()
        sequences = self.env["ir.sequence"].with_company(store)
        self.assertEqual(sequences.next_by_code("dms.test"), "T/1")
        own = sequences.search(
            [("code", "=", "dms.test"), ("company_id", "=", store.id)]
        )
        self.assertEqual(len(own), 1)
        self.assertEqual(own.number_next_actual, 2)

    def test_connects_the_store_with_its_sisters(self):
        store = self._open()
        transit = self.env.ref("stock.stock_location_inter_company")
        for sister in self.store_a1 | self.store_a2:
            for one, other in ((store, sister), (sister, store)):
                partner = other.partner_id.with_company(one)
                self.assertEqual(partner.property_stock_customer, transit)
                self.assertEqual(partner.property_stock_supplier, transit)

    def test_makes_the_users(self):
        self._open(staff_ids=[Command.create(self._prepare_staff())])
        user = self.env["res.users"].search([("login", "=", "lina")])
        self.assertEqual(user.company_ids.dms_store_code, "A3-MINHANG")
        self.assertEqual(user.dms_role_ids, self._role_group("service_advisor"))
        self.assertFalse(
            any(self.env["dms.store.open.staff"].search([]).mapped("password"))
        )

    def test_lets_the_group_admins_in_and_no_others(self):
        other = self.user("group_admin", self.store_a2)
        store = self._open()
        self.assertIn(store, self.admin.company_ids)
        self.assertIn(store, other.company_ids)
        self.assertNotIn(store, self.user("group_admin", self.store_b1).company_ids)
        self.assertNotIn(store, self.user("store_manager", self.store_a1).company_ids)

    def test_shows_the_new_store(self):
        wizard = self.env["dms.store.open"].with_user(self.admin)
        wizard = wizard.create(self._prepare_wizard())
        action = wizard.action_open()
        self.assertEqual(action["res_id"], wizard.company_id.id)
        self.assertEqual(wizard.company_id.name, "上海闵行4S店")

    def test_the_form_proposes_what_is_known(self):
        with Form(self.env["dms.store.open"].with_user(self.admin)) as form:
            self.assertEqual(form.dms_group_id, self.group_a)
            self.assertEqual(form.country_id.code, "CN")
            self.assertEqual(form.currency_id.name, "CNY")
            form.name = "Another"
            form.dms_store_kind = "showroom"
            form.dms_store_code = "A4"
            self.assertEqual(form.warehouse_code, "A4")

    def test_the_form_speaks_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["dms_base"], ["zh_CN"])
        wizard = self.env["dms.store.open"].with_context(lang="zh_CN")
        kinds = wizard.fields_get(["dms_store_kind"])["dms_store_kind"]["selection"]
        self.assertIn(("showroom", "城市展厅"), kinds)

    def test_the_chart_follows_the_country(self):
        wizard = self.env["dms.store.open"]
        charts = {
            "cn": {"country_id": self.env.ref("base.cn").id},
            "generic_coa": {"country_id": False},
        }
        registry = self.env.registry["dms.store.open"]
        with patch.object(registry, "_installed_charts", lambda self: charts):
            china = wizard.new({"country_id": self.env.ref("base.cn").id})
            france = wizard.new({"country_id": self.env.ref("base.fr").id})
            self.assertEqual(china.chart_template, "cn")
            self.assertEqual(france.chart_template, "generic_coa")

    def test_a_system_administrator_opens_stores_of_any_group(self):
        store = self._open(
            by=self.env.ref("base.user_admin"), dms_group_id=self.group_b.id
        )
        self.assertEqual(store.dms_group_id, self.group_b)

    def test_makes_nothing_if_the_name_is_taken(self):
        self.assertNothingMade(UserError, name=self.store_b1.name)

    def test_makes_nothing_if_the_code_is_taken(self):
        self.assertNothingMade(UserError, dms_store_code="A1")

    def test_makes_nothing_if_a_login_is_taken(self):
        taken = self.user("technician", self.store_b1).login
        staff = [
            Command.create(self._prepare_staff()),
            Command.create(self._prepare_staff(login=taken)),
        ]
        self.assertNothingMade(UserError, staff_ids=staff)

    def test_makes_nothing_without_chart(self):
        self.assertNothingMade(UserError, chart_template=False)

    def test_makes_nothing_in_another_group(self):
        self.assertNothingMade(AccessError, dms_group_id=self.group_b.id)

    def test_makes_nothing_with_roles_outside_dealer_management(self):
        system = self.env.ref("base.group_system")
        staff = self._prepare_staff(role_ids=[Command.set(system.ids)])
        self.assertNothingMade(AccessError, staff_ids=[Command.create(staff)])

    def test_opens_nothing_without_the_role(self):
        for role in ("store_manager", "accountant", "auditor", "integrator"):
            with self.subTest(role=role):
                self.assertNothingMade(AccessError, by=self.user(role, self.store_a1))

    def test_personal_defaults_make_no_branch_of_a_foreign_company(self):
        defaults = self.env["ir.default"].with_user(self.admin)
        foreigner = self.user("technician", self.store_b1)
        defaults.set("res.company", "parent_id", self.store_b1.id, user_id=True)
        defaults.set("res.company", "user_ids", foreigner.ids, user_id=True)
        store = self._open()
        self.assertFalse(store.parent_id)
        self.assertNotIn(foreigner, store.user_ids)

    def test_installs_no_country_package_half_way(self):
        companies = self.env.registry["res.company"]
        with patch.object(
            companies, "uninstalled_l10n_module_ids", create=True
        ) as packages:
            self._open()
        packages.button_immediate_install.assert_not_called()
