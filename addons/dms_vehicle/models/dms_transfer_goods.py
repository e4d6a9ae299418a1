from odoo import api, models
from odoo.exceptions import UserError


class DmsTransferRequest(models.Model):
    """Cars leave the one store and come to the other."""

    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    def action_ship(self):
        self.ensure_one()
        self._dms_check_step("ship")
        # the order names the moves; they are validated as the user
        known = self.sudo()
        self._dms_validate(known.sale_id.picking_ids, known.giving_company_id)
        return True

    def action_receive(self):
        self.ensure_one()
        self._dms_check_step("receive")
        # the order names the moves; they are validated as the user
        known = self.sudo()
        self._dms_validate(known.purchase_id.picking_ids, known.company_id)
        return True

    def _dms_validate(self, pickings, store):
        ready = self._dms_ready(pickings)
        if not ready:
            raise UserError(
                self.env._(
                    "%(number)s: no car is ready for this. Look at its stock move:"
                    " the VIN may be missing there.",
                    number=self.name,
                )
            )
        ready = ready.sudo(self.env.su).with_company(store)
        ready.with_context(skip_backorder=True).button_validate()

    @api.model
    def _dms_ready(self, pickings):
        return pickings.filtered(lambda picking: picking.state == "assigned")
