from odoo.tests import tagged

from odoo.addons.dms_base.tests.common import DmsCommon

STARTS_WITH = {
    "dms_age_limit_days": 90,
    "dms_age_warn_days": 60,
    "dms_battery_days": 30,
    "dms_battery_minimum": 30,
    "dms_certificate_days": 7,
    "dms_claim_days": 7,
    "dms_pdi_required": True,
}
OFF = ("dms_certificate_required", "dms_gate_pass", "dms_keys_at_receipt")


@tagged("post_install", "-at_install")
class TestVehicleSettings(DmsCommon):
    """What this addon lets a store decide, for the company and for the wizards."""

    def test_companies_and_new_stores_start_with_the_same(self):
        for model in ("res.company", "dms.store.open"):
            with self.subTest(model=model):
                defaults = self.env[model].default_get([*STARTS_WITH, *OFF])
                self.assertEqual(defaults | STARTS_WITH, defaults)
                self.assertFalse(any(defaults.get(name) for name in OFF))

    def test_a_group_admin_changes_every_setting(self):
        admin = self.user("group_admin", self.store_a1)
        settings = {"dms_age_limit_days": 50, "dms_age_warn_days": 40}
        settings |= {"dms_battery_days": 9, "dms_battery_minimum": 8}
        settings |= {"dms_certificate_days": 6, "dms_claim_days": 5}
        settings |= {"dms_pdi_required": False} | dict.fromkeys(OFF, True)
        wizard = self.env["dms.store.change"].with_user(admin)
        wizard.create({"company_id": self.store_a1.id, **settings}).action_apply()
        self.assertRecordValues(self.store_a1, [settings])
