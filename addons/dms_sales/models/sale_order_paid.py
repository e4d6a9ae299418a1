from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError

TODO = "mail.mail_activity_data_todo"


class PaymentTransaction(models.Model):
    """A deposit is in the books, whatever keeps its order from being confirmed."""

    _name = "payment.transaction"
    _inherit = ["payment.transaction"]

    def _check_amount_and_confirm_order(self):
        confirmed = self.env["sale.order"]
        for tx in self:
            try:
                with self.env.cr.savepoint():
                    step = super(PaymentTransaction, tx)
                    confirmed |= step._check_amount_and_confirm_order()
            except UserError as error:
                if not tx.sale_order_ids.dms_deal_id:
                    raise
                tx.sale_order_ids._dms_tell_paid_in_vain(error)
        return confirmed


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order"]

    def _dms_tell_paid_in_vain(self, error):
        """Give it to the consultant: the customer has paid, and may not wait.

        :param error: why the order cannot be confirmed, in words
        """
        # a customer pays; the task is the consultant's
        for deal in self.sudo().dms_deal_id:
            user = deal.user_id or deal.create_uid
            words = deal.with_context(lang=user.lang).env
            deal.activity_schedule(
                TODO,
                user_id=user.id,
                summary=words._("Paid, but the order cannot be confirmed"),
                note=str(error),
            )

    def _dms_asking_user(self):
        """The system confirms what was paid by the limits of whoever offered it."""
        if self.env.uid == SUPERUSER_ID and self.user_id:
            return self.user_id
        return super()._dms_asking_user()
