import re
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.dms_vehicle.models.dms_vehicle import PHONE

MOST_OPEN = 2  # drives to come that one phone may have on the web


class DmsDrive(models.Model):
    """Test drives that customers book on the website themselves."""

    _name = "dms.drive"
    _inherit = ["dms.drive"]

    @api.model
    def _dms_next_start(self):
        """:return: the next full hour from now, UTC"""
        now = fields.Datetime.now()
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)

    @api.model
    def _dms_web_stores(self, website):
        """:return: stores of the website's dealer group that offer drives there"""
        domain = Domain("dms_drive_web", "=", True)
        # a customer's login reads no company, whoever's website it is
        if group := website.sudo().company_id.dms_group_id:
            domain &= Domain("dms_group_id", "=", group.id)
        serving = self.env["dms.drive.car"]._read_group(
            self._dms_web_cars(), ["company_id"]
        )
        ids = [store.id for (store,) in serving]
        return self.env["res.company"].search(domain & Domain("id", "in", ids))

    @api.model
    def _dms_web_cars(self, store=None):
        today = fields.Date.context_today(self)
        domain = Domain("for_test", "=", True) & Domain("since", "<=", today)
        domain &= Domain("until", "=", False) | Domain("until", ">=", today)
        domain &= Domain("product_id", "!=", False)
        return domain & Domain("company_id", "=", store.id) if store else domain

    @api.model
    def _dms_web_models(self, store):
        """:return: the models that a store has to drive"""
        cars = self.env["dms.drive.car"].search(self._dms_web_cars(store))
        return cars.product_id.sorted("display_name")

    @api.model
    def _dms_web_days(self, store):
        """:return: list of the dates that are open for booking"""
        zone = self._dms_zone(store)
        first = fields.Datetime.context_timestamp(
            self.with_context(tz=zone.zone), fields.Datetime.now()
        ).date()
        return [first + timedelta(days=n) for n in range(store.dms_drive_days or 1)]

    @api.model
    def _dms_web_slots(self, store, product_id, day):
        """:return: as ``dms_free_slots``, none for a day that is not open"""
        if day not in self._dms_web_days(store):
            return []
        return self.dms_free_slots(store.id, product_id, day, for_web=True)

    @api.model
    def _dms_book_web(self, store, product, day, start, person):
        """Book any free car of a model for somebody who came by the website.

        :param store: ``res.company``
        :param product: the model
        :param day: date on which the drive is, on the clock of the store
        :param str start: one of ``_dms_web_slots``, UTC
        :param dict person: name, phone, number and classes of the licence (may be
            empty), email, partner (of whoever is logged in, or empty)
        :return: the drive
        :raise UserError: says what to write or choose otherwise
        """
        here = self.with_company(store).with_context(allowed_company_ids=store.ids)
        slots = here._dms_web_slots(store, product.id, day)
        slot = next((one for one in slots if one["start"] == start), None)
        if not slot:
            raise UserError(self.env._("That time is taken. Choose another one."))
        person = here._dms_web_person(person)
        here._dms_web_check_count(store, person["phone"])
        partner = here._dms_web_partner(store, person)
        lead = here._dms_web_lead(store, product, partner, person)
        vals = here._prepare_web(store, partner, lead, person)
        drive = here._dms_web_take(slot, vals)
        here._dms_web_licence(store, partner, person)
        return drive

    @api.model
    def _prepare_web(self, store, partner, lead, person):
        return {
            "company_id": store.id,
            "kind": "test",
            "partner_id": partner.id,
            "driver_name": person["name"],
            "driver_phone": person["phone"],
            "user_id": lead.user_id.id,
            "lead_id": lead.id,
            "is_from_web": True,
        }

    @api.model
    def _dms_web_take(self, slot, vals):
        """Take the first free car; one that another customer just got is passed."""
        vals = vals | {"start": slot["start"], "stop": slot["stop"]}
        for car in slot["cars"]:
            try:
                with self.env.cr.savepoint():
                    return self.create(vals | {"vehicle_id": car})
            except (IntegrityError, ValidationError):
                continue
        raise UserError(self.env._("That time is taken. Choose another one."))

    @api.model
    def _dms_web_person(self, person):
        name = " ".join((person.get("name") or "").split())
        if not 1 < len(name) <= 64:
            raise UserError(self.env._("Please write your name."))
        phone = re.sub(r"[\s().·-]+", "", person.get("phone") or "")
        if not PHONE.match(phone):
            raise UserError(
                self.env._("Please check your phone number: we call you there.")
            )
        return person | {"name": name, "phone": phone}

    @api.model
    def _dms_web_check_count(self, store, phone):
        """One phone does not take all the cars."""
        coming = self.search_count(
            [
                ("company_id", "=", store.id),
                ("is_from_web", "=", True),
                ("driver_phone", "=", phone),
                ("state", "=", "booked"),
                ("start", ">", fields.Datetime.now()),
            ]
        )
        if coming >= MOST_OPEN:
            raise UserError(
                self.env._(
                    "With this phone number, drives are booked already. Cancel one of"
                    " them by its link first, or call the store."
                )
            )

    @api.model
    def _dms_web_partner(self, store, person):
        """:return: who is logged in, if he may be this store's customer, else a new
        person; a phone number alone proves nothing, so nobody is found by it"""
        partner = person.get("partner")
        if partner and partner.company_id in (store, store.browse()):
            return partner
        return self.env["res.partner"].create(
            {
                "name": person["name"],
                "phone": person["phone"],
                "email": person.get("email") or False,
                "company_id": store.id,
                "lang": self.env.lang,
            }
        )

    @api.model
    def _dms_web_lead(self, store, product, partner, person):
        return self.env["crm.lead"].create(
            {
                "name": self.env._("Test drive: %(model)s", model=product.display_name),
                "type": "opportunity",
                "company_id": store.id,
                "partner_id": partner.id,
                "contact_name": person["name"],
                "phone": person["phone"],
                "email_from": person.get("email") or False,
                "user_id": False,
                "medium_id": self.env.ref("utm.utm_medium_website").id,
            }
        )

    @api.model
    def _dms_web_licence(self, store, partner, person):
        """Keep what the customer wrote; the original is looked at in the store."""
        if not person.get("number") or not person.get("classes"):
            return
        licences = self.env["dms.drive.licence"]
        mine = [("partner_id", "=", partner.id), ("company_id", "=", store.id)]
        if not licences.search_count(mine, limit=1):
            licences.create(
                {
                    "partner_id": partner.id,
                    "company_id": store.id,
                    "number": person["number"],
                    "classes": person["classes"],
                    "valid_until": person.get("valid_until") or False,
                }
            )
