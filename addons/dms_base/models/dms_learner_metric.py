from odoo import fields, models

CODES = [
    ("auc", "Ranking (AUC)"),
    ("lift", "Lift of the Best Tenth"),
    ("brier", "Squared Error (Brier)"),
    ("mape", "Mean Percentage Error"),
    ("coverage", "Truths in the Interval"),
    ("f1", "Found and Right (F1)"),
]
WHOSE = [
    ("version", "This Version"),
    ("champion", "Champion of Then"),
    ("baseline", "Simple Average"),
    ("odoo", "Odoo's Own"),
]


class DmsLearnerMetric(models.Model):
    """How good predictions were on records that were not learnt from."""

    _name = "dms.learner.metric"
    _description = "Figure of a Version"
    _inherit = ["dms.append.only", "dms.store.mixin"]
    _order = "version_id desc, code, id"
    _rec_name = "code"
    _log_access = False

    version_id = fields.Many2one(
        "dms.learner.version", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        related="version_id.company_id",
        store=True,
        precompute=True,
        required=False,
        default=None,
    )
    scope = fields.Selection(
        related="version_id.scope",
        store=True,
        precompute=True,
    )
    whose = fields.Selection(WHOSE, required=True, default="version")
    code = fields.Selection(CODES, "Figure", required=True)
    value = fields.Float(digits=(16, 4))
    low = fields.Float("95% From", digits=(16, 4))
    high = fields.Float("95% To", digits=(16, 4))
    row_count = fields.Integer("Records")
