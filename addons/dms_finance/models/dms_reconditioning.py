from collections import defaultdict
from decimal import Decimal

from odoo import SUPERUSER_ID, fields, models
from odoo.fields import Command

from .exact import money


class DmsReconditioning(models.Model):
    """What workshops bill for a used car, the car bears."""

    _inherit = "dms.reconditioning"

    def _dms_land(self):
        """Bring what is on the car up to what is billed; once more changes nothing."""
        # valuing stock, Odoo drops sudo
        for order in self.with_user(SUPERUSER_ID):
            store = order.company_id
            order = order.with_context(allowed_company_ids=store.ids)
            order.with_company(store)._dms_land_rest()

    def _dms_land_rest(self):
        rest = self._dms_billed()
        for account, amount in self._dms_landed().items():
            rest[account] -= amount
        if any(rest.values()):
            self._dms_put_on(rest)

    def _dms_billed(self):
        """:return: dict of account id to what is posted on it, credit notes less"""
        items = self.env["account.move.line"].search(
            [
                ("dms_reconditioning_line_id", "in", self.line_ids.ids),
                ("parent_state", "=", "posted"),
            ]
        )
        billed = defaultdict(Decimal)
        for item in items:
            billed[item.account_id.id] += money(item.balance)
        return billed

    def _dms_landed(self):
        costs = self.env["stock.landed.cost"].search(
            [("dms_reconditioning_id", "=", self.id), ("state", "=", "done")]
        )
        landed = defaultdict(Decimal)
        for line in costs.cost_lines:
            landed[line.account_id.id] += money(line.price_unit)
        return landed

    def _dms_put_on(self, amounts):
        cost = self.env["stock.landed.cost"].create(
            {
                "target_model": "vehicle",
                "company_id": self.company_id.id,
                "dms_reconditioning_id": self.id,
                "dms_vehicle_ids": [Command.set(self.vehicle_id.ids)],
                "cost_lines": [
                    Command.create(self._dms_prepare_cost(account, amount))
                    for account, amount in sorted(amounts.items())
                    if amount
                ],
            }
        )
        cost.button_validate()

    def _dms_prepare_cost(self, account, amount):
        product = self.env.ref("dms_sales.product_reconditioning")
        return {
            "product_id": product.product_variant_id.id,
            "name": self.vin,
            "account_id": account,
            "price_unit": float(amount),
            "split_method": "equal",
        }


class StockLandedCost(models.Model):
    _name = "stock.landed.cost"
    _inherit = ["stock.landed.cost"]

    dms_reconditioning_id = fields.Many2one(
        "dms.reconditioning",
        "Reconditioning",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )


class AccountMove(models.Model):
    """Posted, a workshop's bill lands on its car; cancelled, it is taken back."""

    _name = "account.move"
    _inherit = ["account.move"]

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._dms_land_reconditioning()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self._dms_land_reconditioning()
        return result

    def _dms_land_reconditioning(self):
        bills = self.filtered(lambda move: move.is_purchase_document())
        # who posts a bill need not plan work on cars
        bills.sudo().line_ids.dms_reconditioning_line_id.order_id._dms_land()
