from odoo import fields, models


class StockValuationAdjustmentLines(models.Model):
    _inherit = "stock.valuation.adjustment.lines"

    move_id = fields.Many2one(index="btree_not_null")
    dms_vehicle_id = fields.Many2one(
        "dms.vehicle",
        "Car",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _create_account_move_line(
        self, credit_account_id, debit_account_id, remaining_qty
    ):
        """A car in stock is worth more; what comes after its sale is cost of sales."""
        if car := self.dms_vehicle_id:
            remaining_qty = self.quantity
            if not car._dms_is_stock_of(self.cost_id.company_id):
                accounts = self.product_id.product_tmpl_id.get_product_accounts()
                debit_account_id = accounts["expense"].id
        return super()._create_account_move_line(
            credit_account_id, debit_account_id, remaining_qty
        )

    def _prepare_account_move_line_values(self):
        values = super()._prepare_account_move_line_values()
        if self.dms_vehicle_id:
            values["name"] = f"{values['name']} · {self.dms_vehicle_id.vin}"
        return values
