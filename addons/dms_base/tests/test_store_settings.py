from odoo.tests import tagged

from .common import DmsCommon

WIZARDS = ("dms.store.open", "dms.store.change")


@tagged("post_install", "-at_install")
class TestStoreSettings(DmsCommon):
    """A setting is declared once, for the company and for the wizards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.names = cls.env["dms.store.settings"]._setting_fields()
        cls.admin = cls.user("group_admin", cls.store_a1)

    def test_the_wizards_have_every_setting_of_the_company(self):
        company = self.env["res.company"]
        self.assertIn("dms_store_code", self.names)
        for wizard in WIZARDS:
            with self.subTest(wizard=wizard):
                self.assertLessEqual(set(self.names), set(self.env[wizard]._fields))
                self.assertLessEqual(set(self.names), set(company._fields))

    def test_what_is_no_setting_is_left_out(self):
        self.assertFalse({"id", "display_name", "create_uid"} & set(self.names))
        self.assertNotIn("company_id", self.names)

    def test_a_setting_is_called_the_same_everywhere(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["dms_base"], ["zh_CN"])
        for lang in ("en_US", "zh_CN"):
            labels = self._labels("res.company", lang)
            for wizard in WIZARDS:
                with self.subTest(lang=lang, wizard=wizard):
                    self.assertEqual(self._labels(wizard, lang), labels)

    def test_a_new_store_starts_with_the_defaults_of_the_company(self):
        company = self.env["res.company"].default_get(self.names)
        wizard = self.env["dms.store.open"].with_user(self.admin)
        self.assertEqual(wizard.default_get(self.names), company)

    def test_the_change_starts_with_what_the_store_has(self):
        store = self.store_a1
        wizard = self.env["dms.store.change"].with_user(self.admin)
        record = wizard.create({"company_id": store.id})
        for name in self.names:
            with self.subTest(setting=name):
                self.assertEqual(record[name], store[name])

    def test_a_region_is_not_held_by_an_open_wizard(self):
        region = self.env["dms.region"].create(
            {"name": "North", "dms_group_id": self.group_a.id}
        )
        wizard = self.env["dms.store.change"].with_user(self.admin)
        record = wizard.create({"company_id": self.store_a1.id})
        record.dms_region_id = region
        self.env.flush_all()
        region.unlink()
        self.assertFalse(record.dms_region_id)

    def _labels(self, model, lang):
        described = self.env[model].with_context(lang=lang).fields_get(self.names)
        return {
            name: (field["string"], field.get("selection"))
            for name, field in described.items()
        }
