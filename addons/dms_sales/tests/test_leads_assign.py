from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .leads_common import MOBILE, LeadsCommon


@tagged("post_install", "-at_install")
class TestLeadAssign(LeadsCommon):
    def take(self, **values):
        vals = {"company_id": self.store_a1.id, "dms_channel": "web", "phone": MOBILE}
        lead, _known = self.env["crm.lead"]._dms_take(vals | values)
        return lead

    def test_a_new_lead_goes_to_who_has_time(self):
        colleague = self.seller("colleague")
        for _n in range(3):
            self.lead(user=self.consultant)
        lead = self.take()
        self.assertEqual(lead.user_id, colleague)
        self.assertIn("0 open leads", lead.dms_assigned_why)

    def test_a_store_may_leave_it_to_its_manager(self):
        self.store_a1.dms_auto_assign = False
        self.assertTrue(self.store_a1._dms_consultants())
        self.assertFalse(self.take().user_id)

    def test_the_job_empties_the_pool(self):
        lead = self.lead()
        with self.enter_registry_test_mode():
            self.env.ref("dms_sales.ir_cron_assign_leads").method_direct_trigger()
        self.assertEqual(lead.user_id, self.consultant)

    def test_a_lead_goes_to_a_store_that_sells_the_brand(self):
        brand = self.env["dms.brand"].create({"name": "Other", "code": "TEST-2"})
        self.store_a2.dms_brand_ids = brand
        model = self.black.product_tmpl_id
        model.dms_brand_id = brand
        lead = self.take(dms_model_ids=model.ids)
        self.assertEqual(lead.company_id, self.store_a2)
        self.assertIn("sells what is wanted", lead.message_ids[-2:].mapped("body")[0])

    def test_a_lead_goes_to_the_store_nearest_to_the_customer(self):
        self.store_a1.write({"dms_latitude": 31.2, "dms_longitude": 121.4})
        self.store_a2.write({"dms_latitude": 31.8, "dms_longitude": 119.9})
        lead = self.take(dms_latitude=31.7, dms_longitude=120.0)
        self.assertEqual(lead.company_id, self.store_a2)

    def test_a_manager_gives_a_lead_to_somebody_else(self):
        colleague = self.seller("colleague")
        lead = self.lead(user=self.consultant)
        wizard = self.by(self.manager, self.env["dms.lead.assign"]).create(
            {"lead_ids": lead.ids, "user_id": colleague.id, "reason": "knows him"}
        )
        wizard.action_apply()
        self.assertEqual(lead.user_id, colleague)
        self.assertEqual(lead.dms_assigned_why, "knows him")

    def test_a_consultant_gives_none_away(self):
        lead = self.lead(user=self.consultant)
        with self.assertRaises(AccessError):
            self.by(self.consultant, lead).dms_reassign(self.manager.id, "busy")

    def test_who_does_not_sell_here_gets_none(self):
        stranger = self.user("sales_consultant", self.store_a2)
        lead = self.lead(user=self.consultant)
        with self.assertRaisesRegex(UserError, "does not sell cars"):
            self.by(self.manager, lead).dms_reassign(stranger.id, "far")

    def test_the_funnel_of_the_group_shows_numbers_and_no_person(self):
        lead = self.lead(self.store_a2, phone=MOBILE)
        self.env.flush_all()
        admin = self.user("group_admin", self.store_a1)
        funnel = self.by(admin, self.env["dms.lead.funnel"])
        self.assertTrue(funnel.search([("id", "=", lead.id)]))
        people = {"res.partner", "res.users", "crm.lead"}
        models = {field.comodel_name for field in funnel._fields.values()}
        self.assertFalse(people & models)

    def test_a_manager_sees_the_funnel_of_the_own_store_only(self):
        leads = self.lead() | self.lead(self.store_a2)
        self.env.flush_all()
        funnel = self.by(self.manager, self.env["dms.lead.funnel"])
        found = funnel.search([("id", "in", leads.ids)])
        self.assertEqual(found.company_id, self.store_a1)
        consultant = self.by(self.consultant, self.env["dms.lead.funnel"])
        with self.assertRaises(AccessError):
            consultant.search([])
