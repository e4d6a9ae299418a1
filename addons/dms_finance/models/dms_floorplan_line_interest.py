from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from .accrual_run import AccrualRun

WARNING = "mail.mail_activity_data_warning"


class DmsFloorplanLineInterest(models.AbstractModel):
    """Interest, booked when a month has ended; part of ``dms.floorplan.line``."""

    _name = "dms.floorplan.line.interest"
    _description = "Interest of a Floorplan Line"

    def action_accrue(self):
        """Book the interest of all months that have ended, as far as it is not booked.

        :return: an action that shows the entries, empty if nothing was to book
        """
        until = fields.Date.context_today(self).replace(day=1)
        moves = self._accrue(until)
        if not moves:
            raise UserError(
                self.env._(
                    "All interest up to %(day)s is booked already.",
                    day=fields.Date.to_string(until - timedelta(days=1)),
                )
            )
        return self.env["dms.vehicle"]._open("account.move", moves)

    def _accrue(self, until):
        """Book interest of the days before ``until``, one entry per line.

        Running it again books nothing; after a payment was entered late it books the
        difference.

        :return: the posted ``account.move``, none for lines with nothing to book
        """
        self._dms_claim()
        moves = self.env["account.move"]
        for line in self:
            moves |= AccrualRun(line, until).book()
        self.activity_unlink([WARNING])
        return moves

    @api.model
    def _cron_accrue(self):
        cron = self.env["ir.cron"]
        until = fields.Date.context_today(self).replace(day=1)
        lines = self.with_context(active_test=False).search(
            [("contract_ids.interest_final", "=", False)], order="id"
        )
        cron._commit_progress(remaining=len(lines))
        for line in lines:
            line.with_company(line.company_id)._accrue_or_tell(until)
            if not cron._commit_progress(1):
                break

    def _accrue_or_tell(self, until):
        """Book; where that is refused, say so and let the other lines go on."""
        try:
            with self.env.cr.savepoint():
                self._accrue(until)
        except UserError as error:
            self._tell_not_booked(error)

    def _tell_not_booked(self, error):
        """Have the responsible see, once, why the interest is not booked."""
        if not self.activity_search([WARNING]):
            self.activity_schedule(
                WARNING,
                summary=self.env._("Interest could not be booked"),
                note=plaintext2html(str(error)),
                user_id=self.user_id.id,
            )
