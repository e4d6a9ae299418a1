import base64
import hashlib
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.tests import tagged

from ..models.dms_contract_code import code_of
from .contract_common import PHONE, ContractCommon


def pdfsig(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "contract.pdf")
        path.write_bytes(content)
        command = ["pdfsig", "-nocert", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout


def altered(content):
    place = content.index(b"/Producer")
    return content[: place + 1] + b"p" + content[place + 2 :]


@tagged("post_install", "-at_install")
class TestContractPath(ContractCommon):
    """From the deal to a file that a stranger can check."""

    def test_the_customer_signs_with_a_code_and_the_store_seals(self):
        contract = self.sealed()
        self.assertEqual(contract.state, "signed")
        self.assertFalse(contract.seal_error)
        age = fields.Datetime.now() - contract.stamped_at
        self.assertLess(abs(age), timedelta(minutes=2))

    def test_poppler_reads_the_seal(self):
        text = pdfsig(self.file(self.sealed()))
        self.assertIn("Signature is Valid.", text)
        self.assertIn("Total document signed", text)

    def test_an_altered_byte_is_seen_by_poppler_and_by_our_page(self):
        contract = self.sealed()
        content = altered(self.file(contract))
        self.assertNotIn("Signature is Valid.", pdfsig(content))
        facts = contract.sudo()._dms_check_facts(contract._dms_number(), content)
        self.assertEqual(facts["file"]["code"], "altered")

    def test_the_sealed_file_begins_with_what_was_read(self):
        contract = self.sealed()
        read = base64.b64decode(contract.pdf)
        self.assertTrue(self.file(contract).startswith(read))
        self.assertEqual(hashlib.sha256(read).hexdigest(), contract.pdf_digest)

    def test_the_log_knows_what_happened_and_no_name(self):
        contract = self.sealed()
        entries = self.entries(contract)
        self.assertEqual(
            entries.mapped("kind"),
            ["contract.sent", "contract.signed", "contract.sealed"],
        )
        for entry in entries:
            self.assertNotIn(self.customer.name, entry.body)
            self.assertNotIn(PHONE, entry.body)

    def test_the_page_proves_it(self):
        contract = self.sealed()
        page = self.url_open(f"/contract/check?number={contract._dms_number()}")
        self.assertIn("Signed by Both", page.text)
        self.assertIn("Proven", page.text)
        self.assertIn("李**", page.text)
        self.assertNotIn(self.customer.name, page.text)

    def test_the_customer_reads_signs_and_loads_the_file(self):
        contract = self.sent()
        url = contract.get_portal_url()
        page = self.url_open(url)
        self.assertIn("Sign the Contract", page.text)
        self.assertIn("138****8000", page.text)
        pdf = self.url_open(url.replace("?", "/contract.pdf?"))
        self.assertTrue(pdf.content.startswith(b"%PDF"))
        self.assertEqual(hashlib.sha256(pdf.content).hexdigest(), contract.pdf_digest)

    def test_codes_are_nowhere_in_the_database(self):
        contract = self.sent()
        code = self.code(contract)
        row = self.env["dms.contract.code"].search([("contract_id", "=", contract.id)])
        self.assertEqual(code_of(row.nonce), code)
        message = self.env["dms.outbox.message"].search([], limit=1, order="id desc")
        self.assertNotIn(code, message.payload.replace(row.nonce, ""))
