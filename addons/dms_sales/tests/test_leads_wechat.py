import base64
import hashlib
import time
from datetime import timedelta
from urllib.parse import urlencode

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.connectors import ConnectorCommon

from dms_simulator import Fault
from dms_simulator.wechat import GIF, WeChatPlatform

from ..connectors import wechat_client
from ..wechat import Tokens
from .leads_common import MOBILE, LeadsCommon

TOKEN = "callbacktoken"
KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")
LI, WANG = "oLI_0000000000000000000000001", "oWANG_000000000000000000000002"
NOISY = "odoo.addons.dms_sales.controllers.wechat"


class WeChatCommon(LeadsCommon, ConnectorCommon, HttpCase):
    """An account of A1 at a platform on this machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.platform = cls.enterClassContext(WeChatPlatform())
        cls.leads = cls.in_store(cls.store_a1)["crm.lead"]

    def setUp(self):
        super().setUp()
        self.patch(wechat_client, "TOKENS", Tokens())
        self.platform.sent.clear()
        self.platform.silent.clear()
        self.platform.faults.clear()
        self.account = self.wechat(self.store_a1, "A1")

    def wechat(self, store, name, **vals):
        return self.connector(
            self.platform.url,
            store,
            **{
                "provider": "wechat",
                "code": "wechat",
                "may_repeat": False,
                "account": self.platform.app_id,
                "wechat_secret": self.platform.secret,
                "hook_token": f"wx{name}",
                "hook_secret": TOKEN,
            }
            | vals,
        )

    def call(self, xml, hook="wxA1", token=TOKEN, key="", query=None):
        given, body = self.platform.callback(xml, token, key)
        path = f"/dms/wechat/{hook}?{urlencode(given | (query or {}))}"
        return self.url_open(path, data=body, headers={"Content-Type": "text/xml"})

    def say(self, sender, text, **options):
        """Let a customer write, and return the open lead."""
        answer = self.call(self.platform.text(sender, text), **options)
        self.assertEqual((answer.status_code, answer.text), (200, "success"))
        self.env.invalidate_all()
        return self.of(sender)

    def of(self, sender):
        return self.leads.search([("dms_wechat_open_id", "=", sender)])

    def words(self, lead):
        return [str(one.body) for one in lead.message_ids.sorted("id")]


@tagged("post_install", "-at_install")
class TestWeChatDoor(WeChatCommon):
    """Who may call, and how often it counts."""

    def greet(self, hook="wxA1", token=TOKEN, age=0, **query):
        given, _body = self.platform.callback("<xml/>", token)
        if age:
            stamp = str(int(time.time()) - age)
            given = {
                "timestamp": stamp,
                "nonce": "7",
                "signature": _sign(token, stamp, "7"),
            }
        return self.url_open(
            f"/dms/wechat/{hook}?{urlencode(given | {'echostr': '4711'} | query)}"
        )

    def test_the_platform_gets_its_echo(self):
        answer = self.greet()
        self.assertEqual((answer.status_code, answer.text), (200, "4711"))
        self.assertIn("text/plain", answer.headers["Content-Type"])

    @mute_logger(NOISY)
    def test_nobody_else_gets_one(self):
        self.assertEqual(self.greet(token="other").status_code, 401)
        self.assertEqual(self.greet(signature="").status_code, 401)
        self.assertEqual(self.greet(age=400).status_code, 401)
        self.assertEqual(self.greet("nohook").status_code, 404)

    def test_what_is_not_active_yet_is_not_there(self):
        self.account.state = "draft"
        self.assertEqual(self.greet().status_code, 404)

    def test_another_kind_of_connector_is_not_there(self):
        self.connector(code="maker", hook_token="maker", hook_secret=TOKEN)
        self.assertEqual(self.greet("maker").status_code, 404)

    def test_a_message_is_a_lead(self):
        lead = self.say(LI, "E5多少钱？")
        self.assertEqual(lead.dms_channel, "wechat")
        self.assertEqual(lead.company_id, self.store_a1)
        self.assertIn("E5多少钱", " ".join(self.words(lead)))

    def test_a_repetition_changes_nothing(self):
        xml = self.platform.text(LI, "多少钱")
        for _time in range(3):
            self.assertEqual(self.call(xml).text, "success")
        lead = self.of(LI)
        self.assertEqual(len(lead), 1)
        self.assertEqual(sum("多少钱" in body for body in self.words(lead)), 1)

    def test_sealed_messages_are_read_in_safe_mode(self):
        self.account.wechat_key = KEY
        lead = self.say(LI, "想试驾", key=KEY)
        self.assertIn("想试驾", " ".join(self.words(lead)))

    def test_a_sealed_repetition_changes_nothing(self):
        self.account.wechat_key = KEY
        xml = self.platform.text(LI, "多少钱")
        for _time in range(2):
            self.assertEqual(self.call(xml, key=KEY).text, "success")
        self.assertEqual(len(self.of(LI)), 1)

    @mute_logger(NOISY)
    def test_in_safe_mode_nothing_plain_is_taken(self):
        self.account.wechat_key = KEY
        answer = self.call(self.platform.text(LI, "?"))
        self.assertEqual((answer.status_code, answer.json()["error"]), (401, "plain"))
        self.assertFalse(self.of(LI))

    @mute_logger(NOISY)
    def test_a_message_that_nobody_signed_is_refused(self):
        answer = self.call(self.platform.text(LI, "?"), token="guess")
        self.assertEqual(answer.json()["error"], "signature")
        self.assertFalse(self.of(LI))

    @mute_logger(NOISY)
    def test_a_signature_carries_one_message(self):
        """Who saw a callback cannot say something else with it."""
        query, _body = self.platform.callback("<xml/>", TOKEN)
        self.call(self.platform.text(LI, "?"), query=query)
        answer = self.call(self.platform.text(WANG, "!"), query=query)
        self.assertEqual(answer.status_code, 409)
        self.assertFalse(self.of(WANG))

    @mute_logger(NOISY)
    def test_what_is_no_message_goes_back(self):
        for xml in (" ", "no xml", "<xml><MsgType>text</MsgType></xml>"):
            self.assertEqual(self.call(xml).json()["error"], "xml")
        self.assertEqual(self.call("x" * 100_001).status_code, 413)

    def test_the_general_hook_does_not_take_it(self):
        answer = self.url_open("/dms/hook/wxA1", data=b"<xml/>")
        self.assertIn(answer.status_code, (400, 401))

    def test_it_is_answered_before_the_platform_calls_again(self):
        self.say(LI, "第一次")
        start = time.monotonic()
        self.say(WANG, "我的电话13800138000，想看E5")
        self.assertLess(time.monotonic() - start, 5)

    def test_a_message_costs_few_queries(self):
        lead = self.say(LI, "第一次")
        said = {"sender": LI, "kind": "text", "text": "又来了", "media": ""}
        self.leads._dms_take_wechat(self.account, said)
        lead.flush_recordset()
        with self.assertQueryCount(40):
            self.leads._dms_take_wechat(self.account, said)


@tagged("post_install", "-at_install")
class TestWeChatLead(WeChatCommon):
    """Which lead a message belongs to."""

    def test_the_same_customer_stays_on_the_same_lead(self):
        one = self.say(LI, "第一次")
        other = self.say(LI, "第二次")
        self.assertEqual(one, other)
        self.assertEqual(len(one), 1)

    def test_two_customers_have_two_leads(self):
        self.assertNotEqual(self.say(LI, "?"), self.say(WANG, "?"))

    def test_a_number_in_the_text_is_the_leads_number(self):
        lead = self.say(LI, "我姓李")
        self.assertFalse(lead.phone_sanitized)
        self.assertEqual(self.say(LI, "电话138 0013 8000").phone_sanitized, MOBILE)

    def test_a_number_with_a_lead_joins_it(self):
        known = self.lead(user=self.consultant, phone=MOBILE, contact_name="李娜")
        lead = self.say(LI, "我是13800138000")
        self.assertEqual(lead, known)
        self.assertEqual(lead.user_id, self.consultant)

    def test_a_number_told_later_makes_one_of_two(self):
        known = self.lead(user=self.consultant, phone=MOBILE, contact_name="李娜")
        first = self.say(LI, "在吗")
        self.assertNotEqual(first, known)
        self.say(LI, "我的电话13800138000")
        [lead] = (first | known).exists()
        self.assertEqual(lead.dms_wechat_open_id, LI)
        self.assertEqual(lead.phone_sanitized, MOBILE)
        self.assertEqual(lead.user_id, self.consultant)
        self.assertIn("在吗", " ".join(self.words(lead)))

    def test_merging_by_hand_keeps_the_way_to_the_customer(self):
        known = self.lead(user=self.consultant, phone=MOBILE)
        lead = (self.say(LI, "在吗") | known)._merge_opportunity()
        self.assertEqual(lead.dms_wechat_open_id, LI)
        self.assertEqual(lead.sudo().dms_wechat_connector_id, self.account)

    def test_who_was_lost_and_writes_again_is_a_new_lead(self):
        lost = self.say(LI, "第一次")
        lost.action_set_lost()
        again = self.say(LI, "又来了")
        self.assertEqual(len(again - lost), 1)

    def test_a_customer_has_one_open_lead_at_the_account(self):
        lost = self.say(LI, "第一次")
        lost.action_set_lost()
        self.say(LI, "又来了")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            lost.action_restore()
            lost.flush_recordset()

    def test_the_words_count_as_the_customers(self):
        lead = self.say(LI, "预算15万，贷款")
        [said] = lead._dms_messages()[lead.id]
        self.assertIn("预算15万", said)
        self.assertEqual(lead.dms_clock, "running" if lead.dms_due_at else False)

    def test_a_customers_message_is_no_answer(self):
        self.assertFalse(self.say(LI, "在吗").dms_answered_at)

    def test_it_is_given_to_a_consultant(self):
        self.assertEqual(self.say(LI, "在吗").user_id.company_id, self.store_a1)

    def test_markup_is_text(self):
        lead = self.say(LI, "<img src=x onerror=alert(1)>")
        self.assertNotIn("<img", " ".join(self.words(lead)))

    def test_following_is_no_lead(self):
        self.call(self.platform.message(LI, "event", Event="subscribe"))
        self.assertFalse(self.of(LI))

    def test_who_unfollows_cannot_be_answered(self):
        lead = self.say(LI, "在吗")
        self.call(self.platform.message(LI, "event", Event="unsubscribe"))
        self.env.invalidate_all()
        self.assertFalse(lead.dms_wechat_at)
        with self.assertRaisesRegex(UserError, "48 hours"):
            self.leads.browse(lead.id).dms_answer_wechat("还在吗")

    def test_an_image_is_attached(self):
        self.call(self.platform.image(LI))
        self.deliver()
        lead = self.of(LI)
        [file] = lead.message_ids.attachment_ids
        self.assertEqual(file.raw, GIF)
        self.assertEqual(file.mimetype, "image/gif")

    def test_no_other_file_is_attached(self):
        self.call(self.platform.image(LI, b"<svg onload='alert(1)'/>"))
        self.deliver()
        lead = self.of(LI)
        self.assertFalse(lead.message_ids.attachment_ids)
        self.assertIn("look in WeChat", " ".join(self.words(lead)))


@tagged("post_install", "-at_install")
class TestWeChatAnswer(WeChatCommon):
    """What staff answer."""

    def setUp(self):
        super().setUp()
        lead = self.say(LI, "多少钱")
        lead.user_id = self.consultant
        self.mine = self.by(self.consultant, lead)

    def answer(self, text="您好，16.89万起"):
        self.mine.dms_answer_wechat(text)
        self.deliver()

    def test_an_answer_reaches_the_phone_and_stops_the_clock(self):
        self.answer()
        self.assertEqual(
            self.platform.sent, [{"touser": LI, "text": "您好，16.89万起"}]
        )
        self.assertTrue(self.mine.dms_answered_at)
        self.assertIn("16.89万起", self.words(self.mine)[-1])

    def test_the_window_sends_it(self):
        action = self.mine.action_dms_wechat()
        answers = self.env["dms.wechat.answer"].with_user(self.consultant)
        form = Form(answers.with_context(**action["context"]))
        form.text = "您好"
        form.save().action_send()
        self.deliver()
        self.assertEqual(self.platform.sent, [{"touser": LI, "text": "您好"}])

    def test_an_empty_or_a_long_answer_is_refused(self):
        with self.assertRaisesRegex(UserError, "Write an answer"):
            self.mine.dms_answer_wechat("  ")
        with self.assertRaisesRegex(UserError, "2048 bytes"):
            self.mine.dms_answer_wechat("长" * 700)

    def test_after_48_hours_it_is_refused(self):
        self.mine.sudo().dms_wechat_at = fields.Datetime.now() - timedelta(hours=49)
        with self.assertRaisesRegex(UserError, "48 hours"):
            self.mine.dms_answer_wechat("您好")

    def test_a_lead_of_another_channel_has_no_answer(self):
        lead = self.by(self.consultant, self.lead(user=self.consultant))
        with self.assertRaisesRegex(UserError, "48 hours"):
            lead.dms_answer_wechat("您好")

    def test_an_account_that_is_paused_sends_nothing(self):
        self.account.state = "paused"
        with self.assertRaisesRegex(UserError, "not in use"):
            self.mine.dms_answer_wechat("您好")

    def test_what_the_platform_refuses_is_told_on_the_lead(self):
        self.platform.silent.add(LI)
        self.answer()
        self.assertFalse(self.platform.sent)
        note = self.mine.message_ids.sorted("id")[-1]
        self.assertIn("did not reach", note.body)
        self.assertIn("45015", note.body)
        self.assertIn(self.consultant.partner_id, note.partner_ids)

    def test_an_answer_that_may_have_arrived_is_not_sent_twice(self):
        self.answer("第一")
        self.platform.faults.add(Fault(drop="after"))
        self.answer("第二")
        texts = [one["text"] for one in self.platform.sent]
        self.assertEqual(texts, ["第一", "第二"])
        messages = self.env["dms.outbox.message"].search([("kind", "like", "wechat")])
        self.assertEqual(messages.sorted("id")[-1].state, "dead")

    def test_a_token_that_ended_is_renewed(self):
        self.answer("第一")
        self.platform.forget_tokens()
        self.answer("第二")
        self.assertEqual(len(self.platform.sent), 2)

    def test_the_token_is_in_no_message(self):
        self.platform.faults.last(Fault(status=500))
        self.answer()
        message = self.env["dms.outbox.message"].search([])[:1]
        for token in self.platform.tokens:
            self.assertNotIn(token, str(message.read()))

    def test_a_colleague_without_the_lead_does_not_answer(self):
        other = self.by(self.seller("colleague"), self.mine)
        with self.assertRaises(AccessError):
            other.dms_answer_wechat("您好")

    def test_the_auditor_does_not_answer(self):
        auditor = self.user("auditor", self.store_a1)
        with self.assertRaises(AccessError):
            self.by(auditor, self.mine).dms_answer_wechat("您好")


@tagged("post_install", "-at_install")
class TestWeChatAccounts(WeChatCommon):
    """Two stores, two accounts."""

    def setUp(self):
        super().setUp()
        self.second = self.wechat(self.store_b1, "B1")

    def test_each_store_takes_what_comes_to_its_account(self):
        one = self.say(LI, "这里是A1")
        self.call(self.platform.text(LI, "这里是B1"), hook="wxB1")
        self.env.invalidate_all()
        leads = self.env["crm.lead"].search([("dms_wechat_open_id", "=", LI)])
        self.assertEqual(leads.company_id, self.store_a1 | self.store_b1)
        self.assertNotIn("B1", " ".join(self.words(one)))

    @mute_logger(NOISY)
    def test_the_token_of_one_account_opens_no_other(self):
        self.second.hook_secret = "othertoken"
        answer = self.call(self.platform.text(LI, "?"), hook="wxB1")
        self.assertEqual(answer.status_code, 401)

    def test_a_stranger_neither_sees_nor_answers_it(self):
        lead = self.say(LI, "这里是A1")
        stranger = self.user_of_all_roles(self.store_b1)
        theirs = self.by(stranger, lead)
        with self.assertRaises(AccessError):
            theirs.dms_answer_wechat("您好")
        found = self.by(stranger, self.env["crm.lead"]).search(
            [("dms_wechat_open_id", "=", LI)]
        )
        self.assertFalse(found)
        with self.assertRaises(AccessError):
            self.env["dms.wechat.answer"].with_user(stranger).create(
                {"lead_id": lead.id, "text": "您好"}
            ).action_send()

    def test_an_answer_goes_by_the_account_that_was_written_to(self):
        """Also when a sister store has taken the lead over."""
        lead = self.say(LI, "这里是A1")
        lead.write({"user_id": False, "team_id": False})
        lead.company_id = self.store_a2
        seller = self.user("sales_consultant", self.store_a2)
        lead.with_company(self.store_a2).user_id = seller
        self.by(seller, lead).dms_answer_wechat("您好，A2为您服务")
        message = self.env["dms.outbox.message"].search([], limit=1, order="id desc")
        self.assertEqual(message.connector_id, self.account)

    def test_a_consultant_does_not_read_which_account_it_is(self):
        lead = self.by(self.consultant, self.say(LI, "?"))
        with self.assertRaises(AccessError):
            lead.read(["dms_wechat_connector_id"])


@tagged("post_install", "-at_install")
class TestWeChatSettings(WeChatCommon):
    """What a group admin enters."""

    def test_it_is_made_in_the_form(self):
        connectors = self.env["dms.connector"].with_user(self.admin)
        self.account.unlink()
        with Form(connectors) as form:
            form.name = "服务号"
            form.provider = "wechat"
            form.account = "wx1"
            form.wechat_secret = "s"
        connector = form.record
        self.assertFalse(connector.may_repeat)
        self.assertEqual(connector.endpoint, "https://api.weixin.qq.com")
        self.assertFalse(connector.missing_credentials)

    def test_without_secret_it_is_not_activated(self):
        self.account.write({"wechat_secret": False, "state": "draft"})
        with self.assertRaisesRegex(UserError, "AppSecret"):
            self.account.action_activate()

    def test_repeating_is_not_safe(self):
        with self.assertRaisesRegex(ValidationError, "Repeats"):
            self.account.may_repeat = True

    def test_a_key_has_43_characters(self):
        with self.assertRaisesRegex(ValidationError, "43"):
            self.account.wechat_key = "short"

    def test_secrets_are_not_read(self):
        self.account.wechat_key = KEY
        values = self.account.with_user(self.admin).read(
            ["wechat_secret", "wechat_key"]
        )[0]
        self.assertEqual({values["wechat_secret"], values["wechat_key"]}, {"********"})

    def test_another_address_does_not_get_the_secret(self):
        self.account.endpoint = "https://mine.example"
        self.assertFalse(self.account.wechat_secret)

    def test_the_token_is_what_the_platforms_form_takes(self):
        secret = self.account._dms_new_hook_secret()
        self.assertRegex(secret, r"^[a-z0-9]{32}$")
        self.assertIn("/dms/wechat/wxA1", self.account.hook_url)

    def test_the_old_token_is_good_for_a_day(self):
        self.account._dms_new_hook_secret()
        self.assertTrue(self.say(LI, "旧令牌"))

    def test_the_connection_is_tested(self):
        action = self.account.action_test_connection()
        self.assertEqual(action["params"]["type"], "success")
        self.account.wechat_secret = "wrong"
        action = self.account.action_test_connection()
        self.assertIn("40125", action["params"]["message"])


def _sign(*parts):
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()
