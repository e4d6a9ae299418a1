from odoo import api, fields, models
from odoo.exceptions import UserError

from ..custody import Place, move_problem
from .dms_certificate_proof import DECIDED
from .dms_certificate_states import EXCEPTIONS, HOLDER_KINDS
from .dms_certificate_text import move_refusal

REFUSALS = [
    ("missing", "Not There (Lost)"),
    ("damaged", "Damaged"),
    ("wrong_number", "Wrong Number"),
    ("other", "Other"),
]


class DmsCertificateHandover(models.Model):
    """A certificate on its way from one holder to the next."""

    _name = "dms.certificate.handover"
    _description = "Certificate Handover"
    _inherit = ["dms.certificate.document"]

    from_kind = fields.Selection(HOLDER_KINDS, "From", readonly=True)
    from_partner_id = fields.Many2one("res.partner", "Giver", readonly=True)
    from_safe_id = fields.Many2one("dms.certificate.safe", readonly=True)
    to_kind = fields.Selection(HOLDER_KINDS, "To", required=True, default="store")
    to_partner_id = fields.Many2one("res.partner", "Receiver")
    to_safe_id = fields.Many2one("dms.certificate.safe")
    to_company_id = fields.Many2one(
        "res.company",
        "To Store",
        compute="_compute_to_company_id",
        store=True,
        index="btree_not_null",
        help="A sister store that gets the paper and confirms it.",
    )
    is_loan = fields.Boolean(
        "Lent by the Bank",
        help="The bank lends a pledged certificate for some days; the pledge goes on.",
    )
    carrier = fields.Char(help="Who brings it: a courier or a colleague.")
    tracking = fields.Char("Tracking No.")
    due_date = fields.Date(
        "Due", help="When it should have arrived; of a loan, when it must be back."
    )
    refusal = fields.Selection(REFUSALS, readonly=True, copy=False)

    _one_at_a_time = models.UniqueIndex(
        "(certificate_id) WHERE state = 'waiting'",
        "This certificate is on its way already; confirm or cancel that first.",
    )

    @api.depends("to_kind", "to_partner_id")
    def _compute_to_company_id(self):
        for one in self:
            is_store = one.to_kind == "store"
            one.to_company_id = is_store and self._store_of(one.to_partner_id)

    @api.depends("number", "from_kind", "to_kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["to_kind"]._description_selection(self.env))
        for one in self:
            way = f"{kinds.get(one.from_kind, '')} → {kinds.get(one.to_kind, '')}"
            one.display_name = f"{one.number} · {way}"

    @api.model
    def _dms_decided_columns(self):
        return (
            *DECIDED,
            "from_kind",
            "from_partner_id",
            "from_safe_id",
            "to_kind",
            "to_partner_id",
            "to_safe_id",
            "is_loan",
            "carrier",
            "tracking",
            "refusal",
        )

    @api.model
    def _dms_editable(self):
        return super()._dms_editable() | {"carrier", "tracking", "due_date"}

    # Asking

    @api.model_create_multi
    def create(self, vals_list):
        handovers = super().create([self._prepare_way(vals) for vals in vals_list])
        handovers._check_way()
        return handovers

    @api.model
    def _prepare_way(self, vals):
        certificate = self.env["dms.certificate"].browse(vals["certificate_id"])
        certificate.check_access("read")
        self._check_not_moving(certificate)
        return (
            {"due_date": self._default_due(certificate), "to_kind": "store"}
            | vals
            | self._prepare_source(certificate)
            | self._prepare_target(certificate, vals)
        )

    @api.model
    def _default_due(self, certificate):
        # a setting; who hands over need not read the store
        days = certificate.sudo().company_id.dms_certificate_days
        return fields.Date.add(fields.Date.context_today(self), days=days)

    @api.model
    def _prepare_source(self, certificate):
        return {
            "from_kind": certificate.holder,
            "from_partner_id": certificate.holder_id.id,
            "from_safe_id": certificate.safe_id.id,
            "refusal": False,
        }

    @api.model
    def _prepare_target(self, certificate, vals):
        """Fill in what the kind of receiver leaves open, and the bank that co-signs."""
        kind = vals.get("to_kind") or "store"
        receiver = self._receiver(certificate, kind, vals.get("to_partner_id"))
        bank = certificate.holder_id if certificate.holder == "bank" else False
        safe_id = vals.get("to_safe_id")
        if kind == "store" and not safe_id:
            # a bank hands back to a store whose record it cannot read
            store = self._store_of(receiver) or certificate.sudo().company_id
            safe_id = self.env["dms.certificate.safe"]._of_store(store).id
        return {
            "to_kind": kind,
            "to_partner_id": receiver.id,
            "to_safe_id": kind == "store" and safe_id,
            "bank_id": receiver.id if kind == "bank" else bank and bank.id,
        }

    @api.model
    def _receiver(self, certificate, kind, partner_id):
        """Return who gets the paper, whose name may follow from its kind."""
        chosen = self.env["res.partner"].browse(partner_id)
        if kind == "bank":
            return (chosen or certificate.lender_id).commercial_partner_id
        if kind == "customer":
            # to name the owner, and nothing else of the car
            return chosen or certificate.sudo().vehicle_id.owner_id
        return chosen

    @api.model
    def _store_of(self, partner):
        # staff know sister stores as partners, and may not read them as companies
        stores = self.env["res.company"].sudo()
        return stores.search([("partner_id", "in", partner.ids)], limit=1)

    @api.model
    def _check_not_moving(self, certificate):
        if moving := certificate.handover_id:
            # the handover in the way may be the bank's; only its name is shown
            raise UserError(
                self.env._(
                    "Certificate %(number)s is on its way already (%(handover)s);"
                    " confirm, refuse or cancel that handover first.",
                    number=certificate.number,
                    handover=moving.sudo().display_name,
                )
            )

    def _check_way(self):
        for one in self:
            certificate = one.certificate_id
            code = move_problem(
                certificate._dms_place(),
                one._dms_target(),
                lender=certificate.lender_id.id or 0,
                is_loan=one.is_loan,
            )
            if code:
                raise UserError(
                    move_refusal(self.env, code, certificate, one._target_name())
                )
            one._check_sister()

    def _check_sister(self):
        # a sister store cannot be read; only its dealer group is compared
        group = self.sudo().company_id.dms_group_id
        if self.to_company_id and self.sudo().to_company_id.dms_group_id != group:
            raise UserError(
                self.env._(
                    "%(store)s is not a store of this dealer group.",
                    store=self.to_partner_id.name,
                )
            )
        store = self.sudo().to_company_id or self.sudo().company_id
        if self.to_safe_id and self.sudo().to_safe_id.company_id != store:
            raise UserError(self.env._("Choose a safe of this store."))

    def _dms_target(self):
        which = {
            "store": self.to_safe_id.id,
            "bank": self.to_partner_id.id,
        }
        return Place(self.to_kind, which.get(self.to_kind) or 0)

    def _target_name(self):
        kinds = dict(self._fields["to_kind"]._description_selection(self.env))
        # the safe of a sister store is named, and nothing else of it
        target = self.sudo()
        return (
            target.to_safe_id.name or target.to_partner_id.name or kinds[self.to_kind]
        )

    # Deciding

    def refuse(self, refusal="other", note=""):
        """Say that it did not arrive as it should; the paper stays where it was.

        :param str refusal: ``missing``, ``damaged``, ``wrong_number`` or ``other``; all
            but the last are recorded as an exception of the certificate
        :param str note: what happened
        """
        if refusal not in dict(REFUSALS):
            raise UserError(
                self.env._(
                    "%(refusal)s is unknown; it is one of %(known)s.",
                    refusal=refusal,
                    known=", ".join(dict(REFUSALS)),
                )
            )
        return self._dms_decide("refused", note, refusal=refusal)

    def _dms_check_cosigner(self):
        result = super()._dms_check_cosigner()
        for one in self.filtered("to_company_id"):
            if one.to_company_id not in self.env.user.company_ids:
                # to name the store, and nothing else of it
                raise UserError(
                    self.env._(
                        "%(number)s: %(store)s must confirm this.",
                        number=one.number,
                        store=one.sudo().to_company_id.name,
                    )
                )
        return result

    def _dms_check_still_possible(self, state):
        if state == "accepted":
            # the receiver may not yet read what becomes his by this step
            self.sudo()._check_way()

    def _dms_apply(self, state):
        # both sides agree, which was checked: what follows is written for them
        handovers = self.sudo()
        if state == "accepted":
            handovers._dms_arrive()
        for one in handovers.filtered(lambda one: one.refusal in dict(EXCEPTIONS)):
            one.certificate_id._dms_set_exception(one.refusal, one.decision_note)

    def _dms_arrive(self):
        lost = self.certificate_id.filtered(lambda paper: paper.exception == "missing")
        lost._dms_clear_exception(self.env._("Found: a handover was confirmed."))
        for one in self.filtered("to_company_id"):
            one.certificate_id.company_id = one.to_company_id

    def _dms_facts(self):
        return super()._dms_facts() | {
            "step": "handover",
            "from": self.from_kind,
            "to": self.to_kind,
        }

    def _bank_row(self):
        return super()._bank_row() | {
            "tracking": self.tracking or "",
            "incoming": self.to_kind == "bank",
        }
