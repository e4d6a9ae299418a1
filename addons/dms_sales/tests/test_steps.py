from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.dms_vehicle.tests.drive_common import DriveCommon

from .leads_common import LeadsCommon
from .web_common import WebCommon


@tagged("post_install", "-at_install")
class TestSteps(LeadsCommon, WebCommon):
    """One timeline: what a customer did online and in the store."""

    def steps(self, lead):
        self.env.flush_all()
        return lead.dms_touch_ids.sorted(lambda one: (one.at, one.id)).mapped("step")

    def way(self, lead):
        self.env.flush_all()
        return self.env["dms.attribution"].browse(lead.id)

    def test_a_lead_begins_with_the_way_it_came(self):
        lead = self.lead(dms_channel="live_chat")
        self.assertEqual(self.steps(lead), ["live_chat"])
        self.assertTrue(lead.dms_touch_ids.is_online)

    def test_coming_again_is_one_more_step(self):
        lead = self.lead(phone="13800000009", dms_channel="web")
        vals = {"company_id": self.store_a1.id, "phone": "13800000009"}
        self.env["crm.lead"]._dms_take(vals | {"dms_channel": "walk_in"})
        self.assertEqual(self.steps(lead), ["web_form", "walk_in"])

    def test_reservation_payment_and_order_are_steps_of_the_lead(self):
        self.receive(self.store_a1)
        one = self.reserve()
        self.authorise(self.begin_payment(one))
        self.assertEqual(
            self.steps(one.lead_id),
            ["web_form", "offer", "reserved", "paid_online", "ordered"],
        )

    def test_the_deal_shows_the_same_timeline(self):
        self.receive(self.store_a1)
        one = self.reserve()
        deal = self.by(self.manager, one.deal_id)
        self.assertEqual(deal.dms_timeline, one.lead_id.dms_timeline)
        self.assertEqual(deal.dms_timeline[0]["text"], "Wrote on the Website")

    def test_a_step_leads_to_its_document(self):
        self.receive(self.store_a1)
        one = self.reserve()
        [step] = [s for s in one.lead_id.dms_timeline if s["step"] == "reserved"]
        self.assertEqual((step["res_model"], step["res_id"]), (one._name, one.id))

    def test_a_step_stays_as_it_was_made(self):
        touch = self.lead().dms_touch_ids
        with self.assertRaises(UserError):
            touch.step = "walk_in"

    def test_staff_reads_steps_and_writes_none(self):
        touch = self.lead().dms_touch_ids
        mine = self.by(self.consultant, touch)
        self.assertTrue(mine.read(["step"]))
        with self.assertRaises(AccessError):
            mine.unlink()

    def test_steps_of_merged_leads_go_on_with_the_one_that_stays(self):
        one, other = self.lead(dms_channel="web"), self.lead(dms_channel="phone")
        kept = (one | other).merge_opportunity()
        self.assertEqual(sorted(self.steps(kept)), ["phone", "web_form"])

    def test_the_way_has_its_first_and_its_last_touch(self):
        lead = self.lead(dms_channel="web")
        lead._dms_touch("walk_in", at="2099-01-01 00:00:00")
        way = self.way(lead)
        self.assertEqual((way.first_step, way.last_step), ("web_form", "walk_in"))
        self.assertEqual((way.first_place, way.last_place), ("online", "store"))
        self.assertEqual(way.online_share, 50)
        self.assertEqual(way.began_online, 100)

    def visitor_who_saw(self, *products):
        tracks = [
            (0, 0, {"product_id": one.id, "visit_datetime": f"2026-01-0{day} 02:00:00"})
            for day, one in enumerate(products, 1)
        ]
        return self.env["website.visitor"].create(
            {"access_token": "f" * 32, "website_track_ids": tracks}
        )

    def test_what_was_looked_at_before_stands_first(self):
        lead = self.lead(dms_channel="web", dms_received_at="2026-02-01")
        visitor = self.visitor_who_saw(self.white, self.black, self.white, self.film)
        lead._dms_follow_visitor(visitor)
        self.assertEqual(self.steps(lead), ["viewed", "viewed", "web_form"])
        self.assertEqual(self.way(lead).first_step, "viewed")
        self.assertEqual(lead.visitor_ids, visitor)

    def test_what_is_known_already_is_not_noted_twice(self):
        lead = self.lead(dms_channel="web")
        visitor = self.visitor_who_saw(self.white)
        lead._dms_follow_visitor(visitor)
        lead._dms_follow_visitor(visitor)
        self.assertEqual(self.steps(lead).count("viewed"), 1)

    def test_a_visitor_whom_the_website_does_not_know_is_no_trouble(self):
        lead = self.lead(dms_channel="web")
        lead._dms_follow_visitor(self.env["website.visitor"])
        self.assertEqual(self.steps(lead), ["web_form"])

    def test_what_the_store_did_is_no_touch_of_the_customer(self):
        lead = self.lead(dms_channel="web")
        lead._dms_touch("offer")
        self.assertEqual(self.way(lead).step_count, 1)

    def test_what_came_after_the_order_did_not_lead_to_it(self):
        lead = self.lead(dms_channel="web", dms_received_at="2026-01-01")
        lead._dms_touch("ordered", at="2026-01-02 00:00:00")
        lead._dms_touch("walk_in", at="2026-01-03 00:00:00")
        self.assertEqual(self.way(lead).last_step, "web_form")

    def test_a_manager_sees_the_ways_of_the_own_store(self):
        mine, others = self.lead(), self.lead(self.store_a2)
        self.env.flush_all()
        ways = self.in_store(self.store_a1, "sales_manager")["dms.attribution"]
        found = ways.search([("id", "in", (mine | others).ids)])
        self.assertEqual(found.ids, mine.ids)

    def test_the_group_admin_sees_the_ways_of_all_stores(self):
        leads = self.lead() | self.lead(self.store_a2) | self.lead(self.store_b1)
        self.env.flush_all()
        ways = self.in_store(self.store_a1, "group_admin")["dms.attribution"]
        found = ways.search([("id", "in", leads.ids)])
        self.assertEqual(set(found.ids), set(leads[:2].ids))

    def test_an_auditor_reads_steps_and_ways_of_the_own_store(self):
        lead = self.lead()
        self.env.flush_all()
        env = self.in_store(self.store_a1, "auditor")
        self.assertTrue(env["dms.lead.touch"].search([("lead_id", "=", lead.id)]))
        self.assertTrue(env["dms.attribution"].search([("id", "=", lead.id)]))

    def test_a_way_has_the_sources_of_its_first_and_last_touch(self):
        fair, video = self.env["utm.source"].create(
            [{"name": "Fair of the town"}, {"name": "Video of the model"}]
        )
        lead = self.lead(dms_channel="web")
        self.env["dms.lead.touch"].create(
            [
                {
                    "lead_id": lead.id,
                    "step": "viewed",
                    "is_online": True,
                    "at": f"{year}-01-01 00:00:00",
                    "source_id": source.id,
                }
                for year, source in ((2020, fair), (2099, video))
            ]
        )
        way = self.way(lead)
        self.assertEqual(way.first_source_id, fair)
        self.assertEqual(way.last_source_id, video)


@tagged("post_install", "-at_install")
class TestStepsOfDrives(DriveCommon):
    """A test drive is a step when it is booked, and when it was driven."""

    def setUp(self):
        super().setUp()
        self.lead = self.env["crm.lead"].create(
            {
                "name": "E5",
                "type": "opportunity",
                "partner_id": self.driver.id,
                "company_id": self.store_a1.id,
                "dms_channel": "phone",
            }
        )

    def steps(self):
        return self.lead.dms_touch_ids.sorted("id").mapped("step")

    def test_who_books_online_makes_a_step_online(self):
        self.book(lead_id=self.lead.id, is_from_web=True)
        self.assertEqual(self.steps(), ["phone", "drive_web"])

    def test_a_drive_that_a_consultant_books_is_a_step_in_the_store(self):
        drive = self.ready(lead_id=self.lead.id, start=fields.Datetime.now())
        drive.hand_out(20)
        drive.bring_back(33)
        self.assertEqual(self.steps(), ["phone", "drive_store", "driven"])
