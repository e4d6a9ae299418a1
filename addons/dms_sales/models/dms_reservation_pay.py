"""The deposit of a reservation: captured only for whoever gets the car."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .dms_reservation_states import WAITING

STEP_CRON = "payment.cron_post_process_payment_tx"
PAID = ("authorized", "done")
REFUNDS = ("full_only", "partial")


class DmsReservation(models.Model):
    _name = "dms.reservation"
    _inherit = ["dms.reservation"]

    transaction_ids = fields.One2many(
        "payment.transaction", "dms_reservation_id", "Payments", readonly=True
    )
    paid_by_id = fields.Many2one("payment.transaction", "Paid by", readonly=True)

    def _dms_money_is_coming(self):
        """:return: whether a payment of this reservation has been authorised"""
        payments = self.sudo().transaction_ids  # nobody reads them here
        return bool(payments.filtered(lambda tx: tx.state in PAID))


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order"]

    dms_reservation_ids = fields.One2many("dms.reservation", "order_id", "Reservations")

    def _dms_reservation_to_pay(self):
        """:return: the reservation whose deposit is paid now, as sudo, or none
        :raise UserError: if the order waits for its deposit no longer
        """
        # the customer pays by his link, and reads no reservation
        last = self.sudo().dms_reservation_ids.sorted("id")[-1:]
        if last.state == "held":
            last._dms_begin_payment()
            return last
        if last and last.state != "paid" and not last.order_id.require_payment:
            raise UserError(
                self.env._("This reservation has ended. Please reserve once more.")
            )
        return last.browse()

    def _send_payment_succeeded_for_order_mail(self):
        """Nobody is thanked for a payment that goes back."""
        lost = self.filtered(
            lambda order: (
                order.sudo().dms_reservation_ids.sorted("id")[-1:].state
                in ("lost", "cancelled")
            )
        )
        return super(SaleOrder, self - lost)._send_payment_succeeded_for_order_mail()


class PaymentTransaction(models.Model):
    """Two steps, each in a transaction of its own.

    First the car is claimed and the order confirmed, or the race is lost. Only when
    that is written the money is captured, or let go: a provider is never asked for
    something that the database may still take back.
    """

    _name = "payment.transaction"
    _inherit = ["payment.transaction"]

    dms_reservation_id = fields.Many2one(
        "dms.reservation", "Reservation", readonly=True, index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A car that is no longer held is not paid for, by whatever page."""
        payments = super().create(vals_list)
        for tx in payments.filtered(lambda tx: len(tx.sale_order_ids) == 1):
            tx.dms_reservation_id = tx.sale_order_ids._dms_reservation_to_pay()
        return payments

    def _post_process(self):
        """Payments of reservations go their own way, each in its store."""
        paid = self.filtered(lambda tx: tx.dms_reservation_id and tx.state in PAID)
        decided = paid.filtered(lambda tx: tx.dms_reservation_id.state not in WAITING)
        for tx in paid - decided:
            here = tx.with_company(tx.company_id)
            here.dms_reservation_id.sudo()._dms_settle(tx)
        won = paid.filtered(lambda tx: tx.dms_reservation_id.paid_by_id == tx)
        waiting = won.filtered(lambda tx: tx.state == "authorized")
        lost = paid - won
        not_now = lost | (decided & waiting)
        res = None
        for store, payments in (self - not_now).grouped("company_id").items():
            here = payments.with_company(store)
            res = super(PaymentTransaction, here)._post_process()
        ((paid - decided) & (lost | waiting))._dms_come_back()
        (decided & waiting)._dms_capture()
        (decided & lost)._dms_let_go()
        return res

    def _dms_come_back(self):
        """Ask for the money, or let it go, as soon as the decision is written."""
        if self:
            self.is_post_processed = False
            self.env.ref(STEP_CRON).sudo()._trigger()

    def _dms_capture(self):
        self.is_post_processed = True
        for tx in self.filtered(lambda tx: not tx.child_transaction_ids):
            if not tx._dms_ask_provider("_capture"):
                tx._dms_by_hand(
                    self.env._(
                        "The deposit could not be captured: %(payment)s.",
                        payment=tx.reference,
                    )
                )

    def _dms_let_go(self):
        """Give back what was paid for a car that another customer has."""
        self.is_post_processed = True
        for tx in self.filtered(lambda tx: not tx.child_transaction_ids):
            what = "_void" if tx.state == "authorized" else "_refund"
            if not tx._dms_ask_provider(what):
                tx._dms_by_hand(
                    self.env._(
                        "Pay back the deposit of a lost car: %(payment)s.",
                        payment=tx.reference,
                    )
                )

    def _dms_ask_provider(self, what):
        """:param str what: "_capture", "_void" or "_refund"
        :return: whether the provider has taken it on
        """
        if what == "_refund" and self.provider_id.support_refund not in REFUNDS:
            return False
        try:
            return getattr(self, what)().state != "error"
        except UserError:  # it has been switched off meanwhile
            return False

    def _dms_by_hand(self, summary):
        """Leave to people what the provider does not do."""
        deal = self.dms_reservation_id.deal_id
        accountants = deal.company_id._dms_holders("dms_base.group_dms_accountant")
        user = accountants[:1] or deal.user_id
        if user:
            deal.activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, summary=summary
            )
