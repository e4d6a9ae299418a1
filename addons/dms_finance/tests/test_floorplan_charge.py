"""The lender's statement is paid against what the store has accrued."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import FloorplanCommon

END_OF_MARCH = date(2026, 3, 31)


@tagged("post_install", "-at_install")
class TestFloorplanCharge(FloorplanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls.draw(cls.receive(cls.store_a1))
        for month in (4, 5):
            cls.line._accrue(date(2026, month, 1))
        cls.accountant = cls.in_store(cls.store_a1, "accountant")

    def wizard(self, line=None, **vals):
        line = line or self.line
        return self.accountant["dms.floorplan.charge"].create(
            {"line_id": line.id, "until": END_OF_MARCH, "date": "2026-04-02"} | vals
        )

    def propose(self, **vals):
        move_id = self.wizard(**vals).action_propose()["res_id"]
        return self.accountant["account.move"].browse(move_id)

    def pay_interest(self, **vals):
        move = self.propose(**vals)
        move.action_post()
        return move

    def booked(self, move):
        return {item.account_id: item.balance for item in move.line_ids}

    def test_what_was_accrued_up_to_the_statement_is_proposed(self):
        wizard = self.wizard()
        # 60 days are free: 26 days of March at 6 % on 180,000 over 360
        self.assertEqual((wizard.accrued, wizard.amount), (780, 780))
        self.assertEqual(wizard.difference, 0)
        self.assertEqual(self.line.interest_unpaid, 1680, "April is accrued too")

    def test_a_statement_within_a_month_takes_its_days_alone(self):
        wizard = self.wizard(until="2026-03-16")
        # 11 of the 26 days of March that bear interest
        self.assertEqual(wizard.accrued, 330)
        self.pay_interest(until="2026-03-16", date="2026-03-18")
        self.assertEqual(self.wizard().accrued, 450, "the rest of March")

    def test_the_payment_takes_it_from_the_accrued_account(self):
        move = self.pay_interest()
        self.assertEqual(
            self.booked(move),
            {self.line.accrued_account_id: 780, self.line.bank_account_id: -780},
        )
        self.assertEqual(self.line.interest_unpaid, 900)

    def test_what_the_lender_charges_beyond_it_is_interest(self):
        move = self.pay_interest(amount=800)
        self.assertEqual(self.booked(move)[self.line.expense_account_id], 20)
        self.assertEqual(self.booked(move)[self.line.bank_account_id], -800)
        self.assertEqual(self.wizard().accrued, 0)

    def test_what_he_charges_less_is_taken_back(self):
        move = self.pay_interest(amount=700)
        self.assertEqual(self.booked(move)[self.line.expense_account_id], -80)
        self.assertEqual(self.line.interest_unpaid, 900)

    def test_the_second_statement_holds_the_rest(self):
        self.pay_interest()
        self.assertEqual(self.wizard(until="2026-04-30").accrued, 900)
        self.pay_interest(until="2026-04-30", date="2026-05-02")
        self.assertEqual(self.line.interest_unpaid, 0)
        self.assertEqual(self.balance(self.line.accrued_account_id), 0)

    def test_a_reversed_payment_leaves_the_interest_unpaid(self):
        self.pay_interest()._reverse_moves(cancel=True)
        self.assertEqual(self.line.interest_unpaid, 1680)

    def test_the_statement_number_stands_on_the_entry(self):
        self.assertIn("ST-0326", self.propose(reference="ST-0326").ref)

    def test_a_draft_counts_for_nothing_and_stands_in_the_way_of_another(self):
        self.propose()
        self.assertEqual(self.line.interest_unpaid, 1680)
        with self.assertRaisesRegex(UserError, "waiting to be posted"):
            self.wizard().action_propose()

    def test_an_amount_is_asked_for(self):
        for amount in (0, -5):
            with self.subTest(amount=amount):
                with self.assertRaisesRegex(UserError, "more than zero"):
                    self.wizard(amount=amount).action_propose()

    def test_only_an_accountant_pays_interest(self):
        for role in ("fi_officer", "store_manager", "sales_manager", "group_admin"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                wizards = self.in_store(self.store_a1, role)["dms.floorplan.charge"]
                wizards.create({"line_id": self.line.id})

    def test_an_accountant_of_another_store_cannot(self):
        wizards = self.in_store(self.store_a2, "accountant")["dms.floorplan.charge"]
        with self.assertRaises(AccessError):
            wizards.create({"line_id": self.line.id, "amount": 5}).action_propose()

    def test_many_lines_cost_two_questions(self):
        lines = self.line | self.create_line(name="Second")
        lines.invalidate_recordset()
        lines.mapped("interest_unpaid")
        self.env.invalidate_all()
        with self.assertQueryCount(5):
            lines.mapped("interest_unpaid")
