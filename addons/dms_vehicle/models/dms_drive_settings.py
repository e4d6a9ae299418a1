from odoo import fields, models


class DmsStoreSettings(models.AbstractModel):
    """What each store decides on test drives and loan cars."""

    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_drive_calendar_id = fields.Many2one(
        "resource.calendar",
        "Hours for Test Drives",
        help="When customers may drive; the working hours of the store if empty.",
    )
    dms_drive_minutes = fields.Integer("Minutes of a Test Drive", default=60)
    dms_drive_buffer = fields.Integer(
        "Minutes between Drives",
        default=30,
        help="To clean, charge or refuel the car; nobody can book it meanwhile.",
    )
    dms_drive_notice = fields.Integer(
        "Hours of Notice",
        default=2,
        help="A customer books on the web at least so many hours ahead.",
    )
    dms_drive_days = fields.Integer(
        "Days Open for Booking",
        default=21,
        help="So many days ahead customers may book on the web.",
    )
    dms_drive_web = fields.Boolean(
        "Test Drives on the Web",
        default=True,
        help="Customers book test drives of this store on the website themselves.",
    )


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    _dms_drive_range = models.Constraint(
        "CHECK (COALESCE(dms_drive_minutes, 60) BETWEEN 10 AND 480"
        " AND COALESCE(dms_drive_buffer, 0) BETWEEN 0 AND 480"
        " AND COALESCE(dms_drive_notice, 0) BETWEEN 0 AND 720"
        " AND COALESCE(dms_drive_days, 1) BETWEEN 1 AND 180)",
        "A test drive takes 10 to 480 minutes, the pause after it at most 480, notice"
        " at most 720 hours, and customers book 1 to 180 days ahead.",
    )
