from odoo import models


class DmsDeal(models.Model):
    """A consent that is not there is something missing."""

    _name = "dms.deal"
    _inherit = ["dms.deal"]

    def _dms_blockers(self):
        missing = super()._dms_blockers()
        if self.state not in ("draft", "offered"):
            return missing
        for order in self._dms_on_desk()._dms_cars_offered().order_id:
            sheet = order._dms_sheet()
            consent = order._dms_consent(sheet)
            if consent.needs and not order._dms_approved(sheet):
                missing.append(self._dms_blocker_consent(order, consent))
        return missing

    def _dms_blocker_consent(self, order, consent):
        waits = order.dms_approval_ids.filtered(lambda one: one.state == "open")
        text = order._dms_refusal(consent)
        if waits:
            return self._dms_blocker("consent", text, waits._dms_approver())
        return self._dms_blocker("consent", text, self.user_id)
