from odoo import fields, models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    dms_vehicle_ids = fields.One2many(
        "dms.vehicle", "purchase_line_id", "Vehicles", readonly=True
    )
