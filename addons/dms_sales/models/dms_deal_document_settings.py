"""Whether a store asks its customers for documents, and how long it keeps them."""

from odoo import fields, models

KEEP_DAYS = 90


class DmsStoreSettings(models.AbstractModel):
    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_documents_asked = fields.Boolean(
        "Ask Customers for Documents",
        help="With a confirmed order its customer is asked for the documents that its "
        "kind of customer and payment need. Off at first.",
    )
    dms_documents_days = fields.Integer(
        "Days to Keep Customer Documents",
        default=KEEP_DAYS,
        help="So many days after a deal is delivered or cancelled, the files of its "
        "customer are removed for good. 0: the day after.",
    )


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    _dms_documents_days = models.Constraint(
        "CHECK (COALESCE(dms_documents_days, 0) >= 0)",
        "Documents are kept for a number of days that is not negative.",
    )
