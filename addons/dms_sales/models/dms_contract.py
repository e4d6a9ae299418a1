import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STATES = [
    ("draft", "Draft"),
    ("out", "Out for Signature"),
    ("customer", "Signed by the Customer"),
    ("signed", "Signed by Both"),
    ("replaced", "Replaced"),
    ("cancelled", "Cancelled"),
]
# what happened to a contract is written by the steps that it takes, by nobody's hand
PROVEN = {
    *("name", "version", "previous_id", "content", "fingerprint", "phone", "pdf"),
    *("sent_at", "customer_signed_at", "sealed_at", "stamped_at", "cancelled_at"),
    *("pdf_digest", "pdf_signed", "sealed_digest", "seal_id", "trust", "state"),
    *("template_version", "access_token", "partner_id", "signed_digest"),
}
LIVING = ("draft", "out", "customer", "signed")


class DmsContract(models.Model):
    """The sale of one car in words, as customer and store sign it.

    Each change is another version: it takes the place of the one before, which stays
    readable and is marked. What was read, signed and sealed is kept byte by byte.
    """

    _name = "dms.contract"
    _description = "Contract"
    _inherit = [
        "dms.store.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "portal.mixin",
    ]
    _order = "id desc"

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    version = fields.Integer(readonly=True, default=1, copy=False)
    deal_id = fields.Many2one(
        "dms.deal", required=True, readonly=True, index=True, check_company=True
    )
    company_id = fields.Many2one(readonly=True)
    order_id = fields.Many2one(
        "sale.order", "Variant", readonly=True, index=True, check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_partner_id",
        store=True,
        precompute=True,
        index=True,
        help="Of the deal, as it was when the contract was sent.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Sales Consultant",
        default=lambda self: self.env.user,
        index=True,
        check_company=True,
    )
    template_id = fields.Many2one(
        "dms.contract.template",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', 'in', [company_id, False])]",
    )
    template_version = fields.Integer("Version of the Template", readonly=True)
    delivery = fields.Char(help="When and where the car is handed over, as agreed.")
    content = fields.Json("Text", readonly=True, copy=False)
    fingerprint = fields.Char("Offer (Digest)", readonly=True, copy=False)
    amount_total = fields.Monetary(
        related="order_id.amount_total", string="Total", currency_field="currency_id"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    phone = fields.Char("Phone for the Code", readonly=True, copy=False)
    previous_id = fields.Many2one(
        "dms.contract",
        "Version Before",
        readonly=True,
        index="btree_not_null",
        copy=False,
    )
    next_ids = fields.One2many("dms.contract", "previous_id", "Version After")
    sent_at = fields.Datetime("Sent", readonly=True, copy=False)
    customer_signed_at = fields.Datetime(
        "Signed by the Customer on", readonly=True, copy=False
    )
    sealed_at = fields.Datetime("Sealed on", readonly=True, copy=False)
    stamped_at = fields.Datetime(
        "Timestamp",
        readonly=True,
        copy=False,
        help="When the timestamp authority saw it.",
    )
    cancelled_at = fields.Datetime("Cancelled on", readonly=True, copy=False)
    seal_id = fields.Many2one("dms.seal", readonly=True, copy=False)
    seal_error = fields.Char("Why It Is Not Sealed Yet", readonly=True, copy=False)
    seal_after = fields.Datetime(readonly=True, copy=False)
    trust = fields.Text("Trusted Certificates", readonly=True, copy=False)
    pdf = fields.Binary("Contract (PDF)", attachment=True, readonly=True, copy=False)
    pdf_digest = fields.Char(
        "Digest of the Text (SHA-256)", readonly=True, index=True, copy=False
    )
    pdf_signed = fields.Binary(
        "Signed Contract (PDF)",
        attachment=True,
        readonly=True,
        copy=False,
        help="Signed by the customer, and sealed by the store as soon as it has been.",
    )
    signed_digest = fields.Char(
        "Digest of the Signed File (SHA-256)", readonly=True, copy=False
    )
    sealed_digest = fields.Char(
        "Digest of the Sealed File (SHA-256)", readonly=True, index=True, copy=False
    )
    is_outdated = fields.Boolean(
        "Offer Changed Since",
        compute="_compute_is_outdated",
        help="The offer is no longer the one in the contract: make a new version.",
    )
    state = fields.Selection(
        STATES,
        "Status",
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
    )

    _number_uniq = models.UniqueIndex(
        "(name, version)", "Contracts have a number each."
    )
    _seal_idx = models.Index("(id) WHERE state = 'customer'")

    # Computed fields

    @api.depends("deal_id")
    def _compute_partner_id(self):
        for contract in self:
            contract.partner_id = contract.deal_id.partner_id

    @api.depends("name", "version")
    def _compute_display_name(self):
        for contract in self:
            contract.display_name = contract._dms_number()

    def _dms_number(self):
        """:return: number of this version, as printed"""
        return f"{self.name}-{self.version}"

    @api.depends(
        "sent_at", "customer_signed_at", "sealed_at", "cancelled_at", "next_ids.sent_at"
    )
    def _compute_state(self):
        for contract in self:
            contract.state = contract._dms_state()

    def _dms_state(self):
        if self.cancelled_at:
            return "cancelled"
        if any(self.next_ids.mapped("sent_at")):
            return "replaced"
        if self.sealed_at:
            return "signed"
        if self.customer_signed_at:
            return "customer"
        return "out" if self.sent_at else "draft"

    @api.depends(
        "fingerprint",
        "order_id.order_line.price_total",
        "order_id.order_line.product_id",
        "deal_id.order_id",
        "deal_id.partner_id",
    )
    def _compute_is_outdated(self):
        for contract in self:
            contract.is_outdated = contract._dms_is_outdated()

    def _dms_is_outdated(self):
        if not self.fingerprint or self.state not in LIVING:
            return False
        order = self.deal_id.order_id
        if order != self.order_id or self.deal_id.partner_id != self.partner_id:
            return True
        return order._dms_fingerprint() != self.fingerprint

    def _compute_access_url(self):
        res = super()._compute_access_url()
        for contract in self:
            contract.access_url = f"/my/contracts/{contract.id}"
        return res

    # Rules

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._dms_check_not_proven(vals)
            if vals.get("name", "/") == "/":
                number = self.env["ir.sequence"].next_by_code(self._name)
                vals["name"] = number or "/"
        return super().create(vals_list)

    @api.model
    def _dms_check_not_proven(self, vals):
        if not self.env.su and not PROVEN.isdisjoint(vals):
            raise AccessError(
                self.env._("What happened to a contract is not written by hand.")
            )

    def write(self, vals):
        self._dms_check_not_proven(vals)
        fixed = {"template_id", "delivery", "deal_id", "order_id"} & set(vals)
        if fixed and (sent := self.filtered("sent_at")):
            raise UserError(
                self.env._(
                    "%(contract)s has been sent: make a new version to change it.",
                    contract=sent[0].display_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if kept := self.filtered("sent_at"):
            raise UserError(
                self.env._(
                    "%(contract)s has been sent and stays readable: cancel it instead.",
                    contract=kept[0].display_name,
                )
            )

    # Actions

    def action_dms_new_version(self):
        """Begin the version that takes the place of this one once it is sent."""
        self.ensure_one()
        if self.state not in ("out", "customer", "signed"):
            raise UserError(
                self.env._("Only what was sent and still holds gets a new version.")
            )
        if draft := self.next_ids.filtered(lambda one: one.state == "draft"):
            return self.env["dms.vehicle"]._open(self._name, draft)
        self.check_access("write")
        last = self.search([("name", "=", self.name)], order="version desc", limit=1)
        # number and version are given here, and only here
        new = self.sudo().copy(
            {
                "name": self.name,
                "version": last.version + 1,
                "previous_id": self.id,
                "order_id": self.deal_id.order_id.id,
            }
        )
        return self.env["dms.vehicle"]._open(self._name, new.sudo(False))

    def action_dms_cancel(self):
        """Withdraw what the store has not sealed yet."""
        for contract in self:
            if contract.state not in ("draft", "out"):
                raise UserError(
                    self.env._(
                        "%(contract)s is signed: it ends by cancelling the deal.",
                        contract=contract.display_name,
                    )
                )
        self._dms_cancel()

    def _dms_cancel(self):
        living = self.filtered(lambda one: one.state in LIVING)
        # nobody writes what happened to a contract by hand
        living.sudo().write({"cancelled_at": fields.Datetime.now()})
        living.filtered("sent_at")._dms_log("contract.cancelled")

    def action_dms_show(self):
        """Open what the customer sees."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.get_portal_url()}

    def _dms_link(self):
        """:return: address for the customer; whoever has it may read"""
        return f"{self.get_base_url()}{self.get_portal_url()}"

    def _dms_kept(self, name, digest):
        """:return: bytes of a file that are those whose digest was noted
        :raise UserError: if somebody has put others in their place
        """
        content = base64.b64decode(self[name] or b"")
        if hashlib.sha256(content).hexdigest() != self[digest]:
            raise UserError(
                self.env._(
                    "The file of %(contract)s is not the one that was kept: tell the "
                    "auditor, and make a new version.",
                    contract=self.display_name,
                )
            )
        return content

    # The log

    def _dms_log(self, kind, **body):
        """Record what happened, in the transaction in which it did; never a name."""
        entries = [
            {
                "kind": kind,
                "subject": contract._dms_number(),
                "company_id": contract.company_id.id,
                "body": {
                    "deal": contract.deal_id.name,
                    "digest": contract.pdf_digest,
                    "version": contract.version,
                    **body,
                },
            }
            for contract in self
        ]
        # what happened is recorded, whoever did it
        return self.env["dms.log.entry"].sudo()._append(entries)

    def _dms_pseudonym(self):
        """:return: what the log calls the customer in the life of this deal"""
        pair = (self.partner_id.id, self.deal_id.name)
        # salts are closed to everybody
        return self.env["dms.pseudonym"].sudo()._values_of([pair])[pair]


class DmsLogEntry(models.Model):
    _name = "dms.log.entry"
    _inherit = ["dms.log.entry"]

    @api.model
    def _kind_names(self):
        return super()._kind_names() | {
            "contract.sent": self.env._("Contract sent to the customer"),
            "contract.signed": self.env._("Contract signed by the customer"),
            "contract.sealed": self.env._("Contract sealed by the store"),
            "contract.replaced": self.env._("Contract replaced by a new version"),
            "contract.cancelled": self.env._("Contract cancelled"),
        }


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    contract_ids = fields.One2many("dms.contract", "deal_id", "Contracts")
    contract_id = fields.Many2one(
        "dms.contract",
        compute="_compute_contract_id",
        compute_sudo=True,
        help="The version that holds.",
    )

    @api.depends("contract_ids.state")
    def _compute_contract_id(self):
        for deal in self:
            living = deal.contract_ids.filtered(lambda one: one.state in LIVING)
            sent = living.filtered("sent_at")
            deal.contract_id = (sent or living).sorted("id")[-1:]

    def action_dms_contract(self):
        """Open the contract of the deal; begin one if there is none."""
        self.ensure_one()
        contract = self.contract_id
        if not contract:
            contract = self.env["dms.contract"].create(self._prepare_contract())
        return self.env["dms.vehicle"]._open("dms.contract", contract)

    def _prepare_contract(self):
        template = self.env["dms.contract.template"]._dms_find(
            self.company_id, self.product_id.dms_brand_id
        )
        if not template:
            raise UserError(
                self.env._(
                    "There is no contract template for this store: ask the store "
                    "manager to make one."
                )
            )
        return {
            "deal_id": self.id,
            "company_id": self.company_id.id,
            "order_id": self.order_id.id,
            "template_id": template.id,
            "user_id": self.user_id.id or self.env.uid,
        }

    def _dms_blockers(self):
        missing = super()._dms_blockers()
        if self.state in ("offered", "ordered") and self._dms_needs_contract():
            missing += self._dms_contract_blockers()
        return missing

    def _dms_needs_contract(self):
        # how a store sells holds for all its staff
        return self.company_id.sudo().dms_contract_required

    def _dms_contract_blockers(self):
        # who may not see it is told who can solve it
        contract = self.sudo().contract_id
        place = contract.sudo(False)
        who = self.user_id or self.env.ref("dms_base.group_dms_sales_consultant")
        if not contract or contract.state == "draft":
            text = self.env._("The contract has not been sent to the customer.")
            return [self._dms_blocker("no_contract", text, who, place)]
        if contract.is_outdated:
            text = self.env._(
                "The offer has changed since the contract: make a new version."
            )
            return [self._dms_blocker("contract_old", text, who, place)]
        if contract.state == "out":
            text = self.env._("The customer has not signed the contract.")
            name = self.partner_id.name
            return [self._dms_blocker("contract_unsigned", text, name, place)]
        if contract.state == "customer":
            text = self.env._("The store has not sealed the contract yet.")
            who = self.env.ref("dms_base.group_dms_store_manager")
            return [self._dms_blocker("contract_unsealed", text, who, place)]
        return []


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order"]

    def action_confirm(self):
        for order in self:
            order._dms_check_contract()
        return super().action_confirm()

    def _dms_check_contract(self):
        if not self._dms_waits_for_contract():
            return
        raise UserError(
            self.env._(
                "%(order)s: this store sells a car when the contract is signed by the "
                "customer and the store, and the offer is still the same.",
                order=self.name,
            )
        )

    def _dms_waits_for_contract(self):
        """:return: whether the store wants a signed contract that is not there"""
        # as above; a customer who pays reads no contract either
        required = self.company_id.sudo().dms_contract_required
        if not required or not self._dms_sells_cars():
            return False
        contract = self.dms_deal_id.sudo().contract_id
        is_this = contract.order_id == self and contract.state == "signed"
        return not is_this or self._dms_fingerprint() != contract.fingerprint

    def _is_confirmation_amount_reached(self):
        reached = super()._is_confirmation_amount_reached()
        return reached and not self._dms_waits_for_contract()
