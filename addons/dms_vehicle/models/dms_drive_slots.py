from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from ..drives import free_slots
from .dms_drive_states import TAKING

ZONE = "Asia/Shanghai"


class DmsDrive(models.Model):
    """When cars of the fleet are free."""

    _name = "dms.drive"
    _inherit = ["dms.drive"]

    def _dms_free_cars(self):
        """:return: ``dms.vehicle`` that could do this drive, the least driven first"""
        self.ensure_one()
        serving = self.env["dms.drive.car"]._dms_serving(
            self.company_id, self.kind, self.start, self.stop
        )
        if self.product_id:
            serving = serving.filtered(lambda one: one.product_id == self.product_id)
        cars = serving.vehicle_id
        busy = self._dms_busy(cars, self.start, self.busy_until, self._origin)
        free = cars.filtered(lambda car: not busy[car.id])
        return free.sorted(lambda car: (car.odometer_km, car.id))

    @api.model
    def _dms_busy(self, cars, start, stop, but=None):
        """:return: dict of car id to the spans (UTC) in which it is taken"""
        domain = Domain("vehicle_id", "in", cars.ids) & Domain("state", "in", TAKING)
        domain &= Domain("start", "<", stop) & Domain("busy_until", ">", start)
        if but:
            domain &= Domain("id", "not in", but.ids)
        busy = {car.id: [] for car in cars}
        for drive in self.search_fetch(domain, ["vehicle_id", "start", "busy_until"]):
            busy[drive.vehicle_id.id].append((drive.start, drive.busy_until))
        return busy

    @api.model
    def dms_free_slots(self, company_id, product_id, day, for_web=False):
        """List the free times of a day for test drives of a model.

        :param int company_id: the store
        :param int product_id: the model
        :param day: date, or its text ``YYYY-MM-DD``
        :param bool for_web: keep the notice that the store wants
        :return: list of {"start", "stop" (UTC, text), "label" (local), "cars" (ids)}
        """
        store = self.env["res.company"].browse(company_id)
        zone = self._dms_zone(store)
        begin, end = self._dms_day(fields.Date.to_date(day), zone)
        slots = self._dms_slots(store, product_id, begin, end, for_web)
        return [
            {
                "start": fields.Datetime.to_string(slot.start),
                "stop": fields.Datetime.to_string(slot.stop),
                "label": pytz.utc.localize(slot.start)
                .astimezone(zone)
                .strftime("%H:%M"),
                "cars": list(slot.cars),
            }
            for slot in slots
        ]

    @api.model
    def _dms_slots(self, store, product_id, begin, end, for_web):
        settings = store.sudo()  # settings of the store; who books need not read them
        serving = self.env["dms.drive.car"]._dms_serving(store, "test", begin, end)
        cars = serving.filtered(lambda one: one.product_id.id == product_id).vehicle_id
        if not cars:
            return []
        now = fields.Datetime.now()
        notice = timedelta(hours=settings.dms_drive_notice if for_web else 0)
        return free_slots(
            self._dms_opened(settings, begin, end),
            self._dms_busy(cars, begin, end),
            timedelta(minutes=settings.dms_drive_minutes or 60),
            timedelta(minutes=settings.dms_drive_buffer),
            now + notice,
        )

    @api.model
    def _dms_zone(self, store):
        # a visitor of the web site reads no calendars, but is shown their hours
        calendar = self._dms_calendar(store.sudo())
        return pytz.timezone(calendar.tz or ZONE)

    @api.model
    def _dms_calendar(self, store):
        return store.dms_drive_calendar_id or store.resource_calendar_id

    @api.model
    def _dms_day(self, day, zone):
        """:return: first and last moment of a day there, UTC without zone"""
        first = zone.localize(datetime.combine(day, time.min))
        last = zone.localize(datetime.combine(day, time.max))
        return tuple(
            moment.astimezone(pytz.utc).replace(tzinfo=None) for moment in (first, last)
        )

    @api.model
    def _dms_opened(self, store, begin, end):
        """:return: spans (UTC) in which the store is open, holidays left out"""
        calendar = self._dms_calendar(store)
        hours = calendar._work_intervals_batch(
            pytz.utc.localize(begin), pytz.utc.localize(end)
        )[False]
        return [
            tuple(
                moment.astimezone(pytz.utc).replace(tzinfo=None)
                for moment in (start, stop)
            )
            for start, stop, _attendance in hours
        ]
