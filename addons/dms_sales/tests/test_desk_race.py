"""An offer that changes at the moment somebody agrees to it."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.dms_vehicle.tests.race import RaceCase


@tagged("post_install", "-at_install")
class TestDeskRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            env = env(context={"allowed_company_ids": self.store_ids[:1]})
            partner = env["res.partner"].create({"name": "Race"})
            product = env["product.product"].create(
                {"name": "Race car", "dms_is_vehicle": True, "dms_kind": "ice"}
            )
            deal = env["dms.deal"].create({"partner_id": partner.id})
            order = deal._dms_new_variant(product)
            approval = env["dms.deal.approval"].create(
                {
                    "order_id": order.id,
                    "user_id": env.uid,
                    "reason": "Race",
                    "role": "manager",
                    "fingerprint": order._dms_fingerprint(),
                }
            )
            self.approval_id, self.order_id = approval.id, order.id
            self.made = [(r._name, r.ids) for r in (order, deal, product, partner)]
        self.addCleanup(self._clean)

    def _clean(self):
        with self.transaction() as env:
            for model, ids in self.made:
                env[model].browse(ids).exists().unlink()

    def change(self, env):
        order = env["sale.order"].browse(self.order_id)
        order.dms_desk_line(order._dms_car_line().id, 99_000)

    def approve(self, env):
        env["dms.deal.approval"].browse(self.approval_id).action_approve()

    def test_a_consent_does_not_cover_what_changed_meanwhile(self):
        error = self._race(self.change, self.approve)
        self.assertIsInstance(error, UserError)
        with self.transaction() as env:
            approval = env["dms.deal.approval"].browse(self.approval_id)
            self.assertEqual(approval.state, "fallen")

    def test_a_change_after_the_consent_makes_it_fall(self):
        self.assertIsNone(self._race(self.approve, self.change))
        with self.transaction() as env:
            approval = env["dms.deal.approval"].browse(self.approval_id)
            self.assertEqual(approval.state, "fallen")
