"""What documents prove of a deal is typed by nobody, and whose it is not by all."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

MANAGER = "dms_base.group_dms_sales_manager"
PROVEN = {
    *("order_id", "car_line_id", "product_id", "vehicle_id", "amount_total", "state"),
    *("date_order", "delivered_date", "lender_move_id", "access_token"),
    *("gross_front", "gross_back", "gross_total"),
}
SOLD = ("ordered", "delivered")


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._dms_check_not_proven(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._dms_check_not_proven(vals)
        if not self.env.su:
            self._dms_check_whose(vals)
        return super().write(vals)

    @api.model
    def _dms_check_not_proven(self, vals):
        if not self.env.su and PROVEN & vals.keys():
            raise AccessError(
                self.env._("What documents prove of a deal is not written by hand.")
            )

    def _dms_check_whose(self, vals):
        """Who sells earns by it: nobody takes the deal of another.

        :raise AccessError: if it takes a manager
        """
        if "user_id" in vals and not self.env.user.has_group(MANAGER):
            mine = self.env.user | self.env["res.users"]
            for deal in self.filtered(lambda one: one.user_id.id != vals["user_id"]):
                if deal.state in SOLD or deal.user_id - mine:
                    raise AccessError(
                        self.env._(
                            "%(deal)s: a sales manager says whose deal it is.",
                            deal=deal.name,
                        )
                    )
        if "partner_id" in vals:
            self._dms_check_customer(vals["partner_id"])

    def _dms_check_customer(self, partner_id):
        for deal in self.filtered(lambda one: one.state in SOLD):
            if deal.partner_id.id != partner_id:
                raise UserError(
                    self.env._(
                        "%(deal)s is sold to %(customer)s: cancel it, then sell the"
                        " car anew.",
                        deal=deal.name,
                        customer=deal.partner_id.name,
                    )
                )
