from odoo import fields, models


class DmsFloorplanAccrual(models.Model):
    """A car's part of an entry of interest: the entry has two items, these say why."""

    _name = "dms.floorplan.accrual"
    _description = "Floorplan Interest Booked"
    _inherit = "dms.store.mixin"
    _order = "month desc, id desc"
    _rec_name = "contract_id"
    _log_access = False
    _dms_audit = False  # the entry is audited; there are thousands a month

    contract_id = fields.Many2one(
        "dms.floorplan.contract", required=True, index=True, ondelete="restrict"
    )
    line_id = fields.Many2one("dms.floorplan.line", required=True, ondelete="restrict")
    lender_id = fields.Many2one(related="line_id.lender_id")
    vehicle_id = fields.Many2one("dms.vehicle", required=True, ondelete="restrict")
    move_id = fields.Many2one(
        "account.move", "Entry", required=True, index=True, ondelete="cascade"
    )
    entry_state = fields.Selection(related="move_id.state", string="Entry State")
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, help="First day of the month.")
    amount = fields.Monetary("Interest", required=True)

    _line_month_idx = models.Index("(line_id, month)")

    def action_open_contract(self):
        """Open the financed car that this belongs to."""
        self.ensure_one()
        return self.contract_id._get_records_action()
