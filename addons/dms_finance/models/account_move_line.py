from odoo import fields, models

from odoo.addons.dms_base.money import spread

from .exact import money
from .floorplan_draw import Drawn


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    dms_floorplan_id = fields.Many2one(
        "dms.floorplan.contract",
        "Floorplan Car",
        index="btree_not_null",
        ondelete="restrict",
        help="What is owed for this car, or deposited with its lender.",
    )

    def _dms_drawn(self, percent, taken):
        """:return: the ``Drawn`` cars of this item, but those taken already"""
        bought = self.purchase_line_id
        waiting = bought.dms_vehicle_ids.filtered(lambda c: c._dms_may_draw(bought))
        return [
            Drawn(car, float(amount), bought, self.move_id)
            for car, amount in zip(
                waiting - taken, self._dms_amounts_to_draw(percent), strict=False
            )
        ]

    def _dms_amounts_to_draw(self, percent):
        """:return: what a lender pays for each car, together the share of this item"""
        billed = abs(self.balance) * self.price_total / (self.price_subtotal or 1)
        return spread(money(billed * percent / 100), round(self.quantity))
