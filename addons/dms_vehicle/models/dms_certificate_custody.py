from odoo import api, fields, models
from odoo.fields import Domain

from ..custody import Facts, Place, state_of
from .dms_certificate_states import CERTIFICATE_STATES, HOLDER_KINDS


class DmsCertificate(models.Model):
    """Where a certificate lies and how it stands, which its documents say."""

    _name = "dms.certificate"
    _inherit = ["dms.certificate"]

    handover_ids = fields.One2many(
        "dms.certificate.handover", "certificate_id", "Handovers"
    )
    pledge_ids = fields.One2many("dms.certificate.pledge", "certificate_id", "Pledges")
    release_ids = fields.One2many(
        "dms.certificate.release", "certificate_id", "Releases"
    )

    state = fields.Selection(
        CERTIFICATE_STATES,
        compute="_compute_custody",
        store=True,
        index=True,
        tracking=True,
        group_expand="_dms_expand_state",
    )
    holder = fields.Selection(
        HOLDER_KINDS,
        compute="_compute_custody",
        store=True,
        help="Who has the paper by the last handover that was confirmed.",
    )
    holder_id = fields.Many2one(
        "res.partner", "Holder's Name", compute="_compute_custody", store=True
    )
    safe_id = fields.Many2one(
        "dms.certificate.safe",
        compute="_compute_custody",
        store=True,
        index="btree_not_null",
    )
    holder_name = fields.Char("Who Has It", compute="_compute_holder_name")
    since = fields.Datetime("There Since", compute="_compute_custody", store=True)
    due_date = fields.Date(
        "Due",
        compute="_compute_custody",
        store=True,
        index="btree_not_null",
        help="When a paper on its way should have arrived, or a borrowed one be back.",
    )
    days_overdue = fields.Integer(
        compute="_compute_days_overdue", search="_search_days_overdue"
    )
    pledge_id = fields.Many2one(
        "dms.certificate.pledge", compute="_compute_custody", store=True
    )
    lender_id = fields.Many2one(
        "res.partner",
        "Pledged to",
        compute="_compute_custody",
        store=True,
        index="btree_not_null",
    )
    pledged_since = fields.Date(related="pledge_id.since", string="Pledged since")
    handover_id = fields.Many2one(
        "dms.certificate.handover", "On its Way", compute="_compute_custody", store=True
    )
    release_id = fields.Many2one(
        "dms.certificate.release",
        "Open Request",
        compute="_compute_custody",
        store=True,
    )

    _company_state_idx = models.Index("(company_id, state, id DESC)")

    @api.depends(
        "exception",
        "handover_ids.state",
        "handover_ids.due_date",
        "pledge_ids.ended_at",
        "release_ids.state",
    )
    def _compute_custody(self):
        for certificate in self:
            certificate.update(certificate._custody_values())

    def _custody_values(self):
        last = self.handover_ids.filtered(lambda h: h.state == "accepted")
        last = last.sorted("id")[-1:]
        moving = self.handover_ids.filtered(lambda h: h.state == "waiting")[:1]
        pledge = self.pledge_ids.filtered(lambda p: not p.ended_at)[:1]
        request = self.release_ids.filtered(lambda r: r.state == "waiting")[:1]
        facts = self._custody_facts(last, moving, pledge, request)
        due = moving or (last if facts.is_pledged and facts.is_borrowed else moving)
        return {
            "state": state_of(facts),
            "holder": facts.holder,
            "holder_id": last.to_partner_id,
            "safe_id": last.to_safe_id,
            "since": last.decided_at or self.create_date,
            "due_date": due.due_date,
            "pledge_id": pledge,
            "lender_id": pledge.lender_id,
            "handover_id": moving,
            "release_id": request,
        }

    def _custody_facts(self, last, moving, pledge, request):
        """:return: what the core asks about this certificate"""
        return Facts(
            holder=last.to_kind or "oem",
            is_moving=bool(moving),
            is_pledged=bool(pledge),
            is_requested=bool(request),
            is_borrowed=last.is_loan,
            exception=self.exception or "",
        )

    @api.depends("holder", "holder_id", "safe_id")
    def _compute_holder_name(self):
        kinds = dict(self._fields["holder"]._description_selection(self.env))
        for certificate in self.sudo():  # whoever sees the paper may know where it is
            certificate.holder_name = (
                certificate.safe_id.name
                or certificate.holder_id.name
                or kinds.get(certificate.holder)
            )

    @api.depends("due_date")
    @api.depends_context("tz")
    def _compute_days_overdue(self):
        today = fields.Date.context_today(self)
        for certificate in self:
            due = certificate.due_date
            certificate.days_overdue = max((today - due).days, 0) if due else 0

    @api.model
    def _search_days_overdue(self, operator, value):
        swapped = {">": "<", ">=": "<="}.get(operator)
        if not swapped:
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("due_date", swapped, fields.Date.subtract(today, days=int(value)))

    def _dms_place(self):
        """Return where the paper lies, for ``custody.move_problem``."""
        self.ensure_one()
        which = {"store": self.safe_id.id, "bank": self.holder_id.id}
        return Place(self.holder, which.get(self.holder) or 0)
