from odoo import Command, models


class DmsTransferRequest(models.Model):
    """The giving store's sale and, as its mirror, the asking store's purchase."""

    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    def action_order(self):
        """Sell and buy in one click: the sale here, its mirror at the asking store."""
        for request in self:
            request._dms_check_step("order")
            request._dms_order()
        return True

    def _dms_order(self):
        # checked before; what was agreed is written by no one himself
        store = self.sudo().giving_company_id
        lines = self.line_ids.sudo()
        lines._dms_remember()
        lines.write({"holds": False})
        sale = (
            self.env["sale.order"].with_company(store).create(self._dms_prepare_sale())
        )
        for line, sold in zip(lines, sale.order_line, strict=True):
            line.sale_line_id = sold.sudo()
        sale.action_confirm()
        purchase = sale._dms_create_counterpart()
        for line in lines:
            line.purchase_line_id = line.sale_line_id.dms_counterpart_line_id
        self.sudo().write({"sale_id": sale.id, "purchase_id": purchase.id})

    def _dms_prepare_sale(self):
        # the asking store is out of reach of the giving one
        known = self.sudo()
        return {
            "company_id": known.giving_company_id.id,
            "partner_id": known.company_id.partner_id.id,
            "client_order_ref": self.name,
            "order_line": [
                Command.create(line.vehicle_id._dms_prepare_sale_line(line.price))
                for line in known.line_ids
            ],
        }

    def action_view_sale(self):
        return self.env["dms.vehicle"]._open("sale.order", self.sale_id)

    def action_view_purchase(self):
        return self.env["dms.vehicle"]._open("purchase.order", self.purchase_id)
