from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    dms_deal_id = fields.Many2one(
        "dms.deal", "Deal", index="btree_not_null", copy=False, check_company=True
    )
    dms_is_chosen = fields.Boolean("Chosen by the Customer", copy=False)

    def action_dms_choose(self):
        """Make this variant the deal; the others stay until it is confirmed."""
        self.ensure_one()
        if self.state not in ("draft", "sent"):
            raise UserError(
                self.env._("%(order)s is no longer an offer.", order=self.name)
            )
        others = self.dms_deal_id.variant_ids - self
        others.dms_is_chosen = False
        self.dms_is_chosen = True

    def action_confirm(self):
        self._dms_check_one_car_each()
        self._dms_split_cars()
        res = super().action_confirm()
        self._dms_open_deals()
        self._dms_cancel_other_variants()
        return res

    def _dms_check_one_car_each(self):
        self.dms_deal_id._dms_claim()
        for order in self:
            others = order.dms_deal_id.variant_ids - order
            if sold := others.filtered(lambda other: other.state == "sale"):
                raise UserError(
                    self.env._(
                        "%(deal)s sells one car, and %(order)s is confirmed already.",
                        deal=order.dms_deal_id.name,
                        order=sold[0].name,
                    )
                )

    def _dms_split_cars(self):
        """One car, one line: each of them gets its own VIN, and its own deal."""
        for line in self.filtered(
            lambda order: order._dms_sells_cars()
        ).order_line._dms_cars():
            others = max(int(line.product_uom_qty) - 1, 0)
            if others and not line.dms_vehicle_id:
                single = {"product_uom_qty": 1, "price_unit": line.price_unit}
                line.write(single)
                for _number in range(others):
                    line.copy({"order_id": line.order_id.id, **single})

    def _dms_open_deals(self):
        """A car sold outside the group is a deal, however it came to its order."""
        for order in self.filtered(lambda order: order._dms_sells_cars()):
            cars = order.order_line._dms_cars()
            if len(cars) > 1:
                order._dms_open_fleet_deals(cars)
            elif not order.dms_deal_id:
                order.dms_deal_id = self.env["dms.deal"].create(order._prepare_deal())

    def _dms_open_fleet_deals(self, cars):
        """A deal per car; the order's own, if it has one, is that of the first."""
        lines = cars.filtered(lambda line: not line.dms_deal_id)
        if lines and self.dms_deal_id and not self.dms_deal_id.fleet_line_ids:
            lines[0].dms_deal_id = self.dms_deal_id
            lines = lines[1:]
        deals = self.env["dms.deal"].create([self._prepare_deal() for _line in lines])
        for line, deal in zip(lines, deals, strict=True):
            line.dms_deal_id = deal

    def _dms_sells_cars(self):
        """:return: whether a customer buys a car here, and not a sister store"""
        buyer = self.partner_id.commercial_partner_id
        stores = self.company_id._dms_sister_stores().partner_id
        return bool(self.order_line._dms_cars()) and buyer not in stores

    def _prepare_deal(self):
        """:return: values of the deal of an order made without one"""
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "lead_id": self.opportunity_id.id,
        }

    def _dms_cancel_other_variants(self):
        others = self.dms_deal_id.variant_ids - self
        others.filtered(lambda order: order.state in ("draft", "sent"))._action_cancel()
