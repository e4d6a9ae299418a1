from odoo import api, fields, models
from odoo.exceptions import UserError

from .dms_reservation_states import STATES, WAITING

# however often a payment is begun, a car is held no longer than so many times
MOST_ROUNDS = 3


class DmsReservation(models.Model):
    """A car that a customer took in the web shop: held while the deposit is paid.

    Its deal and quotation are made at once, in the store that has the car. Paid, the
    order is confirmed and the car allocated; not paid in time, the car is free again
    and the offer stays with the consultant.
    """

    _name = "dms.reservation"
    _description = "Online Reservation"
    _inherit = ["dms.store.mixin", "portal.mixin", "mail.thread"]
    _order = "id desc"

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    order_id = fields.Many2one(
        "sale.order",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
    )
    deal_id = fields.Many2one(
        related="order_id.dms_deal_id", store=True, index="btree_not_null"
    )
    lead_id = fields.Many2one(
        related="deal_id.lead_id", store=True, index="btree_not_null"
    )
    user_id = fields.Many2one(related="deal_id.user_id", string="Sales Consultant")
    partner_id = fields.Many2one(
        related="order_id.partner_id", store=True, index="btree_not_null"
    )
    vehicle_id = fields.Many2one(
        "dms.vehicle",
        "Car",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
    )
    product_id = fields.Many2one(
        "product.product", "Model", compute="_compute_product_id", store=True
    )
    state = fields.Selection(
        STATES, "Status", required=True, readonly=True, default="held", tracking=True
    )
    held_until = fields.Datetime(readonly=True, required=True)
    paid_at = fields.Datetime("Paid on", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    deposit = fields.Monetary(related="order_id.dms_deposit")
    amount_total = fields.Monetary("Total", related="order_id.amount_total")

    _one_holder = models.UniqueIndex(
        "(vehicle_id) WHERE state = 'held'",
        "This car is held for another customer.",
    )
    _state_idx = models.Index("(company_id, state, id DESC)")
    _due_idx = models.Index("(held_until) WHERE state = 'held'")

    @api.depends("vehicle_id")
    def _compute_product_id(self):
        # as the shop showed it; receipts of cars do not look for reservations
        for one in self:
            one.product_id = one.vehicle_id.product_id

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code(self._name) or "/"
        return super().create(vals_list)

    def _compute_access_url(self):
        res = super()._compute_access_url()
        for one in self:
            one.access_url = f"/my/reservations/{one.id}"
        return res

    # Time

    def _dms_hold_time(self):
        return self.company_id._dms_hold_time()

    def _dms_is_late(self):
        return self.held_until < fields.Datetime.now()

    def _dms_begin_payment(self):
        """Give the payment that begins now its time.

        :raise UserError: if the car is no longer held
        """
        for one in self:
            one._dms_claim()
            if one.state != "held" or one._dms_is_late():
                raise UserError(
                    self.env._(
                        "The time to pay has run out, and the car is free again."
                        " Please reserve once more."
                    )
                )
            last = one.create_date + MOST_ROUNDS * one._dms_hold_time()
            wanted = fields.Datetime.now() + one._dms_hold_time()
            one.held_until = max(one.held_until, min(wanted, last))

    def _dms_expire(self):
        """Free the cars of who did not pay; the offer stays, without its payment."""
        for one in self.filtered(lambda one: one.state == "held"):
            one.state = "expired"
            one.order_id.require_payment = False
            one.lead_id._dms_touch("not_paid", one, one.name)
            one._dms_call_consultant(
                self.env._("Did not pay online in time: call the customer")
            )

    def _dms_call_consultant(self, summary):
        user = self.user_id or self.company_id._dms_sales_manager()
        if user:
            self.deal_id.activity_schedule(
                "mail.mail_activity_data_call", user_id=user.id, summary=summary
            )

    @api.model
    def _cron_dms_expire(self, limit=200):
        """End what was not paid; what is being paid waits for its payment."""
        domain = [("state", "=", "held"), ("held_until", "<", fields.Datetime.now())]
        late = self.search(domain, limit=limit)
        self.env["ir.cron"]._commit_progress(remaining=len(late))
        for one in late:
            one = one.try_lock_for_update().filtered_domain(domain)
            if one and not one._dms_money_is_coming():
                one._dms_expire()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    # What the customer does by his link

    def _dms_give_up(self):
        """End a reservation that has not been paid.

        :raise UserError: if it has been, or a payment is on its way
        """
        self.ensure_one()
        self._dms_claim()
        if self.state != "held" or self._dms_money_is_coming():
            raise UserError(
                self.env._(
                    "This reservation cannot be given up here. Please call the store."
                )
            )
        self.state = "cancelled"
        self.order_id.require_payment = False
        self._dms_call_consultant(self.env._("Gave up an online reservation"))

    def _dms_may_pay(self):
        """:return: whether the customer can still pay the deposit online"""
        self.ensure_one()
        return (
            self.state == "held"
            and not self._dms_is_late()
            and self.order_id._has_to_be_paid()
        )

    # The race for the car

    def _dms_settle(self, payment):
        """Decide over a payment that was authorised: does it still get the car?

        The car is claimed, so that of two payments at the same moment one waits for
        the other and then sees what it did.
        """
        self.ensure_one()
        self.vehicle_id._dms_claim()
        if self.state not in WAITING:
            return
        if not self._dms_has_car():
            self._dms_lose()
            return
        now = fields.Datetime.now()
        self.write({"state": "paid", "paid_at": now, "paid_by_id": payment.id})
        self.lead_id._dms_touch("paid_online", self, self.name)
        self._dms_tell(
            self.env._("The deposit is paid online: %(name)s.", name=self.name)
        )

    def _dms_has_car(self):
        """:return: whether nobody else holds or has the car of this reservation"""
        return self.vehicle_id._dms_is_free_for(self.order_id)

    def _dms_lose(self):
        self.write({"state": "lost"})
        car = self.order_id.order_line.filtered("dms_vehicle_id")
        car.dms_vehicle_id = False
        self._dms_call_consultant(
            self.env._("The reserved car was gone: offer another one, money goes back")
        )
