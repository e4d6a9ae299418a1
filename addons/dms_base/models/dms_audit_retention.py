from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

LAW_DAYS = 183


class DmsAuditRetention(models.Model):
    """How long entries are kept. Removing them leaves a digest in the log.

    The law on network security (网络安全法, article 21) wants logs kept for at least
    six months.
    """

    _name = "dms.audit.retention"
    _description = "Retention of the Audit"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    model = fields.Char(
        "Technical model", help="Only entries about this model; empty: about all."
    )
    action = fields.Selection(
        selection=lambda self: self.env["dms.audit.entry"]._actions(),
        help="Only entries of this kind; empty: of all kinds.",
    )
    keep_days = fields.Integer(
        "Days to keep", required=True, default=3 * 365, help="At least six months."
    )

    _keep_days_law = models.Constraint(
        f"CHECK (keep_days >= {LAW_DAYS})",
        "The law on network security wants the audit kept for at least six months.",
    )

    @api.model
    def _cron_remove(self):
        """Remove what every rule that speaks of it lets go."""
        for rule in self.search(Domain.TRUE):
            rule._remove()
            self.env["ir.cron"]._commit_progress(1)

    def _remove(self):
        """Remove what only this rule, the first that matches, is about.

        :return: the ``dms.audit.removal``, empty if there was nothing to remove
        """
        self.ensure_one()
        until = fields.Datetime.now() - timedelta(days=self.keep_days)
        removals = self.env["dms.audit.removal"].sudo()
        return removals._remove(self._domain(), until, self.name)

    def _domain(self):
        domain = self._own_domain()
        for earlier in self.search(Domain.TRUE):
            if earlier == self:
                break
            domain &= ~earlier._own_domain()
        return domain

    def _own_domain(self):
        domain = Domain.TRUE
        if self.model:
            domain &= Domain("model", "=", self.model)
        if self.action:
            domain &= Domain("action", "=", self.action)
        return domain
