from odoo import models

from ..commission import Deal
from ..desk.line import DISCOUNTS
from .money import exact


class DmsDeal(models.Model):
    """What the books say a deal has brought; nothing here is expected or typed."""

    _name = "dms.deal"
    _inherit = ["dms.deal"]

    def _dms_commission_deal(self):
        """:return: the core's ``commission.Deal`` by posted entries"""
        return Deal(str(self.id), self._dms_posted_gross(), self._dms_flags())

    def _dms_posted_gross(self):
        """:return: dict of gross by block, yuan without VAT, from posted entries

        Revenue is what invoices less credit notes say; cost is what the books took
        out of stock for it. What is passed on to others is neither.
        """
        gross = {}
        # costs are closed to who sells; the caller decides who sees the result
        for line in self.sudo()._dms_lines():
            if line.product_id.dms_is_passed_on or line.display_type:
                continue
            block = line.dms_block or "accessories"
            block = "car" if block in DISCOUNTS else block
            earned = line._dms_posted_revenue() - line._dms_posted_cost()
            gross[block] = gross.get(block, exact(0)) + exact(earned)
        return gross

    def _dms_flags(self):
        order = self.sudo().order_id
        found = {
            "financed": bool(order.dms_loan_ids),
            "traded_in": bool(order.dms_trade_in_ids),
            "insured": any(one.kind == "commercial" for one in self.sudo().policy_ids),
            "accessories": "accessories"
            in self.sudo()._dms_lines().mapped("dms_block"),
        }
        return tuple(name for name, is_there in found.items() if is_there)

    def _dms_is_undone(self):
        """:return: whether the sale was taken back: order, car, or invoice"""
        line = self.sudo().car_line_id
        posted = line.invoice_lines.filtered(lambda one: one.parent_state == "posted")
        credited = bool(posted) and line.qty_invoiced <= 0
        return self.sudo().state == "cancelled" or line.qty_delivered <= 0 or credited


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line"]

    def _dms_posted_items(self):
        return self.invoice_lines.filtered(lambda item: item.parent_state == "posted")

    def _dms_posted_revenue(self):
        return -sum(self._dms_posted_items().mapped("balance"))

    def _dms_posted_cost(self):
        """:return: cost of goods by the invoice's own entries, else by the stock's"""
        items = self._dms_posted_items()
        costs = items.move_id.line_ids.filtered(
            lambda one: (
                one.display_type == "cogs"
                and one.cogs_origin_id in items
                and one.account_id.internal_group == "expense"
            )
        )
        if costs:
            return sum(costs.mapped("balance"))
        moves = self.move_ids.filtered(lambda move: move.state == "done")
        out = moves.filtered(lambda move: move.location_dest_id.usage == "customer")
        back = moves.filtered(lambda move: move.location_id.usage == "customer")
        return sum(out.mapped("value")) - sum(back.mapped("value"))
