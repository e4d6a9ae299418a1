from odoo import models


class AccountMove(models.Model):
    """Posted, the carrier's bill lands on the cars; cancelled, it is taken back."""

    _name = "account.move"
    _inherit = ["account.move"]

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._dms_land_transports()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self._dms_land_transports()
        return result

    def _dms_land_transports(self):
        bills = self.filtered(lambda move: move.is_purchase_document())
        bills |= bills.reversed_entry_id
        if bills:
            # who posts the bill of a carrier need not plan transports
            orders = self.env["dms.transport.order"].sudo()
            orders.search([("bill_id", "in", bills.ids)])._dms_land()


class StockPicking(models.Model):
    """A bill that came before the cars lands when they have come."""

    _name = "stock.picking"
    _inherit = ["stock.picking"]

    def _action_done(self):
        result = super()._action_done()
        moved = self.filtered(lambda picking: picking._dms_is_between_stores())
        moved._dms_land_transports()
        return result

    def _dms_is_between_stores(self):
        ends = self.location_id | self.location_dest_id
        return self.state == "done" and "transit" in ends.mapped("usage")

    def _dms_land_transports(self):
        # who moves cars need not know what their transport has cost
        cars = self.move_line_ids.lot_id.sudo().dms_vehicle_ids
        if cars and not self.env.context.get("dms_lands_nothing"):
            on_trucks = self.env["dms.transport.car"].sudo()
            billed = [("vehicle_id", "in", cars.ids), ("order_id.bill_id", "!=", False)]
            on_trucks.search(billed).order_id._dms_land()


class DmsTransferRequest(models.Model):
    _inherit = "dms.transfer.request"

    def _dms_undo_documents(self, reason):
        """What was landed is taken off, while the cars stand where it was put on."""
        self._dms_transports()._dms_land(back=self.line_ids.vehicle_id.ids)
        # in between, one store has given its cars back and the other not got them yet
        quiet = self.with_context(dms_lands_nothing=True)
        return super(DmsTransferRequest, quiet)._dms_undo_documents(reason)
