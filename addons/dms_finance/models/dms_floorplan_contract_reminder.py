from datetime import timedelta

from odoo import api, fields, models

ALERT_DAYS = 7
ACTIVITY = "dms_finance.mail_activity_type_floorplan"


class DmsFloorplanContractReminder(models.AbstractModel):
    """Activities for what falls due; part of ``dms.floorplan.contract``."""

    _name = "dms.floorplan.contract.reminder"
    _description = "Reminders of a Floorplan Car"

    @api.model
    def _cron_remind(self):
        """Remind of what falls due within a week; forget what is done."""
        soon = fields.Date.context_today(self) + timedelta(days=ALERT_DAYS)
        self.search([("next_due_date", "<=", soon)])._remind()
        kind = self.env.ref(ACTIVITY)
        done = self.search(
            [
                ("next_due_date", "=", False),
                ("activity_ids.activity_type_id", "=", kind.id),
            ]
        )
        done.activity_unlink([ACTIVITY])

    def _remind(self):
        """Have the responsible pay; a reminder that was dismissed comes back."""
        kind = self.env.ref(ACTIVITY)
        for contract in self.filtered("next_due_date"):
            activity = contract.activity_ids.filtered(
                lambda a: a.activity_type_id == kind
            )
            if activity:
                activity.filtered(
                    lambda a, day=contract.next_due_date: a.date_deadline != day
                ).date_deadline = contract.next_due_date
            else:
                contract.activity_schedule(
                    ACTIVITY,
                    contract.next_due_date,
                    user_id=contract.line_id.user_id.id,
                )
