from odoo import fields, models

from .deal_document_words import CONDITIONS


class DmsDealDocumentKind(models.Model):
    """One kind of document that customers are asked for, and when it is."""

    _name = "dms.deal.document.kind"
    _description = "Kind of Customer Document"
    _order = "sequence, id"

    company_id = fields.Many2one(
        "res.company", "Only in Store", index=True, help="Empty: in every store."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=100)
    name = fields.Char(required=True, translate=True)
    hint = fields.Char(
        "What to Send", translate=True, help="The customer reads it beside the name."
    )
    condition = fields.Selection(
        CONDITIONS, "Asked For", required=True, default="always"
    )
    is_needed = fields.Boolean(
        "Needed before the Delivery",
        default=True,
        help="What is needed is a blocker until it is accepted.",
    )
