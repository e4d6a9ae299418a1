"""Nobody is offered a step that he may not take."""

from lxml import etree

from odoo.tests import tagged

from .common import VehicleCommon

# model: its steps, a role that takes them, a role that only looks
STEPS = {
    "dms.certificate": (
        {"action_hand_over", "action_request_release", "action_pledge"},
        "accountant",
        "auditor",
    ),
    "dms.certificate.handover": (
        {"action_accept", "action_refuse", "action_cancel"},
        "fi_officer",
        "auditor",
    ),
    "dms.certificate.release": (
        {"action_accept", "action_refuse", "action_cancel"},
        "fi_officer",
        "auditor",
    ),
    "dms.certificate.count": ({"action_close"}, "accountant", "auditor"),
    "dms.pdi": (
        {"action_finish", "action_ok", "action_defect", "action_na", "action_repaired"},
        "technician",
        "sales_consultant",
    ),
    "dms.battery.task": (
        {"action_read", "action_charged"},
        "technician",
        "sales_consultant",
    ),
    "dms.yard.device": (
        {"action_new_key", "action_revoke"},
        "store_manager",
        "auditor",
    ),
    "dms.vehicle.import": (
        {"action_start", "action_continue"},
        "sales_manager",
        "auditor",
    ),
}


@tagged("post_install", "-at_install")
class TestOfferedSteps(VehicleCommon):
    def offered(self, model, role, kind="form"):
        """:return: names of the buttons that a role finds in a view"""
        env = self.in_store(self.store_a1, role)
        arch = etree.fromstring(env[model].get_view(view_type=kind)["arch"])
        return {button.get("name") for button in arch.iter("button")}

    def test_who_takes_a_step_is_offered_it(self):
        for model, (steps, role, _looks) in STEPS.items():
            with self.subTest(model=model, role=role):
                self.assertLessEqual(steps, self.offered(model, role))

    def test_who_only_looks_is_not(self):
        for model, (steps, _role, looks) in STEPS.items():
            with self.subTest(model=model, role=looks):
                self.assertFalse(steps & self.offered(model, looks))

    def test_nor_in_the_list(self):
        for model in ("dms.certificate", "dms.certificate.handover"):
            with self.subTest(model=model):
                steps = STEPS[model][0]
                self.assertFalse(steps & self.offered(model, "auditor", "list"))
