from odoo import api, fields, models
from odoo.exceptions import UserError


class DmsCertificatePledge(models.Model):
    """A loan of the store that a certificate secures; one at a time."""

    _name = "dms.certificate.pledge"
    _description = "Pledge of a Certificate"
    _inherit = ["dms.store.mixin"]
    _order = "id desc"
    _rec_name = "reference"

    certificate_id = fields.Many2one(
        "dms.certificate", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="certificate_id.company_id",
        store=True,
        precompute=True,
        default=None,
    )
    lender_id = fields.Many2one(
        "res.partner",
        "Bank",
        required=True,
        index=True,
        domain=[("is_company", "=", True)],
        help="The bank that lends on the car.",
    )
    since = fields.Date(required=True, default=fields.Date.context_today)
    reference = fields.Char(
        "Loan",
        help="Number of the bill or of the floorplan line that paid for the car.",
    )
    ended_at = fields.Datetime("Ended", readonly=True, copy=False)

    _one_at_a_time = models.UniqueIndex(
        "(certificate_id) WHERE ended_at IS NULL",
        lambda env, diag: env["dms.certificate.pledge"]._pledged_message(diag),
    )

    @api.depends("lender_id", "reference")
    def _compute_display_name(self):
        for pledge in self:
            parts = [pledge.lender_id.name, pledge.reference]
            pledge.display_name = " · ".join(part for part in parts if part)

    @api.model_create_multi
    def create(self, vals_list):
        certificates = self.env["dms.certificate"].browse(
            vals["certificate_id"] for vals in vals_list
        )
        certificates._dms_check_handler()
        # a car that is being delivered right now must not be pledged meanwhile
        certificates.sudo().vehicle_id._dms_claim()
        certificates._dms_check_may_pledge()
        pledges = super().create([self._prepare(vals) for vals in vals_list])
        certificates._dms_log(
            dict(zip(certificates, pledges, strict=True)),
            lambda pledge: {"step": "pledge", "status": "pledged"},
        )
        return pledges

    @api.model
    def _prepare(self, vals):
        lender = self.env["res.partner"].browse(vals.get("lender_id"))
        vals = vals | {"ended_at": False}
        return vals | {"lender_id": lender.commercial_partner_id.id}

    def write(self, vals):
        if not self.env.su and set(vals) - {"reference"}:
            raise UserError(
                self.env._("A pledge ends when the bank releases the certificate.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A pledge ends when the bank releases the certificate.")
        )

    @api.model
    def _pledged_message(self, diagnostics):
        detail = (diagnostics and diagnostics.message_detail) or ""
        found = detail.partition("=(")[2].partition(")")[0]
        # whoever is refused may know which certificate is in his way
        certificate = self.env["dms.certificate"].sudo().browse(int(found or 0))
        return certificate.exists()._dms_pledged_message()
