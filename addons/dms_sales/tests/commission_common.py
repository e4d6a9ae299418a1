from odoo import fields

from .handover_common import HandoverCommon


class CommissionCommon(HandoverCommon):
    """A plan of 300 a car and 5 % of the front gross; cars that were delivered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store_a1.dms_delivery_checklist = False
        cls.store_a1.dms_certificate_required = False
        cls.month = fields.Date.today().replace(day=1)
        cls.plan = cls.make_plan(
            {"name": "Car", "kind": "per_unit", "amount": 300},
            {"name": "Gross", "kind": "gross_share", "percent": 5, "part": "front"},
        )
        cls.head = cls.user("store_manager", cls.store_a1)

    @classmethod
    def make_plan(cls, *rules, **values):
        plans = cls.env["dms.commission.plan"].with_company(cls.store_a1)
        return plans.create(
            {
                "name": "Plan",
                "company_id": cls.store_a1.id,
                "date_from": "2020-01-01",
                "rule_ids": [(0, 0, rule) for rule in rules],
                **values,
            }
        )

    def delivered(self, price=169_500, **options):
        deal = self.ordered(price=price, **options)
        self.invoice(deal)
        deal.car_line_id.move_ids.picking_id.button_validate()
        self.assertEqual(deal.state, "delivered")
        return deal

    def statement(self, user=None, month=None):
        statements = self.by(self.manager, self.env["dms.commission.statement"])
        one = statements.create(
            {"user_id": (user or self.consultant).id, "month": month or self.month}
        )
        one.action_compute()
        return one

    def give_back(self, deal):
        """The invoice is credited in full."""
        move = deal._dms_car_move()
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        action = wizard.create({"journal_id": move.journal_id.id}).refund_moves()
        self.env["account.move"].browse(action["res_id"]).action_post()
        self.assertTrue(deal._dms_is_undone())
