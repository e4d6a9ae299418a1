"""What each store decides on leads: its hours, how fast it answers."""

from odoo import api, fields, models

ANSWER_MINUTES = 30
RECYCLE_HOURS = 8
SETTINGS = (
    "dms_answer_minutes",
    "dms_recycle_hours",
    "dms_auto_assign",
    "dms_opening_calendar_id",
)
ANSWER_HELP = (
    "A new lead gets its first answer within so many minutes of opening hours."
)
ASSIGN_HELP = (
    "New leads go at once to the consultant who fits best; otherwise they wait for a"
    " manager."
)
RECYCLE_HELP = (
    "A lead that nobody has answered so many opening hours after it was due goes to"
    " another consultant. 0: never."
)


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    dms_answer_minutes = fields.Integer(
        "Minutes to Answer a Lead", default=ANSWER_MINUTES, help=ANSWER_HELP
    )
    dms_recycle_hours = fields.Integer(
        "Hours until a Lead Is Recycled", default=RECYCLE_HOURS, help=RECYCLE_HELP
    )
    dms_auto_assign = fields.Boolean(
        "Assign Leads by Itself", default=True, help=ASSIGN_HELP
    )
    dms_opening_calendar_id = fields.Many2one(
        "resource.calendar",
        "Opening Hours",
        help="When the showroom is open. Empty: every day from 9 to 18.",
    )

    _dms_answer_range = models.Constraint(
        "CHECK (COALESCE(dms_answer_minutes, 0) >= 0"
        " AND COALESCE(dms_recycle_hours, 0) >= 0)",
        "Minutes and hours are not negative.",
    )

    def _dms_opening_hours(self):
        """:return: the calendar of the showroom, as sudo"""
        # when a store is open is no secret, the calendar's other contents are not read
        store = self.sudo()
        return store.dms_opening_calendar_id or store.env.ref(
            "dms_sales.resource_calendar_showroom"
        )

    def _dms_after_open_minutes(self, start, minutes):
        """:return: naive UTC, so many minutes of opening hours after ``start``"""
        if not start:
            return False
        hours = self._dms_opening_hours()
        return hours.plan_hours(minutes / 60, start, compute_leaves=True) or start

    def _dms_open_minutes_ago(self, end, minutes):
        """:return: naive UTC, so many minutes of opening hours before ``end``"""
        hours = self._dms_opening_hours()
        return hours.plan_hours(-minutes / 60, end, compute_leaves=True) or end

    def _dms_open_minutes(self, start, end):
        """:return: whole minutes of opening hours between two times in naive UTC"""
        if not (start and end and end > start):
            return 0
        hours = self._dms_opening_hours()
        utc = fields.Datetime.context_timestamp
        in_utc = self.with_context(tz="UTC")
        count = hours.get_work_hours_count(utc(in_utc, start), utc(in_utc, end))
        return round(count * 60)

    # Who sells here

    def _dms_consultants(self):
        """:return: the sales consultants of the store, whoever asks"""
        return self._dms_holders("dms_base.group_dms_sales_consultant")

    def _dms_sales_manager(self):
        """:return: who leads the sale, the store manager where nobody else does"""
        return (
            self._dms_holders("dms_base.group_dms_sales_manager")
            or self._dms_holders("dms_base.group_dms_store_manager")
        )[:1]

    def _dms_holders(self, role):
        # colleagues may know who works with them
        users = self.env["res.users"].sudo()
        return users.search(
            [
                ("group_ids", "in", self.env.ref(role).ids),
                ("company_ids", "in", self.ids),
                ("share", "=", False),
            ],
            order="id",
        )


class DmsStoreDetails(models.AbstractModel):
    _name = "dms.store.details"
    _inherit = ["dms.store.details"]

    dms_answer_minutes = fields.Integer(
        "Minutes to Answer a Lead", default=ANSWER_MINUTES, help=ANSWER_HELP
    )
    dms_recycle_hours = fields.Integer(
        "Hours until a Lead Is Recycled", default=RECYCLE_HOURS, help=RECYCLE_HELP
    )
    dms_auto_assign = fields.Boolean(
        "Assign Leads by Itself", default=True, help=ASSIGN_HELP
    )
    dms_opening_calendar_id = fields.Many2one("resource.calendar", "Opening Hours")

    @api.model
    def _detail_fields(self):
        return [*super()._detail_fields(), *SETTINGS]

    def _prepare_details(self):
        calendar = self.dms_opening_calendar_id
        return super()._prepare_details() | {"dms_opening_calendar_id": calendar.id}
