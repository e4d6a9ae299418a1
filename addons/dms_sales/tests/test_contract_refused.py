from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .contract_common import ContractCommon, drawn


@tagged("post_install", "-at_install")
class TestContractRefused(ContractCommon):
    """What goes wrong says so, and what to do."""

    def last_code(self, contract):
        return self.env["dms.contract.code"].search(
            [("contract_id", "=", contract.id)], limit=1
        )

    def test_a_wrong_code_counts_and_after_five_none_holds(self):
        contract = self.sent()
        code = self.code(contract)
        wrong = f"{(int(code) + 1) % 1_000_000:06}"
        for _number in range(5):
            self.assertIn("not the code", self.sign(contract, wrong))
        self.assertIn("Too many", self.sign(contract, code))
        self.assertEqual(contract.state, "out")

    def test_a_code_lives_ten_minutes(self):
        contract = self.sent()
        code = self.code(contract)
        row = self.last_code(contract)
        row.sent_at = fields.Datetime.now() - timedelta(minutes=10)
        self.assertIn("older than ten minutes", self.sign(contract, code))

    def test_a_code_is_sent_once_a_minute_and_five_times_an_hour(self):
        contract = self.sent().sudo()
        for minute in range(5, 0, -1):
            contract._dms_send_code()
            row = self.last_code(contract)
            row.sent_at = fields.Datetime.now() - timedelta(minutes=minute * 2)
        with self.assertRaisesRegex(UserError, "seconds"):
            contract._dms_send_code()

    def test_a_code_of_another_contract_is_wrong(self):
        first, second = self.sent(), self.sent()
        code = self.code(first)
        second.sudo()._dms_send_code()
        self.assertNotEqual(self.sign(second, code), "")

    def test_nobody_signs_twice(self):
        contract = self.signed()
        with self.assertRaisesRegex(UserError, "signed this contract already"):
            self.sign(contract, "000000")

    def test_no_drawing_no_consent(self):
        contract = self.sent()
        code = self.code(contract)
        for vals in ({"drawing": ""}, {"drawing": "data:,x"}, {"consents": False}):
            with self.subTest(vals=vals):
                self.assertTrue(self.sign(contract, code, **vals))
        self.assertEqual(self.sign(contract, code, drawing=drawn()), "")

    def test_a_changed_offer_is_not_signed(self):
        contract = self.sent()
        code = self.code(contract)
        contract.order_id.dms_desk_add(self.film.id)
        self.assertTrue(contract.is_outdated)
        with self.assertRaisesRegex(UserError, "offer has changed"):
            self.sign(contract, code)

    def test_without_a_phone_nothing_is_sent(self):
        self.customer.phone = False
        with self.assertRaisesRegex(UserError, "mobile number"):
            self.sent()

    def test_without_a_clause_nothing_is_sent(self):
        contract = self.draft()
        template = self.env["dms.contract.template"].create(
            {"name": "Empty", "company_id": False}
        )
        contract.template_id = template
        with self.assertRaisesRegex(UserError, "no clause"):
            contract.action_dms_send()

    def test_a_word_that_nobody_fills_in(self):
        template = self.env["dms.contract.template"].create({"name": "New"})
        clause = {"template_id": template.id, "name": "A", "body": "{colour}"}
        with self.assertRaisesRegex(ValidationError, "colour"):
            self.env["dms.contract.clause"].create(clause)

    def test_a_word_that_the_deal_does_not_have(self):
        contract = self.draft()
        contract.template_id = self.env["dms.contract.template"].create(
            {
                "name": "Loans",
                "company_id": False,
                "clause_ids": [(0, 0, {"name": "A", "body": "{lender} pays"})],
            }
        )
        with self.assertRaisesRegex(UserError, "lender"):
            contract.action_dms_send()

    def test_what_happened_is_not_written_by_hand(self):
        contract = self.sent()
        now = fields.Datetime.now()
        for vals in ({"customer_signed_at": now}, {"pdf": b""}, {"name": "HT1"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                contract.write(vals)

    def test_a_sent_contract_keeps_its_words(self):
        contract = self.sent()
        with self.assertRaisesRegex(UserError, "new version"):
            contract.delivery = "Never"
        with self.assertRaisesRegex(UserError, "stays readable"):
            contract.unlink()

    def test_a_seal_without_key_or_authority_is_told_and_tried_again(self):
        contract = self.signed()
        self.stamps_connector.state = "draft"
        self.run_job()
        self.assertEqual(contract.state, "customer")
        self.assertIn("timestamp authority", contract.seal_error)
        self.stamps_connector.state = "active"
        contract.action_dms_seal_again()
        self.run_job()
        self.assertEqual(contract.state, "signed")

    def attachment(self, contract, name):
        mine = [("res_model", "=", contract._name), ("res_id", "=", contract.id)]
        return self.env["ir.attachment"].search([*mine, ("res_field", "=", name)])

    def test_a_file_put_in_its_place_is_not_signed(self):
        contract = self.sent()
        code = self.code(contract)
        self.attachment(contract, "pdf").raw = b"%PDF-1.7 another"
        with self.assertRaisesRegex(UserError, "not the one that was kept"):
            self.sign(contract, code)

    def test_nor_sealed(self):
        contract = self.signed()
        self.attachment(contract, "pdf_signed").raw = b"%PDF-1.7 another"
        self.run_job()
        self.assertEqual(contract.state, "customer")
        self.assertIn("not the one that was kept", contract.seal_error)

    def test_another_customer_needs_another_version(self):
        contract = self.sent()
        contract.deal_id.sudo().partner_id = self.customer.copy({"name": "王芳"})
        self.assertEqual(contract.partner_id, self.customer)
        self.assertTrue(contract.is_outdated)

    def test_only_the_store_manager_loads_a_seal(self):
        wizard = self.env["dms.seal.load"]
        self.assertFalse(self.by(self.consultant, wizard).has_access("create"))

    def test_a_stranger_gets_nothing_by_guessing(self):
        contract = self.sent()
        page = self.url_open(f"/my/contracts/{contract.id}?access_token=x")
        self.assertNotIn(self.customer.name, page.text)
        pdf = self.url_open(f"/my/contracts/{contract.id}/contract.pdf")
        self.assertEqual(pdf.status_code, 404)

    def test_the_page_of_an_unknown_number(self):
        for number in ("HT2026999999-1", "' OR 1=1", ""):
            page = self.url_open("/contract/check", data=None, timeout=30)
            self.assertEqual(page.status_code, 200)
            facts = self.env["dms.contract"]._dms_check_facts(number)
            self.assertFalse(facts["is_known"])


@tagged("post_install", "-at_install")
class TestContractVersions(ContractCommon):
    def new_version(self, contract):
        action = contract.action_dms_new_version()
        return contract.browse(action["res_id"])

    def test_another_version_takes_its_place_once_it_is_sent(self):
        first = self.sent()
        second = self.new_version(first)
        self.assertEqual((second.name, second.version), (first.name, 2))
        self.assertEqual(first.state, "out")
        second.action_dms_send()
        self.assertEqual((first.state, second.state), ("replaced", "out"))
        self.assertEqual(first.deal_id.contract_id, second)

    def test_the_old_one_stays_readable_and_says_so(self):
        first = self.sealed()
        second = self.new_version(first)
        second.action_dms_send()
        page = self.url_open(f"/contract/check?number={first._dms_number()}")
        self.assertIn(second._dms_number(), page.text)
        self.assertTrue(first.sudo().pdf_signed)
        kinds = self.entries(first).mapped("kind")
        self.assertEqual(kinds[-1], "contract.replaced")

    def test_clauses_follow_the_deal(self):
        names = {
            kind: [clause["texts"][0][0] for clause in contract.content["clauses"]]
            for kind, contract in (
                ("earnest", self.sent(dms_deposit_kind="earnest", dms_deposit=5_000)),
                ("advance", self.sent(dms_deposit_kind="advance", dms_deposit=5_000)),
                ("none", self.sent(dms_deposit=0)),
            )
        }
        self.assertTrue(any("定金" in name for name in names["earnest"]))
        self.assertTrue(any("订金" in name for name in names["advance"]))
        self.assertFalse(any("金)" in name for name in names["none"]))

    def test_a_changed_template_leaves_contracts_as_they_were(self):
        contract = self.sent()
        before, version = contract.content, contract.template_version
        clause = contract.template_id.sudo().clause_ids[0]
        clause.body = "Something else"
        self.assertEqual(contract.content, before)
        self.assertEqual(contract.template_id.version, version + 1)


@tagged("post_install", "-at_install")
class TestContractAndOrder(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store_a1.dms_contract_required = True

    def codes(self, deal):
        return [item["code"] for item in deal._dms_blockers()]

    def test_where_the_store_asks_for_it_the_order_waits(self):
        contract = self.signed()
        with self.assertRaisesRegex(UserError, "contract is signed"):
            contract.order_id.action_confirm()

    def test_and_is_confirmed_when_both_have_signed(self):
        contract = self.sealed()
        self.assertEqual(contract.order_id.state, "sale")
        self.assertEqual(contract.deal_id.state, "ordered")

    def test_the_deal_says_who_has_to_sign(self):
        contract = self.draft()
        deal = contract.deal_id
        deal.order_id.action_quotation_sent()
        self.assertIn("no_contract", self.codes(deal))
        contract.action_dms_send()
        self.assertIn("contract_unsigned", self.codes(deal))
        self.sign(contract)
        self.assertIn("contract_unsealed", self.codes(deal))

    def test_an_offer_changed_after_the_contract_is_not_confirmed(self):
        contract = self.sealed()
        self.assertFalse(contract.is_outdated)
        other = self.draft()
        other.action_dms_send()
        other.order_id.dms_desk_add(self.film.id)
        with self.assertRaisesRegex(UserError, "still the same"):
            other.order_id.action_confirm()

    def test_elsewhere_no_contract_is_asked_for(self):
        self.store_a1.dms_contract_required = False
        order = self.variant()
        order.sudo().action_confirm()
        self.assertEqual(order.state, "sale")
