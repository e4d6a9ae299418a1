"""The parts of this addon that run in the browser."""

from odoo.tests import HttpCase, tagged

from .common import VehicleCommon

SUITES = (
    "@dms_vehicle/vehicle_search",
    "@dms_vehicle/import_progress",
    "@dms_vehicle/certificate_scan",
    "@dms_vehicle/store_map",
    "@dms_vehicle/yard_drawing",
)


def _suite_id(name):
    """The id that Odoo's test runner gives a suite."""
    number = 0
    for letter in name:
        number = ((number << 5) - number + ord(letter)) & 0xFFFFFFFF
    return f"{number:08x}"


@tagged("post_install", "-at_install")
class TestWebClient(VehicleCommon, HttpCase):
    def test_unit_tests(self):
        ids = "".join(f"&id={_suite_id(name)}" for name in SUITES)
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000{ids}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )
