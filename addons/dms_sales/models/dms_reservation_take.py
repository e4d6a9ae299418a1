"""From the web shop to a deal: one free car, held for whoever asked first."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

MOST_OPEN = 2  # reservations that one phone may hold at a time
CANDIDATES = 5


class DmsReservation(models.Model):
    _name = "dms.reservation"
    _inherit = ["dms.reservation"]

    @api.model
    def _dms_reserve(self, store, product, person):
        """Hold a free car of a model and open its deal.

        :param store: ``res.company`` that sells on the website
        :param product: the model with its colour
        :param dict person: name, phone, email, partner (of whoever is logged in)
        :return: the reservation
        :raise UserError: says what to write or choose otherwise
        """
        here = self.with_company(store).with_context(allowed_company_ids=store.ids)
        drives = here.env["dms.drive"]
        person = drives._dms_web_person(person)
        here._dms_check_count(store, person["phone"])
        car = here._dms_take_car(store, product)
        partner = drives._dms_web_partner(store, person)
        lead = here._dms_web_lead(store, product, partner, person)
        order = here._dms_open_deal(lead, partner, product, car)
        return here._dms_hold(store, order, car)

    @api.model
    def _dms_check_count(self, store, phone):
        """One phone does not hold all the cars."""
        held = self.search_count(
            [
                ("company_id", "=", store.id),
                ("state", "=", "held"),
                ("partner_id.phone", "=", phone),
            ]
        )
        if held >= MOST_OPEN:
            raise UserError(
                self.env._(
                    "With this phone number, cars are held already: pay or give up one"
                    " of them first."
                )
            )

    @api.model
    def _dms_take_car(self, store, product):
        """:return: the car that is claimed for this customer

        Whoever asks at the same moment waits, is retried and sees the hold.
        """
        self.env.flush_all()  # what is free is read from the database
        free = self.env["dms.web.car"].search(
            product._dms_shop_domain(store), limit=CANDIDATES
        )
        for car in self.env["dms.vehicle"].browse(free.ids):
            car._dms_claim()
            stale = self.search([("vehicle_id", "=", car.id), ("state", "=", "held")])
            if any(one._dms_money_is_coming() for one in stale):
                continue
            stale._dms_expire()
            stale.flush_recordset()  # the index lets one hold a car
            return car
        raise UserError(
            self.env._(
                "Somebody else has just reserved the last car of this kind here."
                " Choose another colour or another store."
            )
        )

    @api.model
    def _dms_web_lead(self, store, product, partner, person):
        """:return: the open lead of the phone number, else a new one"""
        named = product.with_context(display_default_code=False)
        lead, _known = self.env["crm.lead"]._dms_take(
            {
                "name": self.env._("Online: %(model)s", model=named.display_name),
                "company_id": store.id,
                "dms_channel": "web",
                "partner_id": partner.id,
                "contact_name": person["name"],
                "phone": person["phone"],
                "email_from": person.get("email") or False,
                "dms_model_ids": [Command.link(product.product_tmpl_id.id)],
                "dms_intent": "h",
            }
        )
        return lead

    @api.model
    def _dms_open_deal(self, lead, partner, product, car):
        """:return: the quotation with the car, at the price the shop showed"""
        vals = lead._prepare_deal() | {
            "partner_id": partner.id,
            "company_id": car.company_id.id,
        }
        deal = self.env["dms.deal"].create(vals)
        line = {"product_id": product.id, "dms_vehicle_id": car.id}
        order = self.env["sale.order"].create(
            deal._prepare_variant() | {"order_line": [Command.create(line)]}
        )
        order.action_quotation_sent()
        order.dms_is_chosen = True
        order._dms_ask_deposit()
        return order

    @api.model
    def _dms_hold(self, store, order, car):
        reservation = self.create(
            {
                "company_id": store.id,
                "order_id": order.id,
                "vehicle_id": car.id,
                "held_until": fields.Datetime.now() + store._dms_hold_time(),
            }
        )
        reservation.lead_id._dms_touch("reserved", reservation, reservation.name)
        reservation._dms_tell(
            self.env._("Reserved online: %(name)s.", name=reservation.name)
        )
        return reservation

    def _dms_tell(self, body):
        """Say on lead and deal what happened online."""
        for record in (self.lead_id, self.deal_id):
            record.message_post(body=body, subtype_xmlid="mail.mt_note")
