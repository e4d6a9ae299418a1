from datetime import datetime, time

from odoo import api, fields, models

WATCHED = (
    "vin",
    "purchase_line_id",
    "produced_date",
    "shipped_date",
    "owner_id",
    "odometer_km",
)


class DmsVehicleHistory(models.AbstractModel):
    """Events that follow from what is written on a car; part of ``dms.vehicle``.

    Two context keys leave it to the caller to record: ``dms_follows_move`` the new
    owner, ``dms_records_itself`` what is known of new cars.
    """

    _name = "dms.vehicle.history"
    _description = "History of Cars"
    _inherit = ["dms.vehicle.recorder"]

    produced_date = fields.Date("Produced on", readonly=True, copy=False)
    event_count = fields.Integer("Number of Events", compute="_compute_event_count")

    def _compute_event_count(self):
        events = self.env["dms.vehicle.event"]
        mine = [("vehicle_id", "in", self.ids)]
        counts = dict(events._read_group(mine, ["vehicle_id"], ["__count"]))
        for car in self:
            car.event_count = counts.get(car._origin, 0)

    @api.model_create_multi
    def create(self, vals_list):
        cars = super().create(vals_list)
        if not self.env.context.get("dms_records_itself"):
            cars.sudo()._dms_record_first()  # as in ``write``
        return cars

    def write(self, vals):
        names = [name for name in WATCHED if name in vals]
        # what is recorded does not depend on what this user may see of a car
        cars = self.sudo() if names else self.browse()
        before = {car: {name: car[name] for name in names} for car in cars}
        res = super().write(vals)
        if cars:
            cars._dms_record_changes(before)
        return res

    def dms_set_produced(self, date):
        """Note the day on which the manufacturer built these cars; for programs.

        The same day once more changes nothing.

        :param str date: ISO date
        """
        self.write({"produced_date": date})
        return True

    def _dms_record_first(self, document=None):
        """Record what is known of new cars.

        :param document: where their owners are known from
        """
        self.filtered("purchase_line_id")._dms_record_order()
        self._dms_record_day("vehicle.produced", "produced_date")
        self._dms_record_day("vehicle.shipped", "shipped_date")
        owned = self.filtered("owner_id")
        owned._dms_record_owner(document)
        # the first event of other cars carries the reading along
        alone = self.filtered(lambda car: car.odometer_km and not car.lot_id) - owned
        alone._dms_record("vehicle.odometer")

    def _dms_record_changes(self, before):
        """:param dict before: by car, the old values by name"""
        changed = {name: self._dms_changed(name, before) for name in WATCHED}
        changed["vin"]._dms_record_correction(before)
        changed["purchase_line_id"].filtered("purchase_line_id")._dms_record_order()
        changed["produced_date"]._dms_record_day("vehicle.produced", "produced_date")
        changed["shipped_date"]._dms_record_day("vehicle.shipped", "shipped_date")
        if not self.env.context.get("dms_follows_move"):
            changed["owner_id"]._dms_record_owner()
        changed["odometer_km"].filtered("odometer_km")._dms_record("vehicle.odometer")

    def _dms_changed(self, name, before):
        return self.filtered(
            lambda car: name in before[car] and car[name] != before[car][name]
        )

    def _dms_record_order(self):
        """A purchase from another store is told by its move and its sale."""
        bought = self.filtered(
            lambda car: not car.purchase_line_id.order_id.dms_counterpart_sale_id
        )
        bought._dms_record(
            "vehicle.ordered",
            at=lambda car: car.purchase_line_id.order_id.date_approve,
            document=lambda car: car.purchase_line_id.order_id,
        )

    def _dms_record_day(self, code, name):
        self.filtered(name)._dms_record(
            code,
            at=lambda car: car._dms_moment(car[name]),
            document=lambda car: car.purchase_line_id.order_id,
        )

    def _dms_record_owner(self, document=None):
        self._dms_record(
            "vehicle.ownership", document=document, person=lambda car: car.owner_id
        )

    def _dms_record_correction(self, before):
        """The history ends under the wrong VIN and goes on under the right one."""
        ended = self._dms_prepare_events(
            "vehicle.corrected", facts=lambda car: {"new_vin": car.vin}
        )
        goes_on = self._dms_prepare_events(
            "vehicle.corrected", facts=lambda car: {"old_vin": before[car]["vin"]}
        )
        for vals, car in zip(ended, self, strict=True):
            vals["vin"] = before[car]["vin"]
        self.env["dms.vehicle.event"]._append(ended + goes_on)

    def _dms_moment(self, day):
        """:return: midnight UTC of a day in the past, None for today: now"""
        if day == fields.Date.context_today(self):
            return None
        return datetime.combine(day, time.min)

    def action_view_events(self):
        """Open what happened to the car in the stores of the user."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_vehicle_event_action"
        )
        mine = [("vehicle_id", "=", self.id)]
        return dict(action, name=self.vin, domain=mine, context={})

    def _dms_with_history(self):
        """:return: the cars among these to which something happened, in any store"""
        # a car with a history in any store has one
        events = self.env["dms.vehicle.event"].sudo()
        recorded = events.search([("vehicle_id", "in", self.ids)]).vehicle_id
        return self & recorded
