from odoo import api, fields, models
from odoo.exceptions import UserError

from .dms_deal_limit import GROUPS, RANKS, ROLES

STATES = [
    ("open", "Waiting"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("fallen", "Fallen"),
]
TODO = "mail.mail_activity_data_todo"


class DmsDealApproval(models.Model):
    """Somebody's consent to what one variant offers, and to nothing else.

    It remembers the sheet it was asked for: changed after that, it falls.
    """

    _name = "dms.deal.approval"
    _description = "Consent to a Discount"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        "sale.order",
        "Variant",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="order_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    deal_id = fields.Many2one(
        related="order_id.dms_deal_id", store=True, index="btree_not_null"
    )
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    currency_id = fields.Many2one(related="order_id.currency_id")
    user_id = fields.Many2one(
        "res.users", "Asked by", required=True, readonly=True, index=True
    )
    reason = fields.Text(required=True, readonly=True)
    role = fields.Selection(
        ROLES, "Asked of", required=True, readonly=True, help="Or a higher role."
    )
    needs = fields.Text("Why", readonly=True)
    given = fields.Monetary("Given Away", readonly=True, help="With VAT.")
    gross_total = fields.Monetary(
        "True Gross", readonly=True, groups="dms_sales.group_cost"
    )
    fingerprint = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        STATES, default="open", required=True, readonly=True, index=True, tracking=True
    )
    note = fields.Text(readonly=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_at = fields.Datetime("Decided on", readonly=True)
    may_decide = fields.Boolean(compute="_compute_may_decide")

    _one_open = models.UniqueIndex(
        "(order_id) WHERE state = 'open'",
        "Consent to this variant is asked for already.",
    )

    @api.depends("state", "role")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        rank = self.env["dms.deal.limit"]._dms_rank_of(self.env.user)
        for approval in self:
            is_able = approval.role and rank >= RANKS.index(approval.role)
            approval.may_decide = approval.state == "open" and is_able

    # Asking

    def _dms_call_approver(self):
        """Give it to somebody of the first role that may, as a task."""
        for approval in self:
            user = approval._dms_approver()
            if user:
                words = approval.with_context(lang=user.lang).env
                approval.activity_schedule(
                    TODO,
                    user_id=user.id,
                    summary=words._(
                        "%(order)s asks for your consent", order=approval.order_id.name
                    ),
                )

    def _dms_approver(self):
        """:return: who is asked, rather one of that role than one above it"""
        group = self.env.ref(GROUPS[self.role])
        users = self.env["res.users"].search(
            [
                ("all_group_ids", "in", group.ids),
                ("company_id", "=", self.company_id.id),
                ("id", "!=", self.user_id.id),
            ],
            order="id",
        )
        ranks = self.env["dms.deal.limit"]
        return min(
            users,
            key=lambda user: (user._is_admin(), ranks._dms_rank_of(user)),
            default=users,
        )

    # Deciding

    def action_dms_open_deal(self):
        """Go to the desk, where the whole offer is seen."""
        self.ensure_one()
        if not self.deal_id:
            return self.env["dms.vehicle"]._open("sale.order", self.order_id)
        return self.env["dms.vehicle"]._open("dms.deal", self.deal_id)

    def action_approve(self, note=""):
        """Agree; the variant may be sent and confirmed as it is.

        :param str note: what else the consultant should know
        """
        return self._dms_decide("approved", note)

    def action_refuse(self, note=""):
        """Do not agree.

        :param str note: why; required
        """
        if not (note or "").strip():
            raise UserError(self.env._("Say why you refuse."))
        return self._dms_decide("refused", note)

    def _dms_decide(self, state, note):
        self.ensure_one()
        self.check_access("read")
        # who decides need not write the order
        self.order_id.sudo()._dms_claim()
        self._dms_check_may_decide()
        # nobody writes a decision by hand; who may decide was checked above
        self.sudo().write(
            {
                "state": state,
                "note": note or False,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        self.sudo().activity_unlink([TODO])
        self._dms_log(f"deal.{state}")
        self._dms_tell_asker()
        return True

    def _dms_check_may_decide(self):
        if self.state != "open":
            raise UserError(self.env._("This has been decided already."))
        if not self.may_decide:
            raise UserError(
                self.env._(
                    "This takes the consent of: %(role)s, or above.",
                    role=self._dms_role_name(),
                )
            )
        if self.order_id._dms_fingerprint() != self.fingerprint:
            raise UserError(
                self.env._("The offer has changed since: have it asked for again.")
            )

    def _dms_role_name(self):
        return dict(self._fields["role"]._description_selection(self.env))[self.role]

    def _dms_tell_asker(self):
        state = dict(self._fields["state"]._description_selection(self.env))[self.state]
        # who decides need not write to the asker's thread
        for approval in self.sudo():
            approval.message_post(
                body=f"{state}: {approval.note}" if approval.note else state,
                partner_ids=approval.user_id.partner_id.ids,
                author_id=self.env.user.partner_id.id,
            )

    def _dms_fall(self):
        """End consents to what is offered no longer."""
        # whoever changes the offer does not decide about it
        fallen = self.sudo()
        fallen.write({"state": "fallen"})
        fallen.activity_unlink([TODO])
        fallen._dms_log("deal.fallen")

    def _dms_log(self, kind):
        """Say in the log that somebody agreed to exactly this sheet, not to what."""
        self.env["dms.log.entry"].sudo()._append(
            [
                {
                    "kind": kind,
                    "subject": approval.deal_id.name or approval.order_id.name,
                    "company_id": approval.company_id.id,
                    "body": {
                        "variant": approval.order_id.name,
                        "role": approval.role,
                        "sheet": approval.fingerprint,
                    },
                }
                for approval in self
            ]
        )


class DmsLogEntry(models.Model):
    _name = "dms.log.entry"
    _inherit = ["dms.log.entry"]

    @api.model
    def _kind_names(self):
        return super()._kind_names() | {
            "deal.approved": self.env._("Consent to a discount given"),
            "deal.refused": self.env._("Consent to a discount refused"),
            "deal.fallen": self.env._("Consent to a discount fallen"),
        }
