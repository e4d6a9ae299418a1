"""Contracts: what nobody writes, and who reads what."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .contract_common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractDoors(ContractCommon):
    def test_no_step_is_written_by_any_role(self):
        contract = self.sent()
        facts = (
            ("sealed_at", "2026-01-01"),
            ("customer_signed_at", "2026-01-01"),
            ("pdf", "AAAA"),
            ("fingerprint", "x"),
            ("phone", "13900139000"),
            ("state", "signed"),
            ("access_token", "x"),
        )
        for user in (self.consultant, self.manager, self.director):
            for name, value in facts:
                with (
                    self.subTest(user=user.login, field=name),
                    self.assertRaises(AccessError),
                ):
                    self.by(user, contract).write({name: value})

    def test_a_contract_is_not_made_as_signed(self):
        contract = self.draft()
        vals = {"deal_id": contract.deal_id.id, "template_id": contract.template_id.id}
        for name, value in (("sealed_at", "2026-01-01"), ("name", "HT1")):
            with self.assertRaises(AccessError):
                contract.create(vals | {name: value})

    def test_codes_are_read_by_nobody_who_sells(self):
        contract = self.sent()
        contract.sudo()._dms_send_code()
        codes = self.env["dms.contract.code"]
        for user in (self.consultant, self.manager, self.director):
            with self.assertRaises(AccessError):
                codes.with_user(user).search([])
        auditor = self.user("auditor", self.store_a1)
        seen = self.by(auditor, codes).search([])
        self.assertTrue(seen)
        self.assertNotIn("nonce", seen.fields_get())
        with self.assertRaises(AccessError):
            seen.read(["nonce"])

    def test_who_only_reads_sends_and_cancels_nothing(self):
        contract = self.draft()
        for role in ("fi_officer", "accountant", "auditor"):
            seen = self.by(self.user(role, self.store_a1), contract)
            with self.subTest(role=role):
                self.assertTrue(seen.read(["name"]))
                for door in (
                    seen.action_dms_send,
                    lambda s=seen: s.write({"delivery": 1}),
                ):
                    with self.assertRaises(AccessError):
                        door()

    def test_a_sister_store_reads_nothing(self):
        contract = self.sent()
        seen = self.by(self.user("sales_manager", self.store_a2), contract)
        self.assertFalse(seen.search([("id", "=", contract.id)]))
        for door in (
            lambda: seen.read(["pdf"]),
            lambda: seen.action_dms_new_version(),
            lambda: seen.export_data(["name"]),
        ):
            with self.assertRaises(UserError):
                door()

    def test_the_order_is_confirmed_by_the_limits_of_who_sells(self):
        """Naming the store manager on a contract lends nobody his limits."""
        self.store_a1.dms_contract_required = True
        limits = self.env["dms.deal.limit"]
        store = {"company_id": self.store_a1.id}
        limits.create(
            [
                store | {"role": "consultant", "amount": 3_000},
                store | {"role": "director", "is_unlimited": True},
            ]
        )
        contract = self.sent()
        contract.user_id = self.director
        limits.search([("role", "=", "consultant")]).amount = 0
        order = contract.order_id.sudo()
        order.order_line._dms_cars().with_context(dms_follows=True).price_unit -= 100
        contract.sudo().write(
            {
                "fingerprint": order._dms_fingerprint(),
                "customer_signed_at": "2026-01-01",
                "sealed_at": "2026-01-01",
            }
        )
        contract.sudo()._dms_confirm_order()
        self.assertNotEqual(order.state, "sale")
        self.assertIn("cannot be confirmed", contract.sudo().activity_ids.summary)

    def test_a_withdrawn_one_is_not_signed(self):
        contract = self.sent()
        code = self.code(contract)
        contract.action_dms_cancel()
        with self.assertRaisesRegex(UserError, "no longer holds"):
            self.sign(contract, code)

    def test_a_signed_one_ends_by_cancelling_the_deal(self):
        contract = self.signed()
        with self.assertRaisesRegex(UserError, "ends by cancelling the deal"):
            contract.action_dms_cancel()
        with self.assertRaisesRegex(UserError, "stays readable"):
            contract.unlink()
