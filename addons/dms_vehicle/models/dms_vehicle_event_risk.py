import json

from odoo import models
from odoo.tools import SQL

from odoo.addons.dms_base.risk import Finding, Line, day_of

from .. import fraud

HISTORY = """
    SELECT event.id, event.vehicle_id, event.code, event.at, event.odometer_km,
           event.person, entry.body, event.company_id, region.parent_path,
           store.dms_latitude, store.dms_longitude, store.dms_store_kind, car.is_used
      FROM dms_vehicle_event event
      JOIN dms_log_entry entry ON entry.id = event.entry_id
      JOIN res_company store ON store.id = event.company_id
      JOIN dms_vehicle car ON car.id = event.vehicle_id
 LEFT JOIN dms_region region ON region.id = event.region_id
     WHERE event.vehicle_id = ANY(%s)
  ORDER BY event.vehicle_id, event.at, event.id
"""
UNNAMED = "***"


class DmsVehicleEvent(models.Model):
    """The detectors of the rules against fraud: they load, ``fraud`` decides."""

    _inherit = "dms.vehicle.event"

    def _dms_after_record(self):
        res = super()._dms_after_record()
        self.env["dms.risk.rule"]._dms_evaluate(self)
        return res

    def _dms_risk_diversion(self, parameters, memo):
        return self._dms_judge(fraud.Diversion(**parameters), memo)

    def _dms_risk_odometer_back(self, parameters, memo):
        return self._dms_judge(fraud.OdometerBack(**parameters), memo)

    def _dms_risk_delivered_twice(self, parameters, memo):
        return self._dms_judge(fraud.DeliveredTwice(**parameters), memo)

    def _dms_risk_refurbished(self, parameters, memo):
        return self._dms_judge(fraud.Refurbished(**parameters), memo)

    def _dms_risk_two_places(self, parameters, memo):
        return self._dms_judge(fraud.TwoPlaces(**parameters), memo)

    def _dms_judge(self, rule, memo):
        """Let a rule judge these events, each by what was recorded before it.

        :param rule: of the package ``fraud``
        :return: list of findings
        """
        histories = self._dms_histories(memo)
        findings = []
        for event in self:
            history = histories[event.vehicle_id.id]
            before = [other for other in history if other.id < event.id]
            judged = next(other for other in history if other.id == event.id)
            if suspicion := rule.judge(judged, before):
                findings.append(event._dms_finding(suspicion))
        return findings

    def _dms_histories(self, memo):
        """Return the events of these cars by car, in the order they happened.

        One query for all cars that no other rule of the evaluation has asked for.
        """
        histories = memo.setdefault("dms.vehicle.event", {})
        missing = set(self.vehicle_id.ids) - histories.keys()
        if missing:
            for row in self.env.execute_query(SQL(HISTORY, list(missing))):
                histories.setdefault(row[1], []).append(_event(row))
        return histories

    def _dms_finding(self, suspicion):
        pair = {"first": suspicion.first, "second": suspicion.second}
        events = {name: self.browse(event.id) for name, event in pair.items()}
        values = dict(suspicion.values)
        for name, event in events.items():
            values |= event._dms_values(name, self.company_id)
        return Finding(
            subject=("dms.vehicle", self.vehicle_id.id),
            label=self.vehicle_id.vin,
            company_id=self.company_id.id,
            key=suspicion.key,
            at=self.at,
            values=values,
            lines=tuple(e._dms_line(self.company_id) for e in events.values()),
        )

    def _dms_values(self, name, reader):
        """:return: what messages of rules may say about this event"""
        known = self._dms_is_known_to(reader)
        return {
            f"{name}_store": self.company_id.name if known else UNNAMED,
            f"{name}_region": self._dms_region_name() if known else UNNAMED,
            f"{name}_day": day_of(self.at),
            f"{name}_km": self.odometer_km,
            f"{name}_kind": ("dms.vehicle.event.kind", self.kind_id.id),
        }

    def _dms_region_name(self):
        return ("dms.region", self.region_id.id) if self.region_id else ""

    def _dms_line(self, reader):
        known = self._dms_is_known_to(reader)
        return Line(
            at=self.at,
            what=("dms.vehicle.event.kind", self.kind_id.id),
            where=self.company_id.name if known else UNNAMED,
            detail=f"{self.odometer_km} km" if self.odometer_km else "",
            record=(self._name, self.id) if known else None,
        )

    def _dms_is_known_to(self, store):
        """Tell whether a store may know where this was: its dealer group is one."""
        group = store.dms_group_id
        return self.company_id == store or (
            group and self.company_id.dms_group_id == group
        )


def _event(row):
    """:return: the ``fraud.Event`` of a row of ``HISTORY``"""
    event_id, _car, code, at, km, person, body, *place, used = row
    return fraud.Event(
        id=event_id,
        code=code,
        at=at,
        place=_place(*place),
        km=km or 0,
        person=person or "",
        facts=json.loads(body),
        used=bool(used),
    )


def _place(store, path, latitude, longitude, kind):
    region = tuple(int(part) for part in (path or "").split("/") if part)
    known = latitude or longitude
    coordinates = (float(latitude), float(longitude)) if known else None
    return fraud.Place(store, region, coordinates, sells_used=kind == "used_car")
