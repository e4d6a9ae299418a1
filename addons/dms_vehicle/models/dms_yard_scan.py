from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..yard import split_label

SHOWN_CARS = 8
SHOWN_STAYS = 5


class DmsYardSighting(models.Model):
    """What people with a phone in the yard ask for and report."""

    _name = "dms.yard.sighting"
    _inherit = ["dms.yard.sighting"]

    @api.model
    def look(self, text, slot_id=False):
        """Say what was scanned or typed: a slot or cars.

        :param slot_id: the slot that was scanned before; then a car is expected
        :return: {"slot": {...}} or {"cars": [{...}]}
        :raise UserError: if it is neither
        """
        text = (text or "").strip()
        slots = self.env["dms.yard.slot"].search(self._slot_domain(text), limit=9)
        cars = self.env["dms.vehicle"]
        if not slots or (slot_id and "/" not in text):
            cars = self._cars_at(text, slot_id)
        if cars:
            return {"cars": [car._yard_card() for car in cars]}
        if not slots:
            raise UserError(self._nothing_found(text, slot_id))
        if len(slots) > 1:
            raise UserError(
                self.env._(
                    "Several sites have a slot %(slot)s: scan its label.", slot=text
                )
            )
        return {"slot": slots._yard_card()}

    @api.model
    def _slot_domain(self, text):
        site, code = split_label(text)
        domain = Domain("code", "=", code) & Domain("site_id.active", "=", True)
        return domain & Domain("site_id.code", "=", site) if site else domain

    @api.model
    def _cars_at(self, text, slot_id):
        cars = self.env["dms.vehicle"]
        if len(text) < 4 or "/" in text:
            return cars
        domain = cars._find_domain(_without_scanner_letter(text))
        if slot_id:
            store = self.env["dms.yard.slot"].browse(slot_id).company_id
            domain &= Domain("company_id", "=", store.id)
        return cars.search(domain, limit=SHOWN_CARS)

    @api.model
    def _nothing_found(self, text, slot_id):
        if slot_id:
            return self.env._(
                "No car of this store has “%(text)s”. Scan the VIN, or type its last"
                " six characters.",
                text=text[:40],
            )
        return self.env._(
            "“%(text)s” is neither the label of a slot nor a car of your store.",
            text=text[:40],
        )

    @api.model
    def park(self, slot_id, vehicle_id, key=False):
        """A person says that a car stands in a slot.

        :param str key: the phone's own name of this report; sent twice it counts once
        :return: {"message", "left", "slot"}; ``left`` is whoever stood there before
        """
        slot, car = self._checked(slot_id), self.env["dms.vehicle"].browse(vehicle_id)
        car.check_access("read")
        self._check_same_store(slot, car)
        before = slot.vehicle_id if slot.vehicle_id != car else self.env["dms.vehicle"]
        self._report(slot, key, vehicle_id=car.id)
        return {
            "message": self.env._(
                "%(vin)s stands at %(slot)s.", vin=car.vin, slot=slot.display_name
            ),
            "left": before.vin or "",
            "slot": slot._yard_card(),
        }

    @api.model
    def _check_same_store(self, slot, car):
        if car.company_id != slot.company_id:
            raise UserError(
                self.env._(
                    "%(vin)s belongs to %(store)s, the slot to %(other)s. Transfer the"
                    " car first.",
                    vin=car.vin,
                    store=car.company_id.name,
                    other=slot.company_id.name,
                )
            )

    @api.model
    def vacate(self, slot_id, key=False):
        """A person says that a slot is empty."""
        slot = self._checked(slot_id)
        self._report(slot, key, occupied=False)
        return {
            "message": self.env._("%(slot)s is free.", slot=slot.display_name),
            "left": "",
            "slot": slot._yard_card(),
        }

    @api.model
    def _checked(self, slot_id):
        self.check_access("create")
        slot = self.env["dms.yard.slot"].browse(slot_id).exists()
        slot.check_access("read")
        if not slot.active or not slot.site_id.active:
            raise UserError(
                self.env._("This slot is no longer on the plan. Reload the page.")
            )
        return slot

    @api.model
    def _report(self, slot, key, **vals):
        mine = [("user_id", "=", self.env.uid), ("key", "=", key)]
        if key and self.search_count([*mine, ("device_id", "=", False)], limit=1):
            return
        self._dms_take(
            [
                {
                    "company_id": slot.company_id.id,
                    "source": "scan",
                    "slot_id": slot.id,
                    "user_id": self.env.uid,
                    "key": key or None,
                }
                | vals
            ]
        )


class DmsYardSlot(models.Model):
    """A slot on the phone and beside the plan."""

    _name = "dms.yard.slot"
    _inherit = ["dms.yard.slot"]

    @api.readonly
    def card(self):
        """Return what a click on the plan shows: the slot, its car, who was there."""
        self.ensure_one()
        self.check_access("read")
        stays = self.env["dms.yard.stay"].search(
            [("slot_id", "=", self.id), ("until", "!=", False)], limit=SHOWN_STAYS
        )
        return self._yard_card() | {
            "before": [
                {
                    "vin": stay.vehicle_id.vin or "",
                    "since": format_datetime(self.env, stay.since, dt_format="short"),
                    "until": format_datetime(self.env, stay.until, dt_format="short"),
                }
                for stay in stays
            ]
        }

    def _yard_card(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": self.id,
            "label": self.display_name,
            "kind": kinds[self.kind],
            "state": self.state,
            "state_name": states[self.state],
            "since": format_datetime(self.env, self.since, dt_format="short")
            if self.since
            else "",
            "car": self.vehicle_id._yard_card() if self.vehicle_id else False,
        }


class DmsVehicle(models.Model):
    """A car on the phone and beside the plan."""

    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    @api.model
    @api.readonly
    def find_on_plan(self, text, limit=SHOWN_CARS):
        """Find cars that stand, or should stand, on a plan.

        :param str text: VIN or its end, plate, owner
        :return: list of cards; those in a slot come first
        """
        if len((text or "").strip()) < 2:
            return []
        found = self._find_domain(_without_scanner_letter(text))
        here = Domain("yard_slot_id", "!=", False)
        cars = self.search(found & here, limit=limit)
        if not cars:
            cars = self.search(found, limit=limit)
        return [car._yard_card() for car in cars]

    def _yard_card(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        slot = self.yard_slot_id
        return {
            "id": self.id,
            "vin": self.vin,
            "plate": self.plate or "",
            "model": self._dms_model_name() or self.vin_maker or "",
            "state": labels.get(self.state, ""),
            "days": self.days_in_stock,
            "store": self.company_id.name,
            "slot_id": slot.id,
            "slot": slot.display_name or "",
            "site_id": slot.site_id.id,
            "since": format_datetime(self.env, self.yard_since, dt_format="short")
            if self.yard_since
            else "",
        }


def _without_scanner_letter(text):
    """Drop the I that some scanners put before a VIN."""
    text = text.strip()
    return text[1:] if len(text) == 18 and text[0] in "iI" else text
