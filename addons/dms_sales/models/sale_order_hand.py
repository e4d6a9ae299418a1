"""What steps and documents prove is not written by hand, by whatever door."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

STEP = "dms_order_step"
MANAGER = "dms_base.group_dms_sales_manager"
AMOUNTS = {"amount_untaxed", "amount_tax", "amount_total", "amount_paid"}
LINE_AMOUNTS = {"price_subtotal", "price_tax", "price_total"}
PROVEN_OF_CARS = {"qty_delivered", "qty_invoiced"}
OFFERED = {
    *("product_id", "product_uom_qty", "price_unit", "discount", "tax_ids"),
    *("dms_block", "product_no_variant_attribute_value_ids"),
}


class _Step(str):
    """In the context of a step of the system: no caller from outside can make one."""


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order"]

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if not self.env.su and orders.filtered(lambda one: one.state != "draft"):
            orders._dms_refuse_state()
        return orders

    def write(self, vals):
        if not self.env.su:
            self._dms_check_by_hand(vals)
        return super().write(vals)

    def _dms_check_by_hand(self, vals):
        if AMOUNTS & vals.keys():
            raise AccessError(
                self.env._("Amounts follow from lines, nobody types them.")
            )
        self._dms_check_whose(vals)
        if self._dms_is_step():
            return
        self._dms_check_deal(vals)
        if "state" not in vals:
            return
        if vals["state"] == "sale" or "sale" in self.mapped("state"):
            self._dms_refuse_state()

    def _dms_check_whose(self, vals):
        """A customer confirms by the limits of the seller: nobody borrows others'."""
        if vals.get("user_id", self.env.uid) in (False, self.env.uid):
            return
        changed = self.filtered(lambda one: one.user_id.id != vals["user_id"])
        if self.env.user.has_group(MANAGER) or not changed.order_line._dms_cars():
            return
        raise AccessError(
            self.env._(
                "%(order)s: a sales manager says who sells this.", order=changed[0].name
            )
        )

    def _dms_is_step(self):
        return isinstance(self.env.context.get(STEP), _Step)

    def _dms_check_deal(self, vals):
        """What is sold stays in its deal, whose consultant earns by it."""
        for order in self.filtered(lambda one: one.state == "sale"):
            deal = order.dms_deal_id
            if deal and deal.id != vals.get("dms_deal_id", deal.id):
                raise AccessError(
                    self.env._(
                        "%(order)s is sold by %(deal)s, and stays in it.",
                        order=order.name,
                        deal=deal.name,
                    )
                )

    def _dms_refuse_state(self):
        if cars := self.filtered(lambda one: one._dms_car_line()):
            raise AccessError(
                self.env._(
                    "%(order)s sells a car: it is confirmed and cancelled by its"
                    " buttons.",
                    order=cars[0].name,
                )
            )

    def _dms_by_step(self):
        return self.with_context(**{STEP: _Step("order")})

    def action_confirm(self):
        return super(SaleOrder, self._dms_by_step()).action_confirm()

    def _action_cancel(self):
        if not self.env.su:
            self._dms_check_nothing_paid()
        return super(SaleOrder, self._dms_by_step())._action_cancel()

    def _dms_check_nothing_paid(self):
        """A paid deal ends by a cancellation: what is kept or doubled has its law."""
        for order in self.filtered(lambda one: one.state == "sale" and one.dms_deal_id):
            is_single = len(order.order_line._dms_cars()) == 1
            if is_single and order.dms_deal_id._dms_payments():
                raise UserError(
                    self.env._(
                        "The customer has paid for %(order)s: ask for the cancellation"
                        " on %(deal)s, which says what goes back.",
                        order=order.name,
                        deal=order.dms_deal_id.name,
                    )
                )

    # After the sale

    def _dms_check_sold(self):
        """Refuse to give away after the sale what had needed a consent before it."""
        for order in self.filtered(
            lambda one: one.state == "sale" and one._dms_car_line()
        ):
            sheet = order._dms_sheet()
            consent = order._dms_consent(sheet)
            if consent.needs and not order._dms_approved(sheet):
                raise UserError(
                    self.env._(
                        "%(order)s is sold, and this goes beyond what you may give:"
                        " have a manager change it. %(reasons)s",
                        order=order.name,
                        reasons=order._dms_reasons(consent),
                    )
                )


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line"]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list if not self.env.su else []:
            self._dms_check_amounts(vals)
            if not self._dms_chooses_blocks():
                vals.pop("dms_block", None)
        lines = super().create(vals_list)
        if not self.env.su:
            lines.order_id._dms_check_sold()
        return lines

    def write(self, vals):
        if not self.env.su:
            self._dms_check_line_by_hand(vals)
        res = super().write(vals)
        if not self.env.su and OFFERED & vals.keys():
            self.order_id._dms_check_sold()
        return res

    def unlink(self):
        orders = self.order_id
        res = super().unlink()
        if not self.env.su:
            orders.exists()._dms_check_sold()
        return res

    @api.model
    def _dms_check_amounts(self, vals):
        if LINE_AMOUNTS & vals.keys():
            raise AccessError(
                self.env._("Type the price of one: the amounts of a line follow.")
            )

    def _dms_check_line_by_hand(self, vals):
        self._dms_check_amounts(vals)
        if PROVEN_OF_CARS & vals.keys() and self._dms_cars():
            raise AccessError(
                self.env._("A car is delivered and invoiced by its documents.")
            )
        if "dms_deal_id" in vals and not self.order_id._dms_is_step():
            raise AccessError(
                self.env._("The cars of an order get their deals when it is confirmed.")
            )
        if "dms_block" in vals and not self._dms_chooses_blocks():
            raise AccessError(
                self.env._("The block follows the product; a manager may change it.")
            )

    @api.model
    def _dms_chooses_blocks(self):
        return self.env.user.has_group(MANAGER)
