"""A bank co-signs by its own login or key, over real HTTP."""

import re
from datetime import timedelta

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .certificate_common import CertificateCommon
from .test_portal import FITS

NOISE = (
    "odoo.http",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
)


class BankCase(CertificateCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper = cls.at_bank()
        cls.foreign = cls.certificate()
        cls.pledge(cls.foreign, cls.other_bank)

    @classmethod
    def key(cls, user):
        """Return an API key as a bank makes it for its program."""
        keys = cls.env["res.users.apikeys"].with_user(user)
        expiry = fields.Datetime.now() + timedelta(hours=12)
        return keys._generate(None, "program of the bank", expiry)


@tagged("post_install", "-at_install")
class TestBankProgram(BankCase):
    def json2(self, user, model, method, **arguments):
        response = self.url_open(
            f"/json/2/{model}/{method}",
            headers={"Authorization": f"bearer {self.key(user)}"},
            json=arguments,
        )
        return response.status_code, response.json()

    def xmlrpc(self, user, model, method, *arguments):
        return self.xmlrpc_object.execute_kw(
            self.env.cr.dbname, user.id, self.key(user), model, method, arguments
        )

    def test_json2_lists_what_is_pledged_to_the_bank_only(self):
        status, rows = self.json2(
            self.banker, "dms.certificate", "search_read", fields=["number", "state"]
        )
        self.assertEqual(status, 200)
        self.assertEqual([row["number"] for row in rows], [self.paper.number])

    def test_json2_releases(self):
        request = self.request(self.paper)
        status, answer = self.json2(
            self.banker,
            "dms.certificate.release",
            "accept",
            ids=request.ids,
            note="repaid",
        )
        self.assertEqual((status, answer["changed"]), (200, request.ids))
        self.assertEqual(self.paper.state, "released")

    def test_json2_sent_twice_changes_nothing_and_says_so(self):
        request = self.request(self.paper)
        answers = [
            self.json2(
                self.banker, "dms.certificate.release", "accept", ids=request.ids
            )
            for _n in range(2)
        ]
        self.assertEqual([status for status, _answer in answers], [200, 200])
        self.assertEqual(answers[1][1]["unchanged"], request.ids)

    @mute_logger(*NOISE)
    def test_json2_another_bank_decides_nothing(self):
        request = self.request(self.paper)
        status, _answer = self.json2(
            self.other_banker, "dms.certificate.release", "accept", ids=request.ids
        )
        self.assertEqual(status, 403)
        self.assertEqual(request.state, "waiting")

    @mute_logger(*NOISE)
    def test_json2_a_refusal_needs_a_reason(self):
        request = self.request(self.paper)
        status, answer = self.json2(
            self.banker, "dms.certificate.release", "refuse", ids=request.ids
        )
        self.assertEqual(status, 422)
        self.assertIn("Say why", answer["message"])

    @mute_logger(*NOISE)
    def test_json2_a_bank_writes_nothing(self):
        for model, method, arguments in (
            (
                "dms.certificate",
                "write",
                {"ids": self.paper.ids, "vals": {"kind": "import"}},
            ),
            (
                "dms.certificate.release",
                "create",
                {"vals_list": [{"certificate_id": self.paper.id}]},
            ),
            (
                "dms.certificate",
                "report_exception",
                {"ids": self.paper.ids, "exception": "missing"},
            ),
        ):
            status, _answer = self.json2(self.banker, model, method, **arguments)
            self.assertEqual(status, 403, method)

    def test_xmlrpc_confirms_an_arrival(self):
        paper = self.certificate()
        self.pledge(paper)
        handover = self.propose(paper, "bank")
        answer = self.xmlrpc(
            self.banker, "dms.certificate.handover", "accept", handover.ids, "arrived"
        )
        self.assertEqual(answer["changed"], handover.ids)
        self.assertEqual(paper.holder_id, self.bank)

    def test_xmlrpc_sends_back(self):
        self.by(self.banker, self.request(self.paper)).accept()
        (handover_id,) = self.xmlrpc(
            self.banker, "dms.certificate", "send_back", self.paper.ids, "SF123"
        )
        self.assertEqual(self.paper.handover_id.id, handover_id)


@tagged("post_install", "-at_install")
class TestBankPage(BankCase):
    def setUp(self):
        super().setUp()
        self.authenticate(self.banker.login, self.banker.login)

    def page(self, path="/my/certificates"):
        return self.url_open(path)

    def post(self, path, **data):
        token = Request.csrf_token(self)
        return self.url_open(path, data={"csrf_token": token, **data})

    def test_it_shows_what_is_pledged_to_the_bank_only(self):
        text = self.page().text
        self.assertIn(self.paper.number, text)
        self.assertNotIn(self.foreign.number, text)

    def test_a_search_finds_vin_and_number(self):
        for words in (self.paper.vin, self.paper.number[-6:]):
            text = self.page(f"/my/certificates?search={words}").text
            self.assertIn("o_dms_certificate", text)
        self.assertIn("matches", self.page("/my/certificates?search=NOTHING").text)

    def test_a_request_waits_there_with_its_receipt(self):
        self.request(self.paper, receipt="R-4711")
        text = self.page().text
        self.assertIn("o_dms_release", text)
        self.assertIn("R-4711", text)

    def test_one_touch_releases(self):
        request = self.request(self.paper)
        answer = self.post(f"/my/certificates/release/{request.id}/accept")
        self.assertIn("Done: 1", answer.text)
        self.assertEqual(self.paper.state, "released")
        self.assertEqual(request.decided_by_id, self.banker)

    def test_refused_with_its_reason(self):
        request = self.request(self.paper)
        self.post(f"/my/certificates/release/{request.id}/refuse", note="not repaid")
        self.assertRecordValues(
            request, [{"state": "refused", "decision_note": "not repaid"}]
        )

    def test_without_a_reason_the_page_says_what_is_missing(self):
        request = self.request(self.paper)
        answer = self.post(f"/my/certificates/release/{request.id}/refuse")
        self.assertIn("Say why", answer.text)
        self.assertEqual(request.state, "waiting")

    def test_an_arrival_is_confirmed_or_refused_with_what_is_wrong(self):
        for what, state in (("accept", "pledged"), ("refuse", "missing")):
            paper = self.certificate()
            self.pledge(paper)
            handover = self.propose(paper, "bank")
            self.assertIn("o_dms_handover", self.page().text)
            self.post(
                f"/my/certificates/handover/{handover.id}/{what}",
                refusal="missing",
                note="envelope was empty",
            )
            self.assertEqual(paper.state, state)

    def test_released_it_is_sent_back_from_there(self):
        self.by(self.banker, self.request(self.paper)).accept()
        self.post(f"/my/certificates/{self.paper.id}/send", tracking="SF9")
        self.assertRecordValues(
            self.paper.handover_id, [{"tracking": "SF9", "asked_by_id": self.banker.id}]
        )

    @mute_logger(*NOISE)
    def test_what_another_bank_decides_is_not_found(self):
        request = self.request(self.foreign)
        answer = self.post(f"/my/certificates/release/{request.id}/accept")
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(request.state, "waiting")

    @mute_logger(*NOISE)
    def test_a_link_alone_decides_nothing(self):
        request = self.request(self.paper)
        answer = self.page(f"/my/certificates/release/{request.id}/accept")
        self.assertIn(answer.status_code, (404, 405))
        self.assertEqual(request.state, "waiting")

    def test_a_customer_finds_nothing_there(self):
        customer = self.bank_user(self.customer, "customer")
        self.authenticate(customer.login, customer.login)
        text = self.page().text
        self.assertNotIn(self.paper.number, text)
        self.assertNotIn("o_dms_certificate", text)

    def test_the_home_page_counts_them(self):
        answer = self.url_open(
            "/my/counters", json={"params": {"counters": ["certificate_count"]}}
        )
        self.assertEqual(answer.json()["result"], {"certificate_count": 1})

    def test_it_reads_the_banks_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search(
            [("name", "=", "dms_vehicle")]
        )._update_translations(["zh_CN"])
        self.banker.lang = "zh_CN"
        self.authenticate(self.banker.login, self.banker.login)
        self.request(self.paper)
        text = re.sub(r"\s+", " ", self.page().text)
        self.assertIn("合格证", text)

    def test_it_fits_a_phone(self):
        self.request(self.paper, receipt="R-4711", note="Sold to a customer")
        self.browser_size = "390x844"
        self.touch_enabled = True
        self.browser_js("/my/certificates", FITS, login=self.banker.login, timeout=60)
