import json
import threading
import time

import requests

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..delivery import canonical_json, register
from ..delivery.http_json import HttpJson
from ..delivery.registry import _providers
from ..delivery.signature import signed_headers
from .committed import CommittedMessages
from .connectors import ConnectorCommon
from .processes import say_so_far, started

NAMELESS = "A contact needs a name."
SECRET = "hook-secret"
LOGGERS = ("odoo.addons.dms_base.models.dms_inbox_message", "odoo.http", "odoo.sql_db")


def signed(path, body, key="m-1", secret=SECRET, now=None):
    return signed_headers(secret, "POST", path, key, body, now or time.time())


class ContactProvider(HttpJson):
    """Each message creates a contact."""

    def receive(self, message):
        if message._data() == "fail":
            message.env["res.partner"].create({"name": "Half done"})
            raise ValueError("no contact is called so")
        name = message._data()["name"]
        if not name:
            raise UserError(NAMELESS)
        return {"contact": message.env["res.partner"].create({"name": name}).id}


@tagged("post_install", "-at_install")
class TestHook(ConnectorCommon, HttpCase):
    """What comes in is checked, stored and done once."""

    def setUp(self):
        super().setUp()
        register("test_contact", "Contact of a test")(ContactProvider)
        self.addCleanup(_providers.pop, "test_contact")
        self.maker = self.connector(
            provider="test_contact", hook_token="T0ken", hook_secret=SECRET
        )

    def post(self, data, path="/dms/hook/T0ken", headers=None, **options):
        body = data if isinstance(data, bytes) else self._body(data)
        headers = headers or signed(path, body, **options)
        return self.url_open(path, data=body, headers=headers)

    def _body(self, data):
        return canonical_json({"kind": "contact.made", "data": data})

    def contacts(self, name="Zhang"):
        return self.env["res.partner"].search([("name", "=", name)])

    def assertRefused(self, response, status, code):
        self.assertEqual(
            (response.status_code, response.json()["error"]), (status, code)
        )
        self.assertTrue(response.json()["detail"])
        self.assertFalse(self.env["dms.inbox.message"].search([]))
        self.assertFalse(self.contacts())

    # What is good

    def test_a_signed_message_is_done(self):
        response = self.post({"name": "Zhang"})
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json()["result"], {"contact": self.contacts().id})
        self.assertFalse(response.json()["duplicate"])

    def test_it_is_stored_in_the_store_of_the_connector(self):
        self.post({"name": "Zhang"})
        self.assertRecordValues(
            self.env["dms.inbox.message"].search([]),
            [
                {
                    "connector_id": self.maker.id,
                    "company_id": self.store_a1.id,
                    "kind": "contact.made",
                    "sender_key": "m-1",
                    "state": "done",
                    "attempts": 1,
                }
            ],
        )

    def test_what_it_does_is_done_by_the_system(self):
        self.post({"name": "Zhang"})
        self.assertEqual(self.contacts().create_uid, self.env.ref("base.user_root"))

    def test_a_repeated_message_gets_the_first_answer(self):
        first = self.post({"name": "Zhang"}).json()
        again = self.post({"name": "Zhang"}).json()
        self.assertEqual(len(self.contacts()), 1)
        self.assertEqual(again, first | {"duplicate": True})

    def test_the_very_same_request_changes_nothing(self):
        body = self._body({"name": "Zhang"})
        headers = signed("/dms/hook/T0ken", body)
        answers = [self.post(body, headers=headers).status_code for _ in range(2)]
        self.assertEqual(answers, [200, 200])
        self.assertEqual(len(self.contacts()), 1)

    def test_the_query_is_part_of_what_is_signed(self):
        self.assertEqual(
            self.post({"name": "Zhang"}, path="/dms/hook/T0ken?a=1").status_code, 200
        )

    def test_answers_are_readable_in_any_language(self):
        response = self.post({"name": "张"})
        self.assertEqual(response.json()["result"]["contact"], self.contacts("张").id)

    # What is not

    def test_an_unknown_address(self):
        response = self.post({"name": "Zhang"}, path="/dms/hook/other")
        self.assertRefused(response, 404, "unknown")

    def test_a_connector_that_was_never_activated(self):
        self.maker.state = "draft"
        self.assertRefused(self.post({"name": "Zhang"}), 404, "unknown")

    def test_another_secret(self):
        response = self.post({"name": "Zhang"}, secret="guess")
        self.assertRefused(response, 401, "wrong")

    def test_a_connector_without_secret_accepts_nothing(self):
        self.maker.hook_secret = False
        self.assertRefused(self.post({"name": "Zhang"}, secret=""), 401, "wrong")

    def test_no_signature(self):
        response = self.post({"name": "Zhang"}, headers={"Idempotency-Key": "m-1"})
        self.assertRefused(response, 401, "missing")

    def test_a_changed_body(self):
        headers = signed("/dms/hook/T0ken", self._body({"name": "Li"}))
        response = self.post({"name": "Zhang"}, headers=headers)
        self.assertRefused(response, 401, "wrong")

    def test_a_message_that_is_too_old(self):
        response = self.post({"name": "Zhang"}, now=time.time() - 400)
        self.assertRefused(response, 401, "outside_window")

    def test_a_message_from_the_future(self):
        response = self.post({"name": "Zhang"}, now=time.time() + 400)
        self.assertRefused(response, 401, "outside_window")

    def test_what_is_not_agreed_on(self):
        for body in (b"{", b"[]", b'{"data": 1}'):
            with self.subTest(body=body):
                self.assertRefused(self.post(body), 400, "malformed")

    def test_a_header_that_cannot_be_read(self):
        headers = signed("/dms/hook/T0ken", b"{}") | {"DMS-Nonce": "x"}
        self.assertRefused(self.post(b"{}", headers=headers), 400, "malformed")

    def test_a_body_that_is_too_large(self):
        with mute_logger("odoo.http"):
            self.assertEqual(self.post(b"x" * 1_000_001).status_code, 413)
        self.assertFalse(self.env["dms.inbox.message"].search([]))

    def test_a_connector_that_takes_no_messages(self):
        self.maker.provider = "webhook"
        self.assertRefused(self.post({"name": "Zhang"}), 400, "malformed")

    def test_a_nonce_of_another_message(self):
        body = self._body({"name": "Zhang"})
        self.post(body, key="m-1")
        nonce = self.env["dms.inbox.message"].search([]).nonce
        headers = self._signed_with(nonce, body, "m-2")
        response = self.post(body, headers=headers)
        self.assertEqual(
            (response.status_code, response.json()["error"]), (409, "replayed")
        )
        self.assertEqual(len(self.contacts()), 1)

    def _signed_with(self, nonce, body, key):
        from ..delivery.signature import Signable

        now = str(int(time.time()))
        text = Signable("POST", "/dms/hook/T0ken", now, nonce, key, body)
        return {
            "DMS-Timestamp": now,
            "DMS-Nonce": nonce,
            "Idempotency-Key": key,
            "DMS-Signature": f"v1={text.signature(SECRET)}",
        }

    def test_a_key_of_another_content(self):
        self.post({"name": "Zhang"})
        response = self.post({"name": "Li"})
        self.assertEqual(
            (response.status_code, response.json()["error"]), (409, "key_reused")
        )
        self.assertFalse(self.contacts("Li"))

    def test_it_takes_posts_only(self):
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open("/dms/hook/T0ken").status_code, 405)

    # Secrets

    def test_the_old_secret_stays_good_for_a_day(self):
        action = self.maker.with_user(self.admin).action_new_hook_secret()
        new = action["context"]["dms_secret"]
        self.assertEqual(
            self.post({"name": "A"}, key="m-1", secret=new).status_code, 200
        )
        self.assertEqual(self.post({"name": "B"}, key="m-2").status_code, 200)
        self.maker.hook_old_secret_until = "2020-01-01 00:00:00"
        self.assertEqual(self.post({"name": "C"}, key="m-3").status_code, 401)

    def test_the_first_secret_makes_the_address(self):
        connector = self.connector(code="new")
        self.assertFalse(connector.hook_url)
        connector.action_new_hook_secret()
        self.assertIn("/dms/hook/", connector.hook_url)

    def test_a_new_secret_is_shown_once(self):
        action = self.maker.with_user(self.admin).action_new_hook_secret()
        shown = self.env["dms.secret.show"].with_context(**action["context"])
        self.assertEqual(shown.new().secret, action["context"]["dms_secret"])
        self.assertFalse(self.env["dms.secret.show"].new().secret)

    # What fails

    @mute_logger(*LOGGERS)
    def test_a_message_that_cannot_be_done_is_kept_and_accepted(self):
        response = self.post("fail")
        self.assertEqual(
            (response.status_code, response.json()["status"]), (202, "accepted")
        )
        message = self.env["dms.inbox.message"].search([])
        self.assertEqual(message.state, "failed")
        self.assertIn("no contact is called so", message.error)

    @mute_logger(*LOGGERS)
    def test_a_reason_made_for_people_stands_alone(self):
        self.post({"name": ""})
        message = self.env["dms.inbox.message"].search([])
        self.assertEqual(message.error, NAMELESS)

    @mute_logger(*LOGGERS)
    def test_a_message_nobody_reads_says_what_to_do(self):
        self.maker.provider = "http_json"
        self.assertEqual(self.post({"name": "Zhang"}).status_code, 202)
        message = self.env["dms.inbox.message"].search([])
        self.assertIn("install the addon", message.error)

    @mute_logger(*LOGGERS)
    def test_what_a_failed_one_has_done_is_undone(self):
        self.post("fail")
        self.assertFalse(self.contacts("Half done"))

    @mute_logger(*LOGGERS)
    def test_repeating_it_does_not_try_again(self):
        self.post("fail")
        self.assertEqual(self.post("fail").status_code, 202)
        self.assertEqual(self.env["dms.inbox.message"].search([]).attempts, 1)

    @mute_logger(*LOGGERS)
    def test_it_is_tried_again_by_us(self):
        self.post("fail")
        message = self.env["dms.inbox.message"].search([])
        message.payload = '{"name": "Zhang"}'  # the reason is gone
        message.next_attempt_at = "2999-01-01 00:00:00"  # chance may say: at once
        self._handle_failed()
        self.assertEqual((message.state, message.attempts), ("failed", 1))
        message.next_attempt_at = "2020-01-01 00:00:00"
        self._handle_failed()
        self.assertEqual((message.state, message.attempts), ("done", 2))
        self.assertEqual(len(self.contacts()), 1)
        self.assertEqual(self.post("fail").status_code, 200)

    @mute_logger(*LOGGERS)
    def test_it_is_given_up_in_the_end(self):
        self.post("fail")
        message = self.env["dms.inbox.message"].search([])
        message.write({"attempts": 11, "next_attempt_at": "2020-01-01 00:00:00"})
        self._handle_failed()
        self.assertEqual((message.state, message.next_attempt_at), ("dead", False))

    @mute_logger(*LOGGERS)
    def test_a_person_has_it_tried_again(self):
        self.post("fail")
        message = self.env["dms.inbox.message"].search([])
        message.write({"state": "dead", "payload": '{"name": "Zhang"}'})
        message.with_user(self.admin).action_replay()
        self.assertEqual(message.state, "done")
        message.with_user(self.admin).action_replay()
        self.assertEqual(len(self.contacts()), 1)

    def _handle_failed(self):
        cron = self.env.ref("dms_base.ir_cron_inbox")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestHookTogether(CommittedMessages):
    """One effect, with real processes, transactions and calls at the same moment."""

    NAME = "Inbox race"

    def setUp(self):
        super().setUp()
        self.connector_id = self.make_connector(hook_token="R4ce", hook_secret=SECRET)
        with self.transaction() as env:
            env.cr.execute("UPDATE dms_connector SET provider = 'test_contact'")
        self.addCleanup(self._forget_contacts)

    def _forget_contacts(self):
        with self.transaction() as env:
            env["res.partner"].search([("name", "=", self.NAME)]).unlink()

    def _post(self, url, pause_s=0.0, answers=None):
        data = {"name": self.NAME, "pause_s": pause_s}
        body = json.dumps({"kind": "contact.made", "data": data}).encode()
        path = "/dms/hook/R4ce"
        headers = signed(path, body)
        call = requests.Request("POST", url + path, headers, data=body).prepare()
        try:
            answer = requests.adapters.HTTPAdapter().send(call, timeout=60)
            self.assertIsNotNone(answer.content, "read while the server lives")
        except requests.RequestException as error:
            answer = error
        if answers is not None:
            answers.append(answer)
        return answer

    def _contacts(self):
        with self.transaction() as env:
            return env["res.partner"].search_count([("name", "=", self.NAME)])

    def test_two_calls_at_the_same_moment(self):
        answers = []
        with started("hook_server") as server:
            url = say_so_far(server, "http")
            calls = [
                threading.Thread(target=self._post, args=(url, 1.5, answers))
                for _ in range(2)
            ]
            for call in calls:
                call.start()
            for call in calls:
                call.join(60)
        self.assertEqual([answer.status_code for answer in answers], [200, 200])
        results = [answer.json() for answer in answers]
        self.assertEqual(sorted(r["duplicate"] for r in results), [False, True])
        self.assertEqual(results[0]["result"], results[1]["result"])
        self.assertEqual(self._contacts(), 1)

    def test_a_server_killed_before_the_commit(self):
        with started("hook_server") as server:
            url = say_so_far(server, "http")
            call = threading.Thread(target=self._post, args=(url, 60))
            call.start()
            say_so_far(server, "acted")
            server.kill()
            call.join(60)
        self.assertEqual(self._contacts(), 0)
        with started("hook_server") as server:
            url = say_so_far(server, "http")
            self.assertFalse(self._repeat(url).json()["duplicate"])
            self.assertTrue(self._repeat(url).json()["duplicate"])
        self.assertEqual(self._contacts(), 1)

    def _repeat(self, url):
        return self._post(url)
