from odoo import api, fields, models

KEEP_DAYS = 30
RECENT_DAYS = 7


class DmsRiskFailure(models.Model):
    """An error in a rule.

    A row of its own: a field of the rule would be written by every transaction that
    meets the error, and they would wait for each other.
    """

    _name = "dms.risk.failure"
    _description = "Failure of a Risk Rule"
    _order = "id desc"
    _rec_name = "error"
    _dms_audit = False

    rule_id = fields.Many2one(
        "dms.risk.rule", required=True, readonly=True, index=True, ondelete="cascade"
    )
    error = fields.Text(required=True, readonly=True)
    create_date = fields.Datetime("Time", readonly=True)

    @api.model
    def _count_recent(self, rules):
        """:return: dict of the id of a rule to its failures of the last days"""
        groups = self._read_group(
            [
                ("rule_id", "in", rules.ids),
                ("create_date", ">", f"now -{RECENT_DAYS}d"),
            ],
            ["rule_id"],
            ["__count"],
        )
        return {rule.id: count for rule, count in groups}

    @api.autovacuum
    def _gc_failures(self):
        self.search([("create_date", "<", f"now -{KEEP_DAYS}d")]).unlink()
