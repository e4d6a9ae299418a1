from odoo import fields, models

from .oem_states import OEM_STATES


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    dms_vehicle_ids = fields.One2many(
        "dms.vehicle", "purchase_line_id", "Vehicles", readonly=True
    )
    # what the OEM says of a line as a whole, before its cars have VINs
    dms_is_vehicle = fields.Boolean(related="product_id.dms_is_vehicle")
    dms_line_number = fields.Integer(
        "OEM Line",
        readonly=True,
        copy=False,
        help="Number of the line in messages to and from the OEM; it stays when lines "
        "are moved.",
    )
    dms_oem_number = fields.Char(
        "OEM Order No.", copy=False, index="btree_not_null", readonly=True
    )
    dms_oem_status = fields.Selection(
        OEM_STATES,
        "OEM Status",
        readonly=True,
        copy=False,
        help="The furthest one that the OEM has reported of the line.",
    )
    dms_eta = fields.Date("Arrival by the OEM", readonly=True, copy=False)
    dms_eta_at = fields.Datetime("Arrival Reported at", readonly=True, copy=False)
    dms_oem_report_ids = fields.One2many(
        "dms.oem.report", "purchase_line_id", "OEM Reports", readonly=True
    )

    def _dms_unit_cost(self):
        """:return: what one of this line costs before tax, in the store's currency"""
        quantity, rate = self.product_qty, self.order_id.currency_rate
        return self.price_subtotal / quantity / (rate or 1.0) if quantity else 0.0

    def _dms_number_lines(self):
        """Give car lines that have none the next number of their order."""
        for order, lines in self.grouped("order_id").items():
            last = max(order.order_line.mapped("dms_line_number"), default=0)
            new = lines.filtered(
                lambda li: li.dms_is_vehicle and not li.dms_line_number
            )
            for number, line in enumerate(new, start=last + 1):
                line.dms_line_number = number
