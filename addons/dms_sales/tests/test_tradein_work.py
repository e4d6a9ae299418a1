"""Reconditioning: planned from the damages, ordered once, billed by the workshops."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .tradein_common import TradeInCommon


@tagged("post_install", "-at_install")
class TestReconditioning(TradeInCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workshop = cls.env["res.partner"].create({"name": "Body Shop"})
        one = cls.appraisal()
        one.damage_ids.create(
            [
                {"appraisal_id": one.id, "panel": "roof", "kind": "dent"},
                {"appraisal_id": one.id, "panel": "bonnet", "kind": "repaired"},
            ]
        )
        cls.one = cls.brought(one)
        mine = cls.by(cls.manager, cls.one)
        action = mine.action_recondition()
        cls.work = mine.env["dms.reconditioning"].browse(action["res_id"])

    @classmethod
    def brought(cls, one):
        one.action_appraised()
        mine = cls.by(cls.valuer, one)
        mine.write({"market_value": 90_000, "value": 70_000, "price": 70_000})
        mine.action_value()
        one.action_offer()
        one.action_accept()
        one.write({"title_number": "31", "has_licence": True, "keys_count": 1})
        one.bank_id = cls.account
        mine.action_buy()
        mine.action_receive()
        return one

    def test_it_is_planned_from_the_damages_that_cost_something(self):
        self.assertEqual(self.work.line_ids.mapped("name"), ["Roof · Dent"])
        self.assertEqual(self.work.amount_planned, 200)
        again = self.by(self.manager, self.one).action_recondition()
        self.assertEqual(again["res_id"], self.work.id)

    def test_each_workshop_gets_one_draft_bill(self):
        self.work.line_ids.partner_id = self.workshop
        self.work.line_ids.create(
            {
                "order_id": self.work.id,
                "name": "Polish",
                "partner_id": self.workshop.id,
                "amount": 300,
            }
        )
        self.work.action_order()
        bill = self.work.sudo().line_ids.bill_id
        self.assertEqual(len(bill), 1)
        self.assertEqual((bill.state, bill.partner_id), ("draft", self.workshop))
        self.assertEqual(bill.amount_untaxed, 500)

    def test_work_without_a_workshop_is_not_ordered(self):
        with self.assertRaisesRegex(UserError, "which workshop"):
            self.work.action_order()

    def test_what_is_ordered_stays(self):
        self.work.line_ids.partner_id = self.workshop
        self.work.action_order()
        with self.assertRaisesRegex(UserError, "plan a further order"):
            self.work.line_ids.amount = 1
        with self.assertRaisesRegex(UserError, "ordered already"):
            self.work.action_order()
        with self.assertRaisesRegex(UserError, "by the buttons"):
            self.work.state = "draft"
        self.work.action_done()
        self.assertEqual(self.work.state, "done")

    def test_a_car_that_has_not_come_is_not_worked_on(self):
        with self.assertRaisesRegex(UserError, "receive it first"):
            self.work.create({"vehicle_id": self.new_car().id})

    def test_a_consultant_reads_it_only(self):
        mine = self.by(self.consultant, self.work)
        self.assertEqual(mine.amount_planned, 200)
        with self.assertRaises(AccessError):
            mine.action_order()
