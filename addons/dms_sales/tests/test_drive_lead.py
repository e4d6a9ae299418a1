from odoo import fields
from odoo.tests import Form, tagged

from odoo.addons.dms_vehicle.tests.drive_common import DriveCommon


@tagged("post_install", "-at_install")
class TestDriveLead(DriveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.by(cls.consultant, cls.env["crm.lead"]).create(
            {
                "name": "E5",
                "type": "opportunity",
                "partner_id": cls.driver.id,
                "user_id": cls.consultant.id,
                "company_id": cls.store_a1.id,
            }
        )

    def booked(self):
        action = self.lead.action_dms_book_drive()
        drives = self.lead.env["dms.drive"].with_context(**action["context"])
        with Form(drives, view="dms_sales.dms_drive_view_form_book") as form:
            form.vehicle_id = self.demo
        return form.save()

    def test_a_drive_is_booked_in_two_taps(self):
        action = self.lead.action_dms_book_drive()
        defaults = {
            name.removeprefix("default_"): value
            for name, value in action["context"].items()
        }
        drive = self.lead.env["dms.drive"].create(defaults)
        self.assertEqual(drive.vehicle_id, self.demo)
        self.assertEqual(drive.partner_id, self.driver)
        self.assertEqual(drive.lead_id, self.lead)

    def test_the_small_form_books(self):
        self.assertEqual(self.booked().lead_id, self.lead)
        self.assertEqual(self.lead.dms_drive_count, 1)

    def test_the_rate_is_the_share_of_leads_that_drove(self):
        other = self.lead.copy()
        self.licensed()
        drive = self.book(lead_id=self.lead.id, start=fields.Datetime.now())
        rates = self.lead.env["crm.lead"]._read_group(
            [("id", "in", (self.lead | other).ids)], [], ["dms_test_drive_rate:avg"]
        )
        self.assertEqual(rates, [(0.0,)])
        self.env["dms.drive.check"].create(
            {
                "drive_id": drive.id,
                "company_id": self.store_a1.id,
                "kind": "out",
                "at": fields.Datetime.now(),
                "user_id": self.consultant.id,
            }
        )
        rates = self.lead.env["crm.lead"]._read_group(
            [("id", "in", (self.lead | other).ids)], [], ["dms_test_drive_rate:avg"]
        )
        self.assertEqual(rates, [(50.0,)])

    def test_the_lead_says_that_its_customer_has_driven(self):
        drive = self.ready(lead_id=self.lead.id, start=fields.Datetime.now())
        drive.hand_out(20)
        drive.bring_back(33)
        self.assertIn("13 km", self.lead.message_ids[0].body)

    def test_drives_of_merged_leads_go_on(self):
        other = self.lead.copy()
        drive = self.book(lead_id=other.id)
        merged = (self.lead | other).sudo().merge_opportunity()
        self.assertEqual(drive.lead_id, merged)
