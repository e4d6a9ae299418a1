from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..earnest import Deposit, settle
from .dms_desk_store import DEPOSIT_KINDS
from .money import exact

STATES = [
    ("requested", "Requested"),
    ("approved", "Approved"),
    ("done", "Settled"),
    ("refused", "Refused"),
]
BREACHES = [
    ("buyer", "The customer"),
    ("dealer", "The store"),
    ("nobody", "Nobody"),
]
OPEN = ("requested", "approved")
TODO = "mail.mail_activity_data_todo"
DECIDED = {
    *("state", "approved_by_id", "approved_at", "settled_at", "refusal", "user_id"),
    *("order_id", "deposit_kind", "price", "paid", "deposit", "binding", "kept"),
    *("returned", "added", "move_ids", "payment_ids", "refund", "paid_by_others"),
}
ASKED_ONCE = {"deal_id", "company_id", "partner_id"}


class DmsDealCancellation(models.Model):
    """How a deal ends without a car (退订): who failed, what the law makes of that.

    Asked for by the consultant, approved by another, settled by the accountant: credit
    notes, what is kept or doubled, and money back, each as a document of its own.
    """

    _name = "dms.deal.cancellation"
    _description = "Cancellation of a Deal"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "deal_id"

    deal_id = fields.Many2one(
        "dms.deal",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', 'in', ('offered', 'ordered')),"
        " ('company_id', '=', company_id)]",
    )
    order_id = fields.Many2one("sale.order", readonly=True, index=True)
    partner_id = fields.Many2one(
        related="deal_id.partner_id", store=True, string="Customer", index=True
    )
    vehicle_id = fields.Many2one(related="deal_id.vehicle_id", string="Car")
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        "Asked by",
        readonly=True,
        default=lambda self: self.env.user,
        index=True,
    )
    reason = fields.Text(required=True)
    breach = fields.Selection(
        BREACHES,
        "Who Did Not Perform",
        required=True,
        default="buyer",
        tracking=True,
        help="Nobody: both sides end it together, or for what neither answers for, as "
        "a loan that the bank refuses.",
    )
    is_waived = fields.Boolean(
        "Other Side Asks for Nothing",
        tracking=True,
        help="The earnest money goes back as it was paid.",
    )
    deposit_kind = fields.Selection(DEPOSIT_KINDS, "Kind of Deposit", readonly=True)
    price = fields.Monetary(readonly=True, help="Of the contract, with VAT.")
    paid = fields.Monetary("Paid by the Customer", readonly=True)
    deposit = fields.Monetary(
        "Deposit Paid", readonly=True, help="What was paid above it was for the price."
    )
    binding = fields.Monetary(
        "Earnest Money",
        readonly=True,
        help="Of the deposit, at most 20 % of the price (民法典 586).",
    )
    kept = fields.Monetary("Kept by the Store", readonly=True)
    returned = fields.Monetary("Given Back", readonly=True)
    added = fields.Monetary(
        "Paid on Top", readonly=True, help="The double of the earnest money."
    )
    refund = fields.Monetary("Paid Out", compute="_compute_refund", store=True)
    paid_by_others = fields.Monetary(
        "Back to Others", readonly=True, help="What a lender had paid goes back to it."
    )
    state = fields.Selection(
        STATES, "Status", default="requested", readonly=True, index=True, tracking=True
    )
    approved_by_id = fields.Many2one("res.users", "Approved by", readonly=True)
    approved_at = fields.Datetime("Approved on", readonly=True)
    refusal = fields.Text("Why It Was Refused", readonly=True)
    settled_at = fields.Datetime("Settled on", readonly=True)
    journal_id = fields.Many2one(
        "account.journal",
        "Paid From",
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id)]",
    )
    move_ids = fields.Many2many("account.move", string="Documents", readonly=True)
    payment_ids = fields.Many2many(
        "account.payment", string="Money Back", readonly=True
    )

    _one_open = models.UniqueIndex(
        "(deal_id) WHERE state IN ('requested', 'approved')",
        "The cancellation of this deal is asked for already.",
    )

    @api.depends("returned", "added")
    def _compute_refund(self):
        for record in self:
            record.refund = record.returned + record.added

    # Asking

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._dms_check_by_hand(vals)
            deal = self.env["dms.deal"].browse(vals.get("deal_id"))
            vals.setdefault("company_id", deal.company_id.id)
            # before the index says the same without saying why
            self.new(vals)._dms_check_cancellable()
        records = super().create(vals_list)
        for record in records:
            record._dms_settle()
            record._dms_call_approver()
        return records

    def write(self, vals):
        self._dms_check_by_hand(vals)
        if not self.env.su and ASKED_ONCE & vals.keys():
            raise UserError(
                self.env._("Ask for the cancellation of the other deal by itself.")
            )
        res = super().write(vals)
        if {"breach", "is_waived"} & set(vals):
            self._dms_check_open("requested")
            for record in self:
                record._dms_settle()
        return res

    def _dms_check_by_hand(self, vals):
        if not self.env.su and not DECIDED.isdisjoint(vals):
            raise AccessError(
                self.env._("Amounts and decisions are not written by hand.")
            )

    def _dms_check_cancellable(self):
        deal = self.deal_id
        if deal.state == "delivered":
            raise UserError(
                self.env._(
                    "%(deal)s is delivered: take the car back by a return.",
                    deal=deal.name,
                )
            )
        if deal.state == "cancelled":
            raise UserError(
                self.env._("%(deal)s is cancelled already.", deal=deal.name)
            )
        if len(deal.order_id.order_line._dms_cars()) > 1:
            raise UserError(
                self.env._(
                    "%(order)s sells several cars: take this one off the order.",
                    order=deal.order_id.name,
                )
            )

    def _dms_settle(self):
        """Compute from the books what each side gets."""
        self.ensure_one()
        own, others = self._dms_paid()
        order = self.deal_id.order_id
        kind = order.dms_deposit_kind or "advance"
        price = max(exact(order.amount_total), exact(0.01))
        given = min(exact(own), exact(order.dms_deposit))
        deposit = Deposit(price, given, kind)
        claims = () if self.is_waived else ("earnest",)
        found = settle(deposit, self.breach, claims)
        # amounts are computed, whoever asked
        self.sudo().write(
            {
                "order_id": order.id,
                "deposit_kind": kind,
                "price": float(price),
                "paid": own,
                "deposit": float(given),
                "binding": float(deposit.binding),
                "kept": float(found.kept),
                "returned": float(found.returned + exact(own) - given),
                "added": float(found.added),
                "paid_by_others": others,
            }
        )

    def _dms_paid(self):
        """:return: yuan that the customer paid, and that others did, as booked"""
        customer = self.partner_id.commercial_partner_id
        own = others = 0.0
        for payment in self._dms_payments():
            signed = payment.amount * (1 if payment.payment_type == "inbound" else -1)
            if payment.partner_id.commercial_partner_id == customer:
                own += signed
            else:
                others += signed
        return max(own, 0.0), max(others, 0.0)

    def _dms_payments(self):
        """:return: payments of this deal that are posted, as superuser"""
        return self.deal_id._dms_payments()

    def _dms_call_approver(self):
        group = self.env.ref("dms_base.group_dms_sales_manager")
        users = self.env["res.users"].search(
            [
                ("all_group_ids", "in", group.ids),
                ("company_id", "=", self.company_id.id),
                ("id", "!=", self.user_id.id),
            ],
            order="id",
        )
        user = users.filtered(lambda one: not one._is_admin())[:1] or users[:1]
        if user:
            words = self.with_context(lang=user.lang).env
            self.activity_schedule(
                TODO,
                user_id=user.id,
                summary=words._(
                    "%(deal)s: a cancellation waits for you", deal=self.deal_id.name
                ),
            )

    # Deciding

    def _dms_check_open(self, *states):
        for record in self:
            if record.state not in states:
                raise UserError(
                    self.env._(
                        "This cancellation is past that step: %(state)s.",
                        state=dict(
                            self._fields["state"]._description_selection(self.env)
                        )[record.state],
                    )
                )

    def _dms_check_approver(self):
        self.check_access("read")
        if not self.env.user.has_group("dms_base.group_dms_sales_manager"):
            raise AccessError(self.env._("A sales manager decides on cancellations."))
        if self.user_id == self.env.user:
            raise UserError(
                self.env._("Somebody else than who asked for it has to decide.")
            )

    def action_approve(self):
        """Agree to the amounts as they stand in the books now."""
        self.ensure_one()
        self._dms_check_approver()
        self.sudo()._dms_claim()
        self._dms_check_open(*OPEN)
        self._dms_settle()
        # nobody writes a decision by hand; who may decide was checked above
        self.sudo().write(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "approved_at": fields.Datetime.now(),
            }
        )
        self.sudo().activity_unlink([TODO])
        if not self._dms_has_money():
            self._dms_finish()
        return True

    def action_refuse(self, reason=""):
        """Do not agree; the deal goes on.

        :param str reason: why
        """
        self.ensure_one()
        self._dms_check_approver()
        self._dms_check_open("requested")
        # as above
        self.sudo().write({"state": "refused", "refusal": reason or False})
        self.sudo().activity_unlink([TODO])
        return True

    def _dms_has_money(self):
        return bool(self.paid or self.paid_by_others or self._dms_invoices())

    def _dms_invoices(self):
        # consultants see no invoices
        return self.sudo().order_id.invoice_ids.filtered(
            lambda one: one.state == "posted" and one.move_type == "out_invoice"
        )

    def action_refund(self):
        """Post what the cancellation means, pay back, and free the car."""
        self.ensure_one()
        if not self.env.user.has_group("dms_base.group_dms_accountant"):
            raise AccessError(self.env._("The accountant settles cancellations."))
        self.check_access("read")
        self.sudo()._dms_claim()
        self._dms_check_open("approved")
        self._dms_check_unchanged()
        self._dms_post()
        self._dms_finish()
        return True

    def _dms_check_unchanged(self):
        own, others = self._dms_paid()
        unit = self.currency_id
        if unit.compare_amounts(own, self.paid) or unit.compare_amounts(
            others, self.paid_by_others
        ):
            raise UserError(
                self.env._(
                    "What was paid has changed since the approval: have it approved "
                    "again."
                )
            )

    # The end

    def _dms_finish(self):
        deal = self.deal_id
        # the order ends by this decision, whose hand it is does not matter
        order = self.order_id.sudo()
        product, vehicle = deal.product_id, deal.vehicle_id
        (order | deal.sudo().variant_ids).filtered(
            lambda one: one.state != "cancel"
        )._action_cancel()
        deal.sudo().contract_ids._dms_cancel()
        self.sudo().write({"state": "done", "settled_at": fields.Datetime.now()})
        self._dms_log_end()
        self._dms_tell_waiting(product, vehicle)

    def _dms_log_end(self):
        self.env["dms.log.entry"].sudo()._append(
            [
                {
                    "kind": "deal.cancelled",
                    "subject": self.deal_id.name,
                    "company_id": self.company_id.id,
                    "body": {"breach": self.breach, "order": self.order_id.name},
                }
            ]
        )

    def _dms_tell_waiting(self, product, vehicle):
        """Tell those who sold the same model without a VIN that a car is free."""
        if not vehicle:
            return
        # deals of colleagues, too
        waiting = (
            self.env["dms.deal"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("product_id", "=", product.id),
                    ("vehicle_id", "=", False),
                    ("state", "=", "ordered"),
                ],
                order="date_order, id",
            )
        )
        for deal in waiting.filtered("user_id"):
            words = deal.with_context(lang=deal.user_id.lang).env
            deal.activity_schedule(
                TODO,
                user_id=deal.user_id.id,
                summary=words._("%(vin)s has become free", vin=vehicle.vin),
            )


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    cancellation_ids = fields.One2many(
        "dms.deal.cancellation", "deal_id", "Cancellations"
    )

    def _dms_payments(self):
        """:return: payments of this deal that are posted, as superuser"""
        # consultants see no payments, and have to know what was paid
        deal = self.sudo()
        invoices = deal.order_id.invoice_ids.filtered(lambda one: one.state == "posted")
        payments = self.env["account.payment"].sudo()
        payments |= invoices.reconciled_payment_ids
        payments |= deal.order_id.transaction_ids.payment_id
        payments |= payments.search([("dms_deal_id", "in", deal.ids)])
        return payments.filtered(lambda one: one.state in ("in_process", "paid"))

    def action_dms_cancellation(self):
        """Open the cancellation, or ask for it."""
        self.ensure_one()
        known = self.cancellation_ids.filtered(lambda one: one.state != "refused")
        action = self.env["dms.vehicle"]._open("dms.deal.cancellation", known[:1])
        if not known:
            action |= {
                "view_mode": "form",
                "context": {
                    "default_deal_id": self.id,
                    "default_company_id": self.company_id.id,
                },
            }
        return action

    def _dms_blockers(self):
        missing = super()._dms_blockers()
        # who may not see it is told who can solve it
        asked = self.sudo().cancellation_ids.filtered(lambda one: one.state in OPEN)
        if self.state == "ordered" and asked:
            role = "accountant" if asked.state == "approved" else "sales_manager"
            who = self.env.ref(f"dms_base.group_dms_{role}")
            text = self.env._("Its cancellation is asked for.")
            place = asked.sudo(False)
            missing.append(self._dms_blocker("cancellation", text, who, place))
        return missing


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment"]

    dms_deal_id = fields.Many2one(
        "dms.deal",
        "Deal",
        index="btree_not_null",
        copy=False,
        check_company=True,
        help="For which car it was paid, where no invoice says so.",
    )


class DmsLogEntry(models.Model):
    _name = "dms.log.entry"
    _inherit = ["dms.log.entry"]

    @api.model
    def _kind_names(self):
        cancelled = {"deal.cancelled": self.env._("Deal cancelled")}
        return super()._kind_names() | cancelled
