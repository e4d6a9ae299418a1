from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ..transfer.steps import ASKING, GIVING

UNDO_SIDES = [(ASKING, "Asking Store"), (GIVING, "Giving Store")]
LEAVES = ("sold", "delivered")


class DmsTransferRequest(models.Model):
    """A transfer that does not take place; both ledgers end as if it never had.

    Before cars have moved, either store cancels alone. Later both must agree: what one
    asks for, the other confirms, and in that moment goods, invoices and orders go back
    in one transaction, or nothing does.
    """

    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    undo_side = fields.Selection(
        UNDO_SIDES, "Wants to Cancel", readonly=True, copy=False, tracking=True
    )
    undo_note = fields.Char("Why Cancel", readonly=True, copy=False)

    def action_cancel(self):
        self.ensure_one()
        return self._dms_window(
            "dms.transfer.reason", self.env._("Cancel"), default_step="cancel"
        )

    def action_undo(self):
        """Ask the other store to take everything back, or agree to it."""
        self.ensure_one()
        if not self.undo_side:
            return self._dms_window(
                "dms.transfer.reason", self.env._("Cancel"), default_step="undo"
            )
        self.agree_to_undo()
        return True

    def action_keep(self):
        """Either store wants the transfer to go on after all."""
        self._dms_check_step("undo")
        # checked above; steps are written by no one himself
        self.sudo().write({"undo_side": False, "undo_note": False})
        return True

    def cancel(self, reason):
        """Cancel before any car has moved.

        :param str reason: why; required
        """
        self._dms_check_step("cancel")
        self._dms_check_reason(reason)
        # checked above; what is taken back lies in both stores
        for request in self.sudo():
            request._dms_undo(reason)
        self._dms_tell_other(self.env._("Cancelled: %(reason)s", reason=reason))

    def ask_undo(self, reason):
        """Ask the other store to take back what has moved already.

        :param str reason: why; required
        """
        self._dms_check_step("undo")
        self._dms_check_reason(reason)
        for request in self:
            request._dms_check_may_reverse()
            side = request._dms_undo_side()
            # checked above; steps are written by no one himself
            request.sudo().write({"undo_side": side, "undo_note": reason})
            request._dms_tell_other(
                self.env._(
                    "Wants to cancel: %(reason)s The other store must agree.",
                    reason=reason,
                )
            )

    def agree_to_undo(self):
        """The other store agrees: everything goes back at once."""
        self._dms_check_step("undo")
        for request in self:
            request._dms_check_other_side()
            request._dms_check_may_reverse()
            # checked above; what is taken back lies in both stores
            request.sudo()._dms_undo(request.undo_note)

    def _dms_undo_side(self):
        sides = self._dms_sides() or [GIVING]
        return sides[0]

    def _dms_check_other_side(self):
        if not self.undo_side:
            raise UserError(
                self.env._("%(number)s: nobody asked to cancel it.", number=self.name)
            )
        if not self.env.su and self._dms_sides() == [self.undo_side]:
            raise UserError(
                self.env._(
                    "%(number)s: cars have moved, so the other store must agree.",
                    number=self.name,
                )
            )

    def _dms_check_may_reverse(self):
        # invoices of both stores count; of the other's nothing is shown
        known = self.sudo()
        moves = known.sale_id.invoice_ids | known.purchase_id.invoice_ids
        self._dms_check_no_payment(moves)
        self._dms_check_own_invoices(moves)

    def _dms_check_own_invoices(self, moves):
        # orders of both stores count; of the other's nothing is shown
        known = self.sudo()
        shared = moves.invoice_line_ids.filtered(
            lambda line: (
                line.parent_state == "posted"
                and (
                    line.sale_line_ids.order_id - known.sale_id
                    or line.purchase_line_id.order_id - known.purchase_id
                )
            )
        )
        if shared:
            raise UserError(
                self.env._(
                    "%(names)s is for other orders, too: credit it by hand first.",
                    names=", ".join(shared.move_id.mapped("name")),
                )
            )

    def _dms_check_no_payment(self, moves):
        paid = moves.filtered(
            lambda move: (
                move.state == "posted"
                and move.payment_state in ("paid", "partial", "in_payment")
            )
        )
        if paid:
            raise UserError(
                self.env._(
                    "%(number)s: paid already (%(names)s). Undo the payments first.",
                    number=self.name,
                    names=", ".join(paid.mapped("name")),
                )
            )

    # Back, in the order opposite to that in which things went

    def _dms_undo(self, reason):
        self.ensure_one()
        self._dms_of_both_stores()._dms_undo_documents(reason)
        self._dms_close("cancelled", reason)
        self.write({"undo_side": False})

    def _dms_of_both_stores(self):
        # valuing stock, Odoo drops sudo, and no user needs to work in both stores
        stores = self.company_id | self.giving_company_id
        both = self.with_user(SUPERUSER_ID).with_context(allowed_company_ids=stores.ids)
        return both.sudo()

    def _dms_undo_documents(self, reason):
        self._dms_free_deals()
        if self.sale_id:
            self._dms_reverse_invoices(reason)
            self._dms_bring_back()
            self._dms_cancel_orders()

    def _dms_free_deals(self):
        """Take the cars from the asking store's deals; a sold one cannot go back."""
        for line in self.line_ids.filtered(lambda one: one.stage != "open"):
            car = line.vehicle_id
            mine = car.company_id == self.company_id
            if mine and car.state in LEAVES or line._dms_is_promised_elsewhere():
                raise UserError(
                    self.env._(
                        "VIN %(vin)s is sold at %(store)s; it cannot go back.",
                        vin=car.vin,
                        store=self.company_id.name,
                    )
                )
            allocated = line.deal_line_ids.filtered(
                lambda deal, car=car: deal.dms_vehicle_id == car
            )
            allocated.dms_vehicle_id = False

    def _dms_reverse_invoices(self, reason):
        for order in (self.sale_id, self.purchase_id):
            moves = order.invoice_ids.with_company(order.company_id)
            moves.filtered(lambda move: move.state == "draft").button_cancel()
            posted = moves.filtered(
                lambda move: (
                    move.state == "posted"
                    and move.move_type in ("out_invoice", "in_invoice")
                    and move.payment_state != "reversed"
                )
            )
            today = fields.Date.context_today(self)
            posted._reverse_moves(
                [self._dms_prepare_reversal(move, today, reason) for move in posted],
                cancel=True,
            )

    @api.model
    def _dms_prepare_reversal(self, move, today, reason):
        return {
            "ref": f"{move.name}: {reason}",
            "date": today,
            "invoice_date": today,
        }

    def _dms_bring_back(self):
        """Return what was received, then what was shipped."""
        buyer, seller = self.company_id, self.giving_company_id
        receipts = self.purchase_id.picking_ids
        self._dms_cancel_pickings(receipts)
        self._dms_return(receipts, buyer)
        self._dms_cancel_pickings(self.sale_id.picking_ids)
        self._dms_return(self.sale_id.picking_ids, seller)
        self.line_ids._dms_restore()

    @api.model
    def _dms_cancel_pickings(self, pickings):
        pickings.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        ).action_cancel()

    @api.model
    def _dms_return(self, pickings, store):
        done = pickings.filtered(
            lambda picking: picking.state == "done" and not picking.return_id
        )
        for picking in done.with_company(store):
            wizard = self.env["stock.return.picking"].with_company(store)
            back = wizard.create({"picking_id": picking.id})
            back = self._dms_return_all(back)
            if back:
                back.with_context(skip_backorder=True).button_validate()

    @api.model
    def _dms_return_all(self, wizard):
        lots = wizard.picking_id.move_line_ids.lot_id
        gone = wizard.picking_id.return_ids.filtered(lambda one: one.state == "done")
        if lots <= gone.move_line_ids.lot_id:
            return gone.browse()
        action = wizard.action_create_returns_all()
        picking = gone.browse(action["res_id"]).with_env(wizard.env)
        picking.move_ids._dms_take_same_cars()
        return picking

    def _dms_cancel_orders(self):
        purchase = self.purchase_id
        # Odoo refuses to cancel what was billed, even if the bill is reversed
        purchase.write({"state": "cancel"})
        self.sale_id._action_cancel()


class DmsTransferLine(models.Model):
    _name = "dms.transfer.line"
    _inherit = ["dms.transfer.line"]

    def _dms_is_promised_elsewhere(self):
        """:return: whether a customer's order other than the deal has this car"""
        orders = self.vehicle_id.sale_line_ids - self.sale_line_id
        return any(
            line._dms_is_promise() and line not in self.deal_line_ids for line in orders
        )

    def _dms_restore(self):
        """The car is again what it was before: bought then, in stock since then."""
        for line in self.filtered("since_date"):
            line.vehicle_id.write(
                {
                    "received_date": line.since_date,
                    "purchase_line_id": line.bought_line_id.id,
                }
            )
