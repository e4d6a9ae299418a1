from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..custody import Facts, NumberError, Place, parse_number, state_of
from .dms_certificate_states import (
    CERTIFICATE_KINDS,
    CERTIFICATE_STATES,
    EXCEPTIONS,
    HOLDER_KINDS,
)
from .dms_certificate_text import number_refusal

PRINTED = {"number", "kind", "vehicle_id"}
FOLLOWS = {
    "company_id",
    "vin",
    "state",
    "holder",
    "holder_id",
    "safe_id",
    "since",
    "due_date",
    "pledge_id",
    "lender_id",
    "handover_id",
    "release_id",
    "exception",
    "exception_note",
    "exception_since",
}


class DmsCertificate(models.Model):
    """The paper without which a car cannot be registered: one per car.

    Where it lies and how it stands follows from its handovers, pledges and releases;
    nobody types it.
    """

    _name = "dms.certificate"
    _description = "Vehicle Certificate"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _rec_name = "number"
    _rec_names_search = ["number", "vin"]
    _order = "id desc"
    _mail_post_access = "read"

    number = fields.Char(
        "Certificate No.",
        required=True,
        copy=False,
        tracking=True,
        help="As printed on the paper: 15 letters and digits for a car made in China.",
    )
    kind = fields.Selection(CERTIFICATE_KINDS, required=True, default="domestic")
    issued_on = fields.Date("Issued on")
    vehicle_id = fields.Many2one(
        "dms.vehicle", required=True, ondelete="restrict", copy=False
    )
    vin = fields.Char(
        "VIN", related="vehicle_id.vin", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        default=None,
        compute="_compute_company_id",
        store=True,
        precompute=True,
        readonly=False,
        help="The store that answers for the paper; it need not have the car.",
    )
    model_id = fields.Many2one(related="vehicle_id.product_id", string="Model")
    vehicle_state = fields.Selection(related="vehicle_id.state", string="Car")

    handover_ids = fields.One2many("dms.certificate.handover", "certificate_id")
    pledge_ids = fields.One2many("dms.certificate.pledge", "certificate_id")
    release_ids = fields.One2many("dms.certificate.release", "certificate_id")

    state = fields.Selection(
        CERTIFICATE_STATES,
        compute="_compute_custody",
        store=True,
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
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
    exception = fields.Selection(
        EXCEPTIONS, readonly=True, tracking=True, copy=False, help="What is wrong."
    )
    exception_note = fields.Char("What Happened", readonly=True, copy=False)
    exception_since = fields.Datetime("Wrong Since", readonly=True, copy=False)

    _vehicle_uniq = models.UniqueIndex(
        "(vehicle_id)", "This car already has a certificate."
    )
    _number_uniq = models.UniqueIndex(
        "(number)", "Another car already has a certificate of this number."
    )
    _company_state_idx = models.Index("(company_id, state, id DESC)")

    # Computed fields

    @api.depends("vehicle_id")
    def _compute_company_id(self):
        for certificate in self:
            certificate.company_id = (
                certificate.company_id
                or certificate.vehicle_id.company_id
                or self.env.company
            )

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
        facts = Facts(
            holder=last.to_kind or "oem",
            is_moving=bool(moving),
            is_pledged=bool(pledge),
            is_requested=bool(request),
            is_borrowed=last.is_loan,
            exception=self.exception or "",
        )
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

    @api.depends("number", "vin")
    def _compute_display_name(self):
        for certificate in self:
            certificate.display_name = f"{certificate.number} · {certificate.vin}"

    @api.model
    def _group_expand_state(self, states, domain):
        """Columns in the order of a certificate's life."""
        return [state for state, _label in CERTIFICATE_STATES if state in states]

    # Writing

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su:
                for name in FOLLOWS:
                    vals.pop(name, None)
            vals["number"] = self._checked_number(
                vals.get("number"), vals.get("kind") or "domestic"
            )
        self._check_free([vals.get("vehicle_id") for vals in vals_list])
        return super().create(vals_list)

    def write(self, vals):
        self._check_may_write(vals)
        for certificate in self if PRINTED & vals.keys() else ():
            kind = vals.get("kind", certificate.kind)
            number = self._checked_number(vals.get("number", certificate.number), kind)
            vals = vals | {"number": number} if "number" in vals else vals
        return super().write(vals)

    def _check_may_write(self, vals):
        """What documents prove is written by them; what is printed stays."""
        if not self.env.su and FOLLOWS & vals.keys():
            raise UserError(
                self.env._(
                    "Who holds a certificate and how it stands follows from its"
                    " handovers, pledges and releases."
                )
            )
        moved = self.filtered("handover_ids") if PRINTED & vals.keys() else self[:0]
        if moved and not self.env.su:
            raise UserError(
                self.env._(
                    "Certificate %(number)s has been handed over. Record it as wrong"
                    " number, then correct it there.",
                    number=moved[0].number,
                )
            )

    @api.model
    def _checked_number(self, text, kind):
        try:
            return parse_number(text, kind)
        except NumberError as error:
            raise ValidationError(number_refusal(self.env, error)) from error

    @api.model
    def _check_free(self, vehicle_ids):
        # the car's paper may be another store's; its number is no secret
        taken = self.sudo().search([("vehicle_id", "in", vehicle_ids)], limit=1)
        if taken:
            raise ValidationError(
                self.env._(
                    "VIN %(vin)s already has a certificate: %(number)s, store"
                    " %(store)s.",
                    vin=taken.vin,
                    number=taken.number,
                    store=taken.company_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_untouched(self):
        if used := self.filtered(lambda c: c.handover_ids or c.pledge_ids):
            raise UserError(
                self.env._(
                    "Certificate %(number)s has a history and stays.",
                    number=used[0].number,
                )
            )

    # Custody

    def _dms_place(self):
        """Return where the paper lies, for ``custody.move_problem``."""
        self.ensure_one()
        which = {"store": self.safe_id.id, "bank": self.holder_id.id}
        return Place(self.holder, which.get(self.holder) or 0)

    def _dms_check_handler(self):
        """Refuse all but those who handle certificates in the store."""
        self.check_access("write")

    def _dms_log(self, documents, facts):
        """Record in the log what happened to these certificates.

        :param documents: dict of certificate to the record that proves it
        :param facts: function of a document that returns what the log says
        """
        # a bank's login reads no car; what is recorded is decided here
        papers = self.sudo()
        by_car = {paper.vehicle_id.id: documents[paper] for paper in papers}
        return papers.vehicle_id._dms_record(
            "vehicle.certificate",
            document=lambda car: by_car[car.id],
            facts=lambda car: facts(by_car[car.id]),
        )

    # Exceptions

    def report_exception(self, exception, note=""):
        """Record that something is wrong with the paper.

        :param str exception: ``missing``, ``damaged``, ``wrong_number`` or
            ``private_sale``
        :param str note: what happened
        """
        self._dms_check_handler()
        self._dms_set_exception(exception, note)
        return True

    def _dms_set_exception(self, exception, note):
        known = dict(EXCEPTIONS)
        if exception not in known:
            raise UserError(
                self.env._(
                    "%(exception)s is unknown; it is one of %(known)s.",
                    exception=exception,
                    known=", ".join(known),
                )
            )
        # the caller has checked who may say so
        self.sudo().write(
            {
                "exception": exception,
                "exception_note": note,
                "exception_since": fields.Datetime.now(),
            }
        )
        self._dms_log(
            {certificate: certificate for certificate in self},
            lambda certificate: {"step": "exception", "what": exception},
        )
        self._dms_call()

    def _dms_call(self):
        """Let whoever handles the certificate see that something must be done."""
        for certificate in self.sudo():
            certificate.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Something is wrong with a certificate"),
                note=certificate.exception_note,
                user_id=certificate._dms_keeper().id,
            )

    def _dms_keeper(self):
        user = self.env.user
        return user if not user.share else self.create_uid

    def resolve_exception(self, note, number=None):
        """Record that all is well again.

        :param str note: how it was solved; required
        :param str number: the right number, or that of the paper issued anew
        """
        self._dms_check_handler()
        if not (note or "").strip():
            raise UserError(self.env._("Say how it was solved."))
        if not self.env.user.has_group("dms_base.group_dms_store_manager"):
            raise AccessError(
                self.env._("Only the store manager closes what was wrong.")
            )
        self._dms_clear_exception(note, number)
        return True

    def _dms_clear_exception(self, note, number=None):
        wrong = self.filtered("exception")
        vals = {"exception": False, "exception_note": False, "exception_since": False}
        if number:
            self.ensure_one()
            vals["number"] = number
        wrong.sudo().write(vals)  # checked by the caller
        wrong._dms_log(
            {certificate: certificate for certificate in wrong},
            lambda certificate: {"step": "resolved"},
        )
        for certificate in wrong:
            certificate.message_post(body=note)
            certificate.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    # The bank

    def send_back(self, tracking="", note=""):
        """The bank says that it has sent released certificates to the store.

        :param str tracking: number of the parcel
        :return: the ids of the handovers that wait for the store
        """
        self.check_access("read")
        bank = self.env.user.partner_id.commercial_partner_id
        if not self.env.user.share or self.sudo().holder_id - bank:
            raise AccessError(self.env._("Only the bank that has them sends them."))
        vals_list = [
            certificate._prepare_return(tracking, note) for certificate in self
        ]
        # a bank has no right to write but through steps like this one
        return self.env["dms.certificate.handover"].sudo().create(vals_list).ids

    def _prepare_return(self, tracking, note):
        return {
            "certificate_id": self.id,
            "to_kind": "store",
            "tracking": tracking,
            "note": note,
        }

    # Actions

    def action_open_vehicle(self):
        self.ensure_one()
        return self.vehicle_id._open("dms.vehicle", self.vehicle_id)

    def action_resolve(self):
        self.ensure_one()
        return self._action_new("dms.certificate.resolve", certificate_id=self.id)

    def action_report(self):
        self.ensure_one()
        return self._action_new("dms.certificate.report", certificate_id=self.id)

    def action_pledge(self):
        self.ensure_one()
        return self._action_new("dms.certificate.pledge", certificate_id=self.id)

    def action_hand_over(self):
        return self._action_batch("handover")

    def action_request_release(self):
        return self._action_batch("release")

    def action_borrow(self):
        return self._action_batch("handover", is_loan=True)

    def _action_batch(self, purpose, **defaults):
        action = self._action_new("dms.certificate.batch", purpose=purpose, **defaults)
        action["context"]["default_certificate_ids"] = [fields.Command.set(self.ids)]
        return action

    def _action_new(self, model, **defaults):
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(model).display_name,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{name}": value for name, value in defaults.items()},
        }
