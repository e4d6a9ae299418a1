from odoo import models


class SaleOrder(models.Model):
    """A car sold gets its checklist with the order."""

    _name = "sale.order"
    _inherit = ["sale.order"]

    def _dms_open_deals(self):
        res = super()._dms_open_deals()
        for order in self.filtered("company_id.dms_delivery_checklist"):
            for deal in order.dms_deal_id | order.order_line.dms_deal_id:
                deal._dms_delivery()
        return res


class StockMove(models.Model):
    """No car leaves for its customer while something is open."""

    _name = "stock.move"
    _inherit = ["stock.move"]

    def _action_done(self, cancel_backorder=False):
        deliveries = self._dms_deliveries()
        deliveries._dms_check_nothing_missing()
        # before the car is gone: a PDI that counted does not count afterwards
        deliveries._dms_settle("before")
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _dms_deliveries(self):
        """:return: the deliveries of the cars that leave by these moves, as sudo"""
        # where some are picked the others stay for a back-order
        picked = self.filtered("picked") or self
        leaving = picked.filtered(
            lambda move: (
                move.product_id.dms_is_vehicle
                and move.quantity
                and move.location_dest_id.usage == "customer"
                and move.company_id.sudo().dms_delivery_checklist
            )
        )
        # who ships need not read deals
        lines = leaving.sudo().sale_line_id
        deals = self.env["dms.deal"].sudo()
        for line in lines.filtered(lambda line: line.order_id._dms_sells_cars()):
            deals |= line.dms_deal_id or line.order_id.dms_deal_id
        deliveries = self.env["dms.delivery"].sudo()
        return deliveries.concat(*(deal._dms_delivery() for deal in deals))
