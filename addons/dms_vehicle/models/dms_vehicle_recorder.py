from odoo import fields, models

from ..history import event_body


class DmsVehicleRecorder(models.AbstractModel):
    """By which cars record what happens to them; part of ``dms.vehicle``."""

    _name = "dms.vehicle.recorder"
    _description = "Recording Events of Cars"

    def _dms_record(self, code, at=None, document=None, facts=None, person=None):
        """Record that something happened to these cars, in the caller's transaction.

        Each argument but ``code`` is one value for all cars, or a callable that takes
        a car. Everybody can read what is recorded, and nothing can be taken back:
        never a name, a phone number, a plate or a price.

        :param str code: of a ``dms.vehicle.event.kind``
        :param at: moment in UTC when it happened; now by default
        :param document: the record that proves it; its store is that of the event,
            without one it is the store of the car
        :param facts: dict of more that the log shall say; JSON values without floats
        :param person: the partner it is about; only his pseudonym is recorded
        :return: the ``dms.vehicle.event``, in the order of the cars
        :raise ValueError: names a code, a fact or a value that cannot be recorded
        """
        events = self.env["dms.vehicle.event"]
        return events._append(
            self._dms_prepare_events(code, at, document, facts, person)
        )

    def _dms_prepare_events(
        self, code, at=None, document=None, facts=None, person=None
    ):
        """Return the values of the events that ``_dms_record`` would record."""
        kind = self.env["dms.vehicle.event.kind"]._by_code(code)
        common = {"kind_id": kind.id, "code": code}
        now = fields.Datetime.now()
        # what the log tells is decided here, not by what this user may see of a car
        cars = self.sudo()
        people = {car: _of(person, car) for car in cars}
        pseudonyms = self.env["dms.pseudonym"]._values_of(
            (partner.id, car.vin) for car, partner in people.items() if partner
        )
        return [
            common
            | car._dms_prepare_event(
                _of(at, car) or now,
                _of(document, car),
                _of(facts, car),
                people[car] and pseudonyms[people[car].id, car.vin],
            )
            for car in cars
        ]

    def _dms_prepare_event(self, at, document, facts, pseudonym):
        store = self._dms_store_of(document)
        km = self.odometer_km
        return {
            "vehicle_id": self.id,
            "vin": self.vin,
            "at": at,
            "company_id": store.id,
            "region_id": store.dms_region_id.id or None,
            "odometer_km": km,
            "person": pseudonym or None,
            "res_model": document._name if document else None,
            "res_id": document.id if document else None,
            "body": event_body(at, store.city or "", km, pseudonym or "", facts),
        }

    def _dms_store_of(self, document):
        """Return where it happened, which need not be where the car belongs."""
        if document and "company_id" in document._fields:
            # the store is recorded, whoever caused the event
            return document.sudo().company_id or self.company_id
        return self.company_id


def _of(value, car):
    return value(car) if callable(value) else value
