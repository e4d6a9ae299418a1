from odoo import api, fields, models
from odoo.exceptions import UserError

COLUMNS = (
    "vehicle_id",
    "vin",
    "kind_id",
    "code",
    "at",
    "company_id",
    "region_id",
    "odometer_km",
    "person",
    "res_model",
    "res_id",
    "entry_id",
)


class DmsVehicleEvent(models.Model):
    """What happened to a car: to be searched here, to be proven by its log entry."""

    _name = "dms.vehicle.event"
    _description = "Vehicle Event"
    _inherit = ["dms.append.only", "dms.store.mixin"]
    _order = "id desc"
    _rec_name = "vin"
    _log_access = False
    _dms_happens = True

    vehicle_id = fields.Many2one("dms.vehicle", required=True, ondelete="restrict")
    vin = fields.Char("VIN", required=True, help="As it was at that time.")
    kind_id = fields.Many2one(
        "dms.vehicle.event.kind", "What Happened", required=True, ondelete="restrict"
    )
    code = fields.Char(required=True)
    at = fields.Datetime("When", required=True)
    company_id = fields.Many2one(
        default=None, ondelete="restrict", help="The store where it happened."
    )
    region_id = fields.Many2one(
        "dms.region",
        "Sales Region",
        ondelete="restrict",
        help="The sales region of the store at that time.",
    )
    odometer_km = fields.Integer("Odometer (km)", help="0: unknown.")
    person = fields.Char(
        help="The person it is about, as the log calls him: a salted hash, which means "
        "nothing any more once the person was forgotten.",
    )
    res_model = fields.Char("Document Model")
    res_id = fields.Many2oneReference("Document", model_field="res_model")
    entry_id = fields.Many2one(
        "dms.log.entry", "Log Entry", required=True, ondelete="restrict"
    )
    user_id = fields.Many2one(related="entry_id.user_id", string="Recorded by")
    body = fields.Text(related="entry_id.body", string="As the Log Tells It")
    state = fields.Selection(related="entry_id.state")
    icon = fields.Char(related="kind_id.icon")

    _vehicle_idx = models.Index("(vehicle_id, id)")
    _company_idx = models.Index("(company_id, id)")
    _code_idx = models.Index("(code, id)")

    @api.depends("vin", "kind_id")
    def _compute_display_name(self):
        for event in self:
            event.display_name = f"{event.vin} · {event.kind_id.name}"

    @api.model
    def _append(self, vals_list):
        """Record events and their log entries: one INSERT each, however many.

        :param vals_list: dicts of the columns but ``entry_id``, and of ``body``: what
            the log says, see ``history.event_body``
        :return: the events, in the order of ``vals_list``
        """
        if not vals_list:
            return self.browse()
        entries = self.env["dms.log.entry"]._append(list(map(_log_entry, vals_list)))
        rows = [
            vals | {"entry_id": entry.id}
            for vals, entry in zip(vals_list, entries, strict=True)
        ]
        events = self._dms_insert(
            COLUMNS, [tuple(row[name] for name in COLUMNS) for row in rows]
        )
        self._tell_subscribers(rows)
        events._dms_after_record()
        return events

    def _tell_subscribers(self, rows):
        companies = self.env["res.company"]
        for row in rows:
            self.env["dms.webhook"]._publish(
                row["code"],
                row["vin"],
                row["body"],
                companies.browse(row["company_id"]),
            )

    def _dms_after_record(self):
        """React to events that were just recorded; a hook for rules.

        Called in the transaction of the business, once for all events of a batch.
        """

    # Actions

    def action_check(self):
        """Prove here and now that the log holds this event as it was recorded."""
        self.ensure_one()
        # whoever may see an event may have it proven: the log is public
        return self.entry_id.sudo().action_check()

    def action_open_entry(self):
        """Open the entry of the log."""
        self.ensure_one()
        return self.entry_id._get_records_action(context={})

    def action_open_document(self):
        """Open the document that the event follows from."""
        self.ensure_one()
        known = self.res_model in self.env
        document = known and self.env[self.res_model].browse(self.res_id).exists()
        if not document:
            raise UserError(self.env._("The document of this event is there no more."))
        return document._get_records_action(context={})

    def action_open_vehicle(self):
        """Open the car."""
        self.ensure_one()
        return self.vehicle_id._get_records_action(context={})


def _log_entry(vals):
    """Return the log's part of an event."""
    return {
        "kind": vals["code"],
        "subject": vals["vin"],
        "company_id": vals["company_id"],
        "body": vals["body"],
    }
