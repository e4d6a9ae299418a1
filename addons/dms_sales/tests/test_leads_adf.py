import time

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.delivery.signature import signed_headers
from odoo.addons.dms_base.tests.connectors import ConnectorCommon

from .. import adf
from .leads_common import MOBILE, LeadsCommon

SECRET = "site-secret"
PATH = "/dms/hook/S1te"
XML = """<?xml version="1.0" encoding="UTF-8"?>
<?adf version="1.0"?>
<adf><prospect status="new"><id source="web">{number}</id>
<requestdate>2026-03-02T10:15:00+08:00</requestdate>
<vehicle interest="buy" status="new"><year>2026</year><make>Brand</make>
<model>E5-W</model><finance><method>finance</method>
<amount type="total" limit="maximum">180000</amount></finance></vehicle>
<vehicle interest="trade-in" status="used"><year>2018</year><make>Old</make>
<model>Sedan</model><odometer units="km">80000</odometer></vehicle>
<customer><contact><name part="full">{name}</name>
<phone>{phone}</phone></contact><comments>call at noon</comments></customer>
<vendor><vendorname>{vendor}</vendorname></vendor>
<provider><name>Car Site</name></provider></prospect></adf>
"""


def xml(number="L7", name="王芳", phone="13800138000", vendor=""):
    return XML.format(number=number, name=name, phone=phone, vendor=vendor)


class AdfCommon(LeadsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leads = cls.in_store(cls.store_a1)["crm.lead"]

    def found(self, number="web:L7"):
        return self.leads.search([("dms_adf_key", "=", number)])


@tagged("post_install", "-at_install")
class TestAdfIntake(AdfCommon):
    def test_what_the_site_knows_stands_on_the_lead(self):
        self.leads._dms_take_adf(xml(), self.store_a1)
        lead = self.found()
        self.assertEqual(lead.contact_name, "王芳")
        self.assertEqual(lead.phone_sanitized, MOBILE)
        self.assertEqual(lead.dms_channel, "adf")
        self.assertEqual(lead.dms_model_ids, self.white.product_tmpl_id)
        self.assertEqual(lead.dms_payment, "loan")
        self.assertEqual(lead.dms_budget_to, 180_000)
        self.assertEqual(lead.dms_trade_in, "Old Sedan 2018 80000 km")
        self.assertEqual(lead.source_id.name, "Car Site")
        self.assertIn("call at noon", " ".join(lead.message_ids.mapped("body")))

    def test_the_same_number_is_the_same_lead(self):
        self.leads._dms_take_adf(xml(), self.store_a1)
        [again] = self.leads._dms_take_adf(xml(phone="13900139000"), self.store_a1)
        self.assertTrue(again["duplicate"])
        self.assertEqual(len(self.found()), 1)

    def test_a_sender_may_name_a_sister_store_and_no_other(self):
        self.leads._dms_take_adf(xml("L1", vendor="A2"), self.store_a1)
        self.leads._dms_take_adf(xml("L2", vendor="B1"), self.store_a1)
        self.assertEqual(self.found("web:L1").company_id, self.store_a2)
        self.assertEqual(self.found("web:L2").company_id, self.store_a1)

    def test_out_and_in_again_it_is_the_same(self):
        lead = self.lead(
            contact_name="王芳",
            phone="13800138000",
            dms_model_ids=self.white.product_tmpl_id.ids,
            dms_payment="leasing",
            dms_budget_to=175_000,
            dms_has_trade_in=True,
            dms_trade_in="Old Sedan 2018",
        )
        sent = adf.write(lead._dms_adf())
        vals = self.leads._prepare_prospect(adf.parse(sent).prospects[0], self.store_a1)
        for name in ("contact_name", "phone", "dms_payment", "dms_trade_in"):
            self.assertEqual(vals[name], lead[name])
        self.assertEqual(vals["dms_budget_to"], 175_000)
        self.assertEqual(vals["dms_model_ids"], [(4, self.white.product_tmpl_id.id)])


@tagged("post_install", "-at_install")
class TestAdfMail(AdfCommon):
    def arrive(self, body="", attachments=()):
        message = {
            "subject": "Lead",
            "from": "site@example.com",
            "email_from": "site@example.com",
            "body": body,
            "attachments": list(attachments),
        }
        values = {"company_id": self.store_a1.id}
        return self.leads.message_new(message, values)

    def test_an_attachment_is_read(self):
        lead = self.arrive("see file", [("lead.xml", xml().encode(), {})])
        self.assertEqual(lead, self.found())

    def test_the_text_of_a_mail_is_read(self):
        escaped = xml().replace("&", "&amp;").replace("<", "&lt;")
        lead = self.arrive(f"<pre>{escaped}</pre>")
        self.assertEqual(lead, self.found())

    def test_a_broken_one_goes_back_and_is_kept_as_a_mail(self):
        lead = self.arrive("<pre>&lt;adf&gt;&lt;prospect&gt;</pre>")
        self.assertEqual(lead.name, "Lead")
        self.assertFalse(lead.dms_adf_key)
        mail = self.env["mail.mail"].search([], limit=1, order="id desc")
        self.assertEqual(mail.email_to, "site@example.com")
        self.assertIn("Send it again", mail.body_html)

    def test_a_plain_mail_is_a_plain_lead(self):
        lead = self.arrive("<p>I want a car</p>")
        self.assertEqual(lead.name, "Lead")
        self.assertEqual(lead.company_id, self.store_a1)


@tagged("post_install", "-at_install")
class TestAdfHook(AdfCommon, ConnectorCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.site = self.connector(
            provider="adf", code="adf", hook_token="S1te", hook_secret=SECRET
        )

    def post(self, text, key="m-1", secret=SECRET):
        body = text.encode()
        headers = signed_headers(secret, "POST", PATH, key, body, time.time())
        return self.url_open(PATH, data=body, headers=headers)

    def test_a_signed_file_is_a_lead_once(self):
        answer = self.post(xml()).json()
        self.assertEqual(answer["status"], "done")
        self.assertEqual(answer["result"]["leads"][0]["lead"], self.found().id)
        again = self.post(xml(), key="m-2").json()
        self.assertTrue(again["result"]["leads"][0]["duplicate"])
        self.assertEqual(len(self.found()), 1)

    def test_what_is_no_adf_goes_back_with_its_reason(self):
        answer = self.post("<adf><prospect>")
        self.assertEqual(answer.status_code, 400)
        self.assertIn("not_xml", answer.json()["detail"])

    @mute_logger("odoo.addons.dms_base.controllers.hook")
    def test_an_unsigned_file_is_refused(self):
        self.assertEqual(self.post(xml(), secret="wrong").status_code, 401)
        self.assertFalse(self.found())

    def test_a_lead_is_passed_on_as_adf(self):
        lead = self.lead(user=self.consultant, contact_name="王芳", phone=MOBILE)
        self.by(self.manager, lead).action_dms_send_adf()
        [message] = self.env["dms.outbox.message"].search(
            [("connector_id", "=", self.site.id)]
        )
        [prospect] = adf.parse(message._data()["xml"]).prospects
        self.assertEqual(prospect.customer.contact.full_name, "王芳")
