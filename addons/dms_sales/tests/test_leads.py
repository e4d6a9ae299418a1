from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.doors import HttpDoors, OrmDoors, PortalDoors

from .leads_common import MOBILE, MORNING, LeadsCommon, isolated_lead


@tagged("post_install", "-at_install")
class TestLead(LeadsCommon):
    def test_a_lead_is_of_the_store_it_is_made_in(self):
        lead = self.by(self.consultant, self.env["crm.lead"]).create({"name": "New"})
        self.assertEqual(lead.company_id, self.store_a1)

    def test_a_lead_without_consultant_stays_in_its_store(self):
        lead = self.lead(user=self.consultant)
        lead.user_id = False
        self.assertEqual(lead.company_id, self.store_a1)

    def test_a_store_has_no_lead_without_store(self):
        lead = self.lead()
        with self.assertRaisesRegex(ValidationError, "belongs to a store"):
            lead.company_id = False

    def test_the_budget_does_not_end_before_it_begins(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.lead(dms_budget_from=200_000, dms_budget_to=100_000).flush_recordset()

    def test_a_consultant_sees_own_leads_and_the_pool(self):
        colleague = self.seller("colleague")
        mine, pool = self.lead(user=self.consultant), self.lead()
        other = self.lead(user=colleague)
        found = self.by(self.consultant, self.env["crm.lead"]).search(
            [("id", "in", (mine | pool | other).ids)]
        )
        self.assertEqual(found, mine | pool)
        self.assertTrue(self.by(self.manager, other).has_access("write"))

    def test_merged_leads_keep_what_each_knew(self):
        models = (self.white | self.black).product_tmpl_id
        one = self.lead(phone="13800138000", dms_model_ids=models[0].ids)
        two = self.lead(phone="138 0013 8000", dms_model_ids=models[1].ids)
        two.dms_budget_to = 200_000
        kept = (one | two)._merge_opportunity(auto_unlink=False)
        self.assertEqual(kept.dms_model_ids, models)
        self.assertEqual(kept.dms_budget_to, 200_000)


@tagged("post_install", "-at_install")
class TestLeadClock(LeadsCommon):
    def test_the_answer_is_due_after_minutes_of_opening_hours(self):
        lead = self.lead(dms_received_at=MORNING)
        self.assertEqual(lead.dms_due_at, MORNING + timedelta(minutes=30))

    def test_at_night_the_clock_stands(self):
        night = MORNING.replace(hour=15)  # 23:00
        lead = self.lead(dms_received_at=night)
        opens = MORNING.replace(day=3, hour=1)
        self.assertEqual(lead.dms_due_at, opens + timedelta(minutes=30))

    def test_a_store_sets_its_own_minutes(self):
        self.store_a1.dms_answer_minutes = 5
        lead = self.lead(dms_received_at=MORNING)
        self.assertEqual(lead.dms_due_at, MORNING + timedelta(minutes=5))

    def test_the_colour_follows_the_clock(self):
        lead = self.lead(dms_received_at=MORNING)
        for minutes, clock in ((1, "running"), (25, "soon"), (31, "late")):
            with freeze_time(MORNING + timedelta(minutes=minutes)):
                lead.invalidate_recordset(["dms_clock"])
                self.assertEqual(lead.dms_clock, clock)
                domain = [("dms_clock", "=", clock), ("id", "=", lead.id)]
                self.assertEqual(lead.search(domain), lead)

    def test_speaking_to_the_customer_stops_it(self):
        lead = self.lead(user=self.consultant, dms_received_at=MORNING)
        with freeze_time(MORNING + timedelta(minutes=12)):
            self.by(self.consultant, lead).action_dms_reached()
        self.assertEqual(lead.dms_clock, "answered")
        self.assertEqual(lead.dms_answer_minutes, 12)

    def test_a_message_to_the_customer_stops_it_and_a_note_does_not(self):
        lead = self.lead(user=self.consultant)
        mine = self.by(self.consultant, lead)
        mine.message_post(body="call at noon", subtype_xmlid="mail.mt_note")
        self.assertFalse(lead.dms_answered_at)
        mine.message_post(
            body="hello", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertTrue(lead.dms_answered_at)

    def test_a_call_that_was_planned_and_done_stops_it(self):
        lead = self.lead(user=self.consultant)
        mine = self.by(self.consultant, lead)
        call = mine.activity_schedule("mail.mail_activity_data_call")
        call.action_feedback(feedback="comes tomorrow")
        self.assertTrue(lead.dms_answered_at)

    def test_what_is_late_is_told_to_the_manager_once(self):
        lead = self.lead(user=self.consultant, dms_received_at=MORNING)
        with freeze_time(MORNING + timedelta(hours=1)), self.enter_registry_test_mode():
            cron = self.env.ref("dms_sales.ir_cron_watch_clock")
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        activity = lead.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.manager)
        lead._dms_answered()
        self.assertFalse(lead.activity_ids)

    def test_what_stays_unanswered_goes_to_somebody_else(self):
        colleague = self.seller("colleague")
        lead = self.lead(user=self.consultant, dms_received_at=MORNING)
        with freeze_time(MORNING + timedelta(days=2)), self.enter_registry_test_mode():
            self.env.ref("dms_sales.ir_cron_watch_clock").method_direct_trigger()
        self.assertEqual(lead.user_id, colleague)
        self.assertEqual(lead.dms_recycled_count, 1)
        self.assertGreater(lead.dms_due_at, MORNING + timedelta(days=2))


@tagged("post_install", "-at_install")
class TestLeadKnown(LeadsCommon):
    def test_a_number_is_found_however_it_is_written(self):
        lead = self.lead(phone="138-0013-8000", user=self.consultant)
        self.assertEqual(lead.phone_sanitized, MOBILE)
        leads = self.by(self.consultant, self.env["crm.lead"])
        known = leads.dms_known("+86 138 0013 8000")
        self.assertEqual(known["lead"]["id"], lead.id)
        self.assertEqual(known["phone"], MOBILE)

    def test_a_colleagues_lead_is_called_by_name_and_not_opened(self):
        self.lead(phone=MOBILE, user=self.seller("colleague"))
        known = self.by(self.consultant, self.env["crm.lead"]).dms_known(MOBILE)
        self.assertEqual(known["lead"]["consultant"], "colleague")
        self.assertFalse(known["lead"]["id"])

    def test_of_a_sister_store_only_its_name_is_told(self):
        self.lead(self.store_a2, phone=MOBILE)
        self.lead(self.store_b1, phone=MOBILE)
        known = self.by(self.consultant, self.env["crm.lead"]).dms_known(MOBILE)
        self.assertFalse(known["lead"])
        self.assertEqual(known["stores"], [self.store_a2.name])

    def test_a_customer_without_lead_is_known(self):
        self.customer.write({"phone": "13800138000", "company_id": self.store_a1.id})
        known = self.by(self.consultant, self.env["crm.lead"]).dms_known(MOBILE)
        self.assertEqual(known["customer"]["id"], self.customer.id)

    def test_who_comes_again_goes_on_the_open_lead(self):
        lead = self.lead(phone=MOBILE, user=self.consultant)
        vals = {
            "company_id": self.store_a1.id,
            "dms_channel": "web",
            "phone": "138 0013 8000",
            "dms_budget_to": 150_000,
        }
        taken, known = self.env["crm.lead"]._dms_take(vals)
        self.assertTrue(known)
        self.assertEqual(taken, lead)
        self.assertEqual(lead.dms_budget_to, 150_000)
        self.assertEqual(lead.dms_channel, "phone")

    def test_a_lost_lead_is_not_gone_on_with(self):
        lead = self.lead(phone=MOBILE)
        lead.action_set_lost()
        vals = {"company_id": self.store_a1.id, "dms_channel": "web", "phone": MOBILE}
        taken, known = self.env["crm.lead"]._dms_take(vals)
        self.assertFalse(known)
        self.assertNotEqual(taken, lead)

    def test_the_lookup_asks_little_and_by_index(self):
        self.lead(phone=MOBILE, user=self.consultant)
        leads = self.by(self.consultant, self.env["crm.lead"])
        leads.dms_known(MOBILE)
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            leads.dms_known(MOBILE)

    def test_merging_needs_a_second_lead(self):
        lead = self.lead(phone=MOBILE)
        with self.assertRaisesRegex(UserError, "No other open lead"):
            lead.action_dms_merge()
        self.lead(phone=MOBILE)
        action = lead.action_dms_merge()
        self.assertEqual(len(action["context"]["active_ids"]), 2)


@tagged("post_install", "-at_install")
class TestLeadIsolation(LeadsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.export = cls.env.ref("base.group_allow_export")
        cls.record = isolated_lead(cls, cls.store_a1)

    def _arm(self, user):
        user.group_ids += self.export
        return user

    def test_a_sister_store_and_a_stranger_reach_no_lead(self):
        for store in (self.store_a2, self.store_b1):
            intruder = self._arm(self.user_of_all_roles(store))
            self.assertFalse(HttpDoors(self, intruder).open_for(self.record))

    def test_an_auditor_of_a_sister_store_and_a_customer_reach_no_lead(self):
        auditor = self._arm(self.user("auditor", self.store_a2))
        self.assertFalse(OrmDoors(self, auditor).open_for(self.record))
        portal = self.env["res.users"].create(
            {
                "name": "Customer",
                "login": "lead.customer",
                "company_id": self.store_a1.id,
                "company_ids": [(6, 0, self.store_a1.ids)],
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self.assertFalse(PortalDoors(self, portal).open_for(self.record))

    def test_its_tasks_and_messages_stay_in_the_store(self):
        lead = self.record
        lead.activity_schedule("mail.mail_activity_data_call", user_id=self.manager.id)
        lead.message_post(body="secret")
        intruder = self.user_of_all_roles(self.store_a2)
        for model, records in (
            ("mail.activity", lead.activity_ids),
            ("mail.message", lead.message_ids),
        ):
            seen = self.by(intruder, self.env[model])
            domain = [("id", "in", records.ids)]
            self.assertFalse(seen.search(domain), model)
            with self.assertRaises(AccessError):
                seen.browse(records.ids).read(["res_id"])

    def test_the_auditor_of_the_store_reads_it_and_does_not_write(self):
        seen = self.by(self.user("auditor", self.store_a1), self.record)
        self.assertEqual(seen.name, "Isolation")
        with self.assertRaises(AccessError):
            seen.name = "Other"
