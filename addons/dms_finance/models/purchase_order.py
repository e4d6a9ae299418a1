from odoo import api, fields, models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    dms_floorplan_line_id = fields.Many2one(
        "dms.floorplan.line",
        "Floorplan",
        check_company=True,
        index="btree_not_null",
        help="The lender who pays for these cars. The order reserves its amount.",
    )
    dms_floorplan_reserved = fields.Monetary(
        "Reserved Floorplan",
        compute="_compute_dms_floorplan_reserved",
        store=True,
        currency_field="dms_company_currency_id",
        help="What the lender will risk for cars of this order not drawn yet.",
    )
    dms_company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Store's Currency"
    )

    @api.depends(
        "dms_floorplan_line_id.advance_percent",
        "dms_floorplan_line_id.deposit_percent",
        "order_line.product_qty",
        "order_line.price_total",
        "order_line.dms_floorplan_ids.state",
    )
    def _compute_dms_floorplan_reserved(self):
        for order in self:
            floorplan = order.dms_floorplan_line_id
            amount = sum(
                line._dms_unit_amount() * line._dms_not_drawn()
                for line in (order.order_line if floorplan else ())
            )
            financed = amount * floorplan.advance_percent / 100
            at_risk = financed * (1 - floorplan.deposit_percent / 100)
            order.dms_floorplan_reserved = at_risk

    def button_approve(self, force=False):
        result = super().button_approve(force=force)
        self._dms_check_floorplan()
        return result

    def write(self, vals):
        result = super().write(vals)
        if "dms_floorplan_line_id" in vals:
            self._dms_check_floorplan()
        return result

    def _dms_check_floorplan(self):
        """:raise UserError: if confirmed orders go over the limit of their lender"""
        for order in self.filtered("dms_floorplan_line_id"):
            if order.state == "purchase":
                order.dms_floorplan_line_id._dms_claim()
                order.dms_floorplan_line_id._check_limit(order.dms_floorplan_reserved)
