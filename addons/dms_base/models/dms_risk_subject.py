import operator as op

from odoo import api, fields, models
from odoo.fields import Domain

from .dms_risk_rule import OPEN_STATES

COMPARE = {
    ">": op.gt,
    ">=": op.ge,
    "<": op.lt,
    "<=": op.le,
    "in": lambda count, values: count in values,
}


class DmsRiskSubject(models.AbstractModel):
    """What alerts may be about: a model that inherits this counts its open ones.

    People see the alerts they may read, so the number differs from one to another.
    """

    _name = "dms.risk.subject"
    _description = "Subject of Risk Alerts"

    dms_open_alert_count = fields.Integer(
        "Open risk alerts",
        compute="_compute_dms_open_alert_count",
        search="_search_dms_open_alert_count",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_dms_open_alert_count(self):
        counts = self._dms_open_alerts([("res_id", "in", self.ids)])
        for record in self:
            record.dms_open_alert_count = counts.get(record.id, 0)

    @api.model
    def _search_dms_open_alert_count(self, operator, value):
        if operator not in COMPARE:
            return NotImplemented
        holds, counts = COMPARE[operator], self._dms_open_alerts([])
        matching = [one for one, count in counts.items() if holds(count, value)]
        domain = Domain("id", "in", matching)
        if holds(0, value):
            domain |= Domain("id", "not in", list(counts))
        return domain

    @api.model
    def _dms_open_alerts(self, domain):
        """:return: dict of the id of a record to the number of its open alerts"""
        alerts = self.env["dms.risk.alert"]
        if not alerts.has_access("read"):
            return {}
        ours = [("res_model", "=", self._name), ("state", "in", OPEN_STATES)]
        return dict(alerts._read_group([*ours, *domain], ["res_id"], ["__count"]))

    def action_dms_view_alerts(self):
        """Show the alerts about this record, the closed ones too."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_base.dms_risk_alert_action"
        )
        ours = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return action | {"domain": ours, "context": {}}
