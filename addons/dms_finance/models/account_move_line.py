from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    dms_floorplan_id = fields.Many2one(
        "dms.floorplan.contract",
        "Floorplan Car",
        index="btree_not_null",
        ondelete="restrict",
        help="What is owed for this car, or deposited with its lender.",
    )
