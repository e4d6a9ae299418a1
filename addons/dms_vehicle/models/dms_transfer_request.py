from odoo import api, fields, models
from odoo.exceptions import UserError

from ..transfer import STATES, state_of


class DmsTransferRequest(models.Model):
    """One store asks another for cars; both see it, each takes its own steps."""

    _name = "dms.transfer.request"
    _description = "Transfer Request"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one(string="Asking Store", readonly=True)
    store_ids = fields.Many2many("res.partner", compute="_compute_store_ids")
    # staff may not read other companies, but may know them as partners
    giving_store_id = fields.Many2one(
        "res.partner",
        "Ask",
        index="btree_not_null",
        tracking=True,
        domain="[('id', 'in', store_ids)]",
        help="The store that has the cars. With a VIN it is found by itself.",
    )
    # set by the request, so that nobody there sees a draft
    giving_company_id = fields.Many2one(
        "res.company", "Giving Store", readonly=True, copy=False, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Asked by",
        default=lambda self: self.env.user,
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    line_ids = fields.One2many("dms.transfer.line", "request_id", "Cars", copy=True)
    wanted_date = fields.Date("Wanted by")
    note = fields.Text("Why")
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        precompute=True,
    )
    amount_untaxed = fields.Monetary(
        "Total before Tax", compute="_compute_amount", store=True
    )
    car_count = fields.Integer("Number of Cars", compute="_compute_amount", store=True)
    distance_km = fields.Float("Distance (km)", digits=(10, 1))
    decision = fields.Selection(
        [
            (key, label)
            for key, label in STATES
            if key in ("draft", "requested", "approved", "refused", "cancelled")
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False
    )
    decided_at = fields.Datetime("Decided", readonly=True, copy=False)
    decision_note = fields.Char("Reason", readonly=True, copy=False)
    state = fields.Selection(
        STATES,
        "Status",
        compute="_compute_state",
        store=True,
        precompute=True,
        index=True,
        tracking=True,
        group_expand="_dms_expand_state",
    )
    sale_id = fields.Many2one(
        "sale.order",
        "Sale of the Giving Store",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    purchase_id = fields.Many2one(
        "purchase.order",
        "Purchase of the Asking Store",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    # Computed fields

    @api.depends("company_id")
    def _compute_store_ids(self):
        for request in self:
            # as partners, sister stores are known to all staff
            request.store_ids = request.company_id._dms_sister_stores().partner_id

    @api.depends("company_id")
    def _compute_currency_id(self):
        for request in self:
            request.currency_id = request.company_id.currency_id

    @api.depends("line_ids.price")
    def _compute_amount(self):
        for request in self:
            request.amount_untaxed = sum(request.line_ids.mapped("price"))
            request.car_count = len(request.line_ids)

    @api.depends("decision", "line_ids.stage")
    def _compute_state(self):
        for request in self:
            stages = request.line_ids.mapped("stage")
            request.state = state_of(request.decision, stages)

    # Writing: a draft by who asks; all else by the steps

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su:
                self._dms_check_editable(vals)
            vals["name"] = self.env["ir.sequence"].next_by_code(self._name) or "/"
        return super().create(vals_list)

    def write(self, vals):
        if not (self.env.su or all(map(_is_chatter, vals))):
            self.check_access("write")
            self._dms_check_editable(vals)
            self._dms_check_draft()
        return super().write(vals)

    @api.model
    def _dms_check_editable(self, vals):
        editable = {
            "company_id",
            "giving_store_id",
            "line_ids",
            "wanted_date",
            "note",
            "distance_km",
        }
        if [key for key in vals if key not in editable and not _is_chatter(key)]:
            raise UserError(
                self.env._("A transfer goes on by its buttons; nobody types its state.")
            )

    def _dms_check_draft(self):
        if self.filtered(lambda request: request.state != "draft"):
            raise UserError(
                self.env._(
                    "A request that the other store has is not changed: withdraw it"
                    " and make another."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._dms_check_draft()


def _is_chatter(name):
    return name.startswith(("message_", "activity_"))
