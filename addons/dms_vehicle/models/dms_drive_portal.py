from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class DmsDrive(models.Model):
    """What the driver does by his link: come at another time, or not at all."""

    _name = "dms.drive"
    _inherit = ["dms.drive", "dms.own.mixin"]

    reminded_at = fields.Datetime("Reminded on", readonly=True, copy=False)

    @api.model
    def _dms_mine_domain(self):
        """A customer sees what he drives, or drove."""
        return super()._dms_mine_domain() & Domain("kind", "!=", "blocked")

    def _dms_portal_cards(self):
        """:return: list of what the list shows of each drive"""
        states = dict(self._fields["state"]._description_selection(self.env))
        return [
            drive._dms_portal_words()
            | {
                "id": drive.id,
                "car": drive.product_id.with_context(
                    display_default_code=False
                ).display_name,
                "store": drive.company_id.name,
                "state": drive.state,
                "state_name": states[drive.state],
            }
            for drive in self.sudo()
        ]

    def _dms_portal_may_change(self):
        """:return: whether the driver may still choose another time or cancel"""
        self.ensure_one()
        now = fields.Datetime.now()
        return self.state == "booked" and self.kind == "test" and self.start > now

    def _dms_portal_cancel(self):
        """Cancel for the driver, and tell who expects him."""
        self._dms_portal_check()
        self._dms_close("cancelled_at")
        self._dms_tell(self.env._("The driver has cancelled by his link."))

    def _dms_portal_move(self, start):
        """Let the driver come at another time, in the same car if it is free then.

        :param start: UTC
        :raise UserError: if no car of the model is free then
        """
        self._dms_portal_check()
        times = {"start": start, "stop": start + (self.stop - self.start)}
        draft = self._dms_plan(times)
        free = draft._dms_free_cars()
        if not free or start < fields.Datetime.now():
            raise UserError(self.env._("That time is taken. Choose another one."))
        car = self.vehicle_id if self.vehicle_id in free else free[0]
        if car != self.vehicle_id:
            times["vehicle_id"] = car.id
        self.write(times | {"reminded_at": False})
        self._dms_tell(self.env._("The driver has chosen another time by his link."))

    def _dms_portal_check(self):
        self.ensure_one()
        self._dms_claim()
        if not self._dms_portal_may_change():
            raise UserError(
                self.env._(
                    "This drive can no longer be changed here. Please call the store."
                )
            )

    def _dms_tell(self, body):
        self.message_post(body=body, partner_ids=self.user_id.partner_id.ids)

    def _dms_portal_words(self):
        """:return: dict of what the driver's page and papers call this drive"""
        self.ensure_one()
        zone = self._dms_zone(self.company_id)
        here = self.with_context(tz=zone.zone)

        def clock(moment, form="%Y-%m-%d %H:%M"):
            local = fields.Datetime.context_timestamp(here, moment)
            return local.strftime(form)

        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "kind": kinds[self.kind],
            "start": clock(self.start),
            "stop": clock(self.stop, "%H:%M")
            if self.stop - self.start < timedelta(hours=12)
            else clock(self.stop),
            "signed_at": clock(self.signed_at) if self.signed_at else "",
        }

    # Reminders

    def _cron_remind(self, batch_size=100):
        """Remind drivers of what they booked for the next day."""
        now = fields.Datetime.now()
        domain = [
            ("state", "=", "booked"),
            ("kind", "!=", "blocked"),
            ("reminded_at", "=", False),
            ("partner_id.email", "!=", False),
            ("start", ">", now),
            ("start", "<", now + timedelta(hours=24)),
        ]
        drives = self.search(domain, limit=batch_size)
        for drive in drives:
            drive._dms_remind()
            self.env["ir.cron"]._commit_progress(1)

    def _dms_remind(self):
        template = self.env.ref("dms_vehicle.mail_template_drive_reminder")
        template.send_mail(self.id)
        self.reminded_at = fields.Datetime.now()
