from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..custody import NumberError, parse_number
from .dms_certificate_states import CERTIFICATE_KINDS
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
    vehicle_state = fields.Selection(related="vehicle_id.state", string="Car Status")

    _vehicle_uniq = models.UniqueIndex(
        "(vehicle_id)", "This car already has a certificate."
    )
    _number_uniq = models.UniqueIndex(
        "(number)", "Another car already has a certificate of this number."
    )
    # Computed fields

    @api.depends("vehicle_id")
    def _compute_company_id(self):
        for certificate in self:
            certificate.company_id = (
                certificate.company_id
                or certificate.vehicle_id.company_id
                or self.env.company
            )

    @api.depends("number", "vin")
    @api.depends_context("dms_number_only")
    def _compute_display_name(self):
        short = self.env.context.get("dms_number_only")
        for certificate in self:
            whole = f"{certificate.number} · {certificate.vin}"
            certificate.display_name = certificate.number if short else whole

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
        self._check_free(vals_list)
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
        self.check_access("write")  # tells an outsider nothing
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
    def _check_free(self, vals_list):
        cars = [vals.get("vehicle_id") for vals in vals_list]
        numbers = [vals["number"] for vals in vals_list]
        # the paper may be another store's; its number is no secret
        taken = self.sudo().search(
            Domain("vehicle_id", "in", cars) | Domain("number", "in", numbers), limit=1
        )
        if taken:
            raise ValidationError(taken._taken_message(cars))
        if len({*cars}) < len(cars) or len({*numbers}) < len(numbers):
            raise ValidationError(
                self.env._("The same car or the same number stands there twice.")
            )

    def _taken_message(self, cars):
        names = {
            "vin": self.vin,
            "number": self.number,
            "store": self.company_id.name,
        }
        if self.vehicle_id.id in cars:
            return self.env._(
                "VIN %(vin)s already has a certificate: %(number)s, store %(store)s.",
                **names,
            )
        return self.env._(
            "Certificate number %(number)s is that of another car: %(vin)s, store"
            " %(store)s. Compare it with the paper.",
            **names,
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_untouched(self):
        if used := self.filtered(lambda c: c.handover_ids or c.pledge_ids):
            raise UserError(
                self.env._(
                    "Certificate %(number)s has a history and stays; report a problem"
                    " instead.",
                    number=used[0].number,
                )
            )

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
        purposes = self.env["dms.certificate.batch"]._fields["purpose"]
        names = dict(purposes._description_selection(self.env))
        return action | {"name": names[purpose]}

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
