from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import SalesCommon


@tagged("post_install", "-at_install")
class TestScore(SalesCommon):
    """A lead has a score with its reasons, learnt from the leads of the group."""

    def lead(self, store=None, **vals):
        store = store or self.store_a1
        defaults = {"name": "Lead", "company_id": store.id, "user_id": False}
        return self.env["crm.lead"].create(
            defaults | {"type": "opportunity", "team_id": False} | vals
        )

    def test_a_lead_is_scored_with_reasons_and_version(self):
        keen = self.lead(description="<p>预算20万，这周末来看车，全款</p>")
        idle = self.lead(description="<p>不急，随便看看</p>")
        (keen | idle)._dms_score()
        self.assertGreater(keen.dms_score, idle.dms_score)
        codes = [reason["code"] for reason in keen.dms_score_reasons]
        self.assertIn("budget_named", codes)
        self.assertEqual(keen.dms_score_version_id.origin, "start")

    def test_the_reasons_are_read_in_words(self):
        lead = self.lead(description="<p>budget around 200k, this weekend</p>")
        lead._dms_score()
        consultant = self.by(self.manager, lead)
        self.assertIn("A budget is named", consultant.dms_score_why)

    def test_words_of_customers_count_and_those_of_staff_do_not(self):
        lead = self.lead()
        customer = self.env["res.partner"].create({"name": "Customer"})
        for author in (customer, self.consultant.partner_id):
            lead.message_post(
                body="我要全款", author_id=author.id, message_type="comment"
            )
        self.assertEqual(lead._dms_facts().column("messages"), [1])

    def test_what_came_after_the_first_days_does_not_count(self):
        lead = self.lead()
        customer = self.env["res.partner"].create({"name": "Customer"})
        lead.message_post(
            body="全款",
            author_id=customer.id,
            message_type="comment",
            date=fields.Datetime.now() + timedelta(days=15),
        )
        self.assertEqual(lead._dms_facts().column("messages"), [0])

    def test_leads_without_news_are_not_scored_again(self):
        lead = self.lead()
        self.assertIn(lead.id, lead._dms_with_news(1000))
        lead._dms_score()
        self.assertNotIn(lead.id, lead._dms_with_news(1000))

    def test_without_its_learner_nothing_is_scored(self):
        self.env.ref("dms_sales.dms_learner_intent").active = False
        lead = self.lead()
        lead._dms_score()
        self.env["crm.lead"]._cron_dms_score()
        self.assertFalse(lead.dms_score_at)

    def test_the_queries_do_not_grow_with_the_leads(self):
        self.lead()._dms_score()
        one, many = self.lead(), self.env["crm.lead"]
        for _ in range(20):
            many |= self.lead()
        counts = []
        for leads in (one, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads._dms_facts()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_a_group_learns_from_its_own_leads(self):
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        for number in range(60):
            text = "<p>预算20万，全款，这周末</p>" if number % 2 else "<p>随便看看</p>"
            lead = self.lead(description=text)
            if number % 2:
                lead.stage_id = won
            else:
                lead.action_set_lost()
        learner = self.env.ref("dms_sales.dms_learner_intent")
        learner.min_examples = 40
        training = self.env["dms.learner.training"].create(
            {"learner_id": learner.id, "company_id": self.store_a1.id}
        )
        training._train_safely()
        self.assertEqual(training.state, "done", training.message)
        self.assertEqual(training.version_id._figure("auc"), 1)
        lead = self.lead(self.store_a2)
        lead._dms_score()
        self.assertEqual(lead.dms_score_version_id, training.version_id)
        other = self.lead(self.store_b1)
        other._dms_score()
        self.assertEqual(other.dms_score_version_id.origin, "start")
