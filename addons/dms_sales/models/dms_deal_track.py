from odoo import fields, models

from ..tracking import Facts, track

BUILT = ("built", "shipped")


class DmsDeal(models.Model):
    """Where the car of a deal is, as its customer sees it; nobody types a step."""

    _name = "dms.deal"
    _inherit = ["dms.deal"]

    def _dms_track(self):
        """:return: list of dict: code, name, state, on, planned; of an ordered deal"""
        self.ensure_one()
        if self.state not in ("ordered", "delivered"):
            return []
        names = self._dms_track_names()
        # the customer may read none of these documents; he is told days alone
        steps = track(self.sudo()._dms_track_facts())
        return [
            {
                "code": step.code,
                "name": names[step.code],
                "state": step.state,
                "on": step.on,
                "planned": step.planned,
            }
            for step in steps
        ]

    def _dms_track_names(self):
        return {
            "ordered": self.env._("Ordered"),
            "produced": self.env._("Built"),
            "on_the_way": self.env._("On its way"),
            "at_the_store": self.env._("At the store"),
            "checked": self.env._("Checked (PDI)"),
            "registered": self.env._("Plates registered"),
            "ready": self.env._("Ready for you"),
            "delivered": self.env._("Handed over"),
        }

    def _dms_track_facts(self):
        delivery = self.delivery_ids[:1]
        is_there = self.state == "delivered"
        return Facts(
            ordered=self._dms_local_day(self.date_order) or True,
            delivered=is_there and (self.delivered_date or True),
            registered=self.registration_ids.plated_on or None,
            ready=self._dms_is_ready(delivery) or None,
            appointment=self._dms_local_day(delivery.planned_at),
            not_here=self._dms_track_elsewhere(delivery),
            **self._dms_track_car(),
        )

    def _dms_track_car(self):
        """:return: dict of what is known of the way of the car"""
        car = self.vehicle_id
        is_here = car.company_id == self.company_id
        passed = car.pdi_ids.filtered(lambda pdi: pdi.state == "passed")
        return {
            "produced": car.oem_status in BUILT or bool(car.received_date) or None,
            "on_the_way": car.shipped_date or None,
            "at_the_store": (is_here and car.received_date) or None,
            "checked": self._dms_local_day(passed[-1:].signed_at),
            "expected": car.expected_date or None,
        }

    def _dms_track_elsewhere(self, delivery):
        """:return: the steps that this store does not do for this deal"""
        blocks = self._dms_lines().mapped("dms_block")
        does = {
            "checked": self.company_id.dms_pdi_required,
            "registered": bool(self.registration_ids) or "registration" in blocks,
            "ready": bool(delivery),
        }
        return frozenset(code for code, it_does in does.items() if not it_does)

    def _dms_is_ready(self, delivery):
        if not delivery or delivery.state != "open" or not self.vehicle_id:
            return bool(delivery.handed_at)
        return not delivery._dms_blockers()

    def _dms_local_day(self, moment):
        """:return: the day of a moment on the clock of the store, None without one"""
        if not moment:
            return None
        there = self.with_context(tz=self._dms_zone_name())
        return fields.Datetime.context_timestamp(there, moment).date()

    def _dms_zone_name(self):
        return self.env["dms.drive"]._dms_zone(self.company_id).zone
