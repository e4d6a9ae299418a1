from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DmsBookingLine(models.AbstractModel):
    """A car that the OEM has promised, booked; part of ``sale.order.line``."""

    _name = "dms.booking.line"
    _description = "Line That Books an Allocation"

    dms_allocation_ids = fields.One2many(
        "dms.allocation", "sale_line_id", "Booked Allocations"
    )
    dms_allocation_id = fields.Many2one(
        "dms.allocation",
        "Allocation",
        compute="_compute_dms_allocation_id",
        inverse="_inverse_dms_allocation_id",
        copy=False,
        domain="[('product_id', '=', product_id), ('company_id', '=', company_id),"
        " ('state', '=', 'free')]",
        help="A car that the OEM has promised. When it gets its VIN, this line gets "
        "it.",
    )

    @api.depends("dms_allocation_ids")
    def _compute_dms_allocation_id(self):
        for line in self:
            line.dms_allocation_id = line.dms_allocation_ids[:1]

    def _inverse_dms_allocation_id(self):
        for line in self:
            wanted = line.dms_allocation_id
            # whoever may change the order frees its booking
            (line.sudo().dms_allocation_ids - wanted)._dms_release()
            if wanted:
                wanted._dms_book(line)

    @api.constrains("product_id", "product_uom_qty")
    def _check_dms_allocation(self):
        # the rule holds whoever writes the line
        for line in self.sudo().filtered("dms_allocation_ids"):
            line.dms_allocation_ids._check_matches()
            if line.product_uom_qty != 1:
                raise ValidationError(
                    self.env._("A line with an allocation sells exactly one car.")
                )

    def _dms_release_needless(self):
        """Give back what lines have booked that have another car by now."""
        self.filtered("dms_vehicle_id")._dms_release_allocations()

    def _dms_release_allocations(self):
        """Give back what these lines have booked and has not come yet."""
        # whoever may change the order frees its booking
        booked = self.sudo().dms_allocation_ids
        booked.filtered(lambda promise: not promise.vehicle_id)._dms_release()
