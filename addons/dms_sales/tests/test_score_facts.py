from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .leads_common import LeadsCommon


@tagged("post_install", "-at_install")
class TestScoreFacts(LeadsCommon):
    """What of a lead its score hangs on, and who may see what."""

    def fact(self, name, text, **values):
        lead = self.lead(description=f"<p>{text}</p>", **values)
        return lead._dms_facts().column(name)[0]

    def mail(self, lead, when, text="预算20万"):
        lead.message_post(
            body=text,
            message_type="email",
            author_id=False,
            email_from="li@example.com",
            date=when,
        )

    def test_a_series_is_understood_by_its_short_name(self):
        self.white.categ_id.name = "朗逸 Lavida"
        self.assertEqual(self.fact("models_named", "想看朗逸"), 1)
        self.assertEqual(self.fact("models_named", "a Lavida, please"), 1)

    def test_a_name_counts_in_every_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        model = self.white.product_tmpl_id
        model.with_context(lang="zh_CN").name = "远山"
        self.assertEqual(self.fact("models_named", "远山多少钱"), 1)

    def test_a_brand_the_store_does_not_sell_is_a_rival(self):
        self.env["dms.brand"].create({"name": "长岭 Changling", "code": "RIVAL"})
        self.assertEqual(self.fact("rivals_named", "还在看长岭"), 1)

    def test_a_brand_the_store_sells_is_none(self):
        self.brand.name = "青川"
        self.assertEqual(self.fact("rivals_named", "青川怎么样"), 0)

    def test_comments_of_lead_sites_are_words_of_the_customer(self):
        xml = (
            '<?adf version="1.0"?><adf><prospect><id source="w">9</id><customer>'
            '<contact><name part="full">Li</name><phone>13800138000</phone></contact>'
            "<comments>budget 200k, &lt;b&gt;now</comments></customer></prospect></adf>"
        )
        leads = self.in_store(self.store_a1)["crm.lead"]
        [taken] = leads._dms_take_adf(xml, self.store_a1)
        lead = leads.browse(taken["lead"])
        self.assertEqual(lead._dms_facts().column("budget_named"), [1])
        self.assertNotIn("<b>", lead.description)

    def test_news_lets_a_lead_be_scored_again(self):
        lead = self.lead()
        lead._dms_score()
        lead.dms_score_at -= timedelta(hours=1)
        self.mail(lead, fields.Datetime.now())
        self.assertIn(lead.id, lead._dms_with_news(1000))

    def test_a_mail_dated_tomorrow_does_not_keep_the_job_busy(self):
        lead = self.lead()
        lead._dms_score()
        self.mail(lead, fields.Datetime.now() + timedelta(days=1))
        self.assertNotIn(lead.id, lead._dms_with_news(1000))

    def test_what_comes_after_the_first_days_does_not_score_again(self):
        lead = self.lead()
        lead._dms_score()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = create_date - interval '20 days',"
            " dms_score_at = dms_score_at - interval '1 day' WHERE id = %s",
            [lead.id],
        )
        self.mail(lead, fields.Datetime.now())
        self.assertNotIn(lead.id, lead._dms_with_news(1000))

    def test_closed_leads_are_not_scored_again(self):
        lead = self.lead()
        lead.action_set_lost()
        self.assertNotIn(lead.id, lead._dms_with_news(1000))

    def test_whom_the_lead_belongs_to_scores_it(self):
        lead = self.lead(user=self.consultant)
        self.by(self.consultant, lead).action_dms_score()
        self.assertTrue(lead.dms_score_at)

    def test_who_only_reads_does_not_score(self):
        lead = self.by(self.user("auditor", self.store_a1), self.lead())
        with self.assertRaises(AccessError):
            lead.action_dms_score()

    def test_a_consultant_reads_reasons_and_not_how_they_are_made(self):
        lead = self.lead(user=self.consultant, description="<p>预算20万</p>")
        lead._dms_score()
        mine = self.by(self.consultant, lead)
        self.assertTrue(mine.dms_score_why)
        with self.assertRaises(AccessError):
            mine.dms_score_version_id.read(["content"])

    def test_a_consultant_makes_no_champion(self):
        lead = self.lead(user=self.consultant)
        lead._dms_score()
        version = self.by(self.consultant, lead.dms_score_version_id)
        with self.assertRaises(AccessError):
            version.action_promote()

    def test_scores_of_one_group_say_nothing_of_the_other(self):
        one, other = self.lead(), self.lead(self.store_b1)
        (one | other)._dms_score()
        self.assertNotEqual(one.dms_score_version_id, other.dms_score_version_id)
        stranger = self.user("sales_manager", self.store_b1)
        version = self.by(stranger, one.dms_score_version_id)
        with self.assertRaises(AccessError):
            version.read(["number"])

    def test_odoos_own_score_is_kept_as_it_was_then(self):
        lead = self.lead()
        lead._dms_score()
        before = lead.dms_score_odoo
        lead.probability = 99
        lead._dms_score()
        self.assertEqual(lead.dms_score_odoo, before)


@tagged("post_install", "-at_install")
class TestLeadDoors(LeadsCommon):
    """What comes from a browser is looked up, not believed."""

    def test_the_register_takes_models_only(self):
        visits = self.by(self.consultant, self.env["dms.showroom.visit"])
        other = self.env["product.template"].create({"name": "Mug"})
        ids = [self.white.product_tmpl_id.id, other.id, 10**8]
        visits.register("13800138000", "Li", ids)
        lead = self.env["crm.lead"].search([("phone_sanitized", "=", "+8613800138000")])
        self.assertEqual(lead.dms_model_ids, self.white.product_tmpl_id)

    def test_the_register_refuses_what_is_no_number(self):
        visits = self.by(self.consultant, self.env["dms.showroom.visit"])
        for phone in ("abc", "123", "1380013800", "13800138000x"):
            with self.assertRaisesRegex(Exception, "no telephone number"):
                visits.register(phone)

    def test_a_script_of_a_stranger_is_not_counted(self):
        vals = {"name": "Theirs", "stage": "offer", "body": "…"}
        script = self.env["dms.talk.script"].create(
            vals | {"company_id": self.store_b1.id}
        )
        lead = self.lead(user=self.consultant)
        uses = self.by(self.consultant, self.env["dms.talk.use"])
        with self.assertRaises(AccessError):
            uses.create(
                {
                    "script_id": script.id,
                    "lead_id": lead.id,
                    "company_id": self.store_a1.id,
                }
            )

    def test_a_number_has_one_form_on_leads_and_customers(self):
        lead = self.lead(phone="138-0013-8000")
        partner = self.in_store(self.store_a1)["res.partner"].create(
            {"name": "Li", "phone": "0086 138 0013 8000"}
        )
        self.assertEqual(lead.phone_sanitized, "+8613800138000")
        self.assertEqual(partner.phone_sanitized, lead.phone_sanitized)

    def test_addresses_of_customers_go_to_no_third_party(self):
        job = self.env.ref(
            "crm_iap_enrich.ir_cron_lead_enrichment", raise_if_not_found=False
        )
        waiting = [("cron_id", "=", job.id if job else 0)]
        before = self.env["ir.cron.trigger"].search_count(waiting)
        self.lead(email_from="li@example.com")
        self.assertEqual(self.env["ir.cron.trigger"].search_count(waiting), before)

    def test_abroad_numbers_stay_as_their_country_writes_them(self):
        partner = self.env["res.partner"].create(
            {
                "name": "Ann",
                "phone": "+49 30 901820",
                "country_id": self.env.ref("base.de").id,
            }
        )
        self.assertEqual(partner.phone_sanitized, "+4930901820")
