from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

MOVE_TYPES = {"invoice": "out_invoice", "refund": "in_refund"}


class DmsDamageReport(models.Model):
    """How the money of a carrier comes into the books."""

    _name = "dms.damage.report"
    _inherit = ["dms.damage.report"]

    def action_settle(self):
        """Make the draft of the carrier's invoice or credit note, once."""
        self.ensure_one()
        self._check_may_settle()
        if not self.move_id:
            move = self._create_move()
            self._go("settled", move_id=move.id)
        return self.move_id._get_records_action()

    def _check_may_settle(self):
        self.check_access("write")
        self.env["account.move"].check_access("create")
        # one of two who press at once waits, is retried, and finds the other's entry
        self.lock_for_update()
        self.invalidate_recordset(["move_id", "state"])
        if self.state not in ("accepted", "settled"):
            raise UserError(
                self.env._(
                    "%(report)s: the carrier has not accepted it yet.",
                    report=self.display_name,
                )
            )

    def _create_move(self):
        moves = self.env["account.move"].with_company(self.company_id)
        return moves.create(self._prepare_move())

    def _prepare_move(self):
        label = self.env._(
            "Transport damage %(number)s, VIN %(vin)s",
            number=self.name,
            vin=self.vin,
        )
        line = {
            "name": label,
            "quantity": 1,
            "price_unit": self.accepted_amount,
            "tax_ids": [Command.clear()],  # compensation is no supply
        }
        return {
            "move_type": MOVE_TYPES[self.settle_by],
            "partner_id": self.carrier_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "ref": self.carrier_reference or self.delivery_note or self.name,
            "invoice_origin": self.name,
            "invoice_line_ids": [Command.create(line)],
        }

    def action_view_move(self):
        self.ensure_one()
        return self.move_id._get_records_action()
