from odoo import api, fields, models


class DmsShowroomDuty(models.Model):
    """The rota: which consultants receive customers on a day."""

    _name = "dms.showroom.duty"
    _description = "Showroom Duty"
    _inherit = ["dms.store.mixin"]
    _order = "date desc, user_id"
    _rec_name = "user_id"

    date = fields.Date("Day", required=True, default=fields.Date.context_today)
    user_id = fields.Many2one(
        "res.users",
        "Sales Consultant",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self.env.user,
    )

    _once = models.UniqueIndex(
        "(company_id, date, user_id)", "This consultant is on duty that day already."
    )

    @api.model
    def _dms_on_duty(self, store, day):
        """:return: the consultants of the day; all of the store if nobody is planned"""
        # the reception may know the rota, whoever may change it
        planned = self.sudo().search(
            [("company_id", "=", store.id), ("date", "=", day)]
        )
        return planned.user_id or store._dms_consultants()
