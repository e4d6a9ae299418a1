from odoo import fields, models


class DmsCertificateCountLine(models.Model):
    """One certificate of a stock-take: expected, or scanned, or both."""

    _name = "dms.certificate.count.line"
    _description = "Line of a Certificate Stock-take"
    _inherit = ["dms.store.mixin"]
    _order = "scanned_at desc, id"
    _rec_name = "code"

    count_id = fields.Many2one(
        "dms.certificate.count", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="count_id.company_id", store=True, precompute=True, default=None
    )
    certificate_id = fields.Many2one("dms.certificate", index=True)
    vin = fields.Char(related="certificate_id.vin")
    number = fields.Char(related="certificate_id.number", string="Certificate No.")
    code = fields.Char(help="What was scanned, if no certificate is known by it.")
    result = fields.Selection(
        [
            ("missing", "Not Seen"),
            ("found", "Found"),
            ("unexpected", "Belongs Elsewhere"),
            ("unknown", "Unknown"),
        ],
        required=True,
    )
    scanned_at = fields.Datetime("Scanned")
    scanned_by_id = fields.Many2one("res.users", "Scanned by")
