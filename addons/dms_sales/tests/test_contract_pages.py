from unittest.mock import patch

from odoo import http
from odoo.tests import tagged

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets

from ..controllers import contract_check
from .contract_common import PHONE, ContractCommon, drawn


@tagged("post_install", "-at_install")
class TestContractPages(ContractCommon):
    """The pages as a phone and a stranger use them."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def post(self, url, files=None, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(url, data=data, files=files)

    def test_the_phone_gets_a_code_and_signs(self):
        contract = self.sent()
        url = f"/my/contracts/{contract.id}"
        token = contract._portal_ensure_token()
        page = self.post(f"{url}/code", access_token=token)
        self.assertIn("A code was sent to 138****8000", page.text)
        self.deliver()
        code = self.sms.last(PHONE)["code"]
        form = {"access_token": token, "drawing": drawn(), "consent": "1"}
        page = self.post(f"{url}/sign", code=f"{int(code) ^ 1:06}", **form)
        self.assertIn("not the code", page.text)
        self.assertEqual(contract.state, "out")
        page = self.post(f"{url}/sign", code=code, **form)
        self.assertIn("Signed by you on", page.text)
        self.env.invalidate_all()
        self.assertEqual(contract.state, "customer")

    def test_without_the_token_nothing_is_signed(self):
        contract = self.sent()
        for step in ("code", "sign"):
            self.post(f"/my/contracts/{contract.id}/{step}", access_token="x")
        self.assertFalse(self.env["dms.contract.code"].search_count([]))
        self.assertEqual(contract.state, "out")

    def test_a_stranger_checks_the_file(self):
        contract = self.sealed()
        content = self.file(contract)
        for sent, words in (
            (content, "This is the file that was signed and sealed."),
            (content + b"\n%", "This is not the file that was sealed"),
            (b"no document", "This file is no PDF"),
        ):
            page = self.post(
                "/contract/check/file",
                files={"file": ("contract.pdf", sent, "application/pdf")},
                number=contract._dms_number(),
            )
            self.assertIn(words, page.text)

    def test_who_asks_too_often_waits(self):
        slow = TokenBuckets(rate=0.001, burst=1)
        with patch.object(contract_check, "buckets", slow):
            self.assertEqual(self.url_open("/contract/check").status_code, 200)
            page = self.url_open("/contract/check")
        self.assertEqual(page.status_code, 429)
        self.assertTrue(page.headers["Retry-After"])
