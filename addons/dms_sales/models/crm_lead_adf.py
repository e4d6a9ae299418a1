"""People who want a car, from other sites and to them, as ADF 1.0."""

from html import unescape

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import (
    email_normalize,
    html2plaintext,
    is_html_empty,
    plaintext2html,
)

from .. import adf
from .adf_mail import xml_of_mail
from .adf_words import PAYMENT_OF, budget, car_words, note, prospect_key

CONNECTOR = "adf"


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead"]

    dms_adf_key = fields.Char("Number at the Lead Site", readonly=True, copy=False)

    _dms_adf_once = models.UniqueIndex(
        "(company_id, dms_adf_key) WHERE dms_adf_key IS NOT NULL",
        "This lead of the site was taken in already.",
    )

    # In

    @api.model
    def _dms_take_adf(self, data, store):
        """Take in every prospect of a file; those that are known stay as they are.

        :param data: bytes or text of the XML
        :param store: that the file was sent to; a prospect may name a sister store
        :return: list of dicts ``{"id", "lead", "duplicate"}`` in the file's order
        :raise AdfError: if it is no ADF
        """
        prospects = adf.parse(data).prospects
        return [self._dms_take_prospect(prospect, store) for prospect in prospects]

    def _dms_take_prospect(self, prospect, store):
        store = self._dms_vendor_store(prospect.vendor, store)
        key = prospect_key(prospect)
        # a lead site's program takes in for the store, it reads nothing
        leads = self.sudo()
        known = key and leads.search(
            [("dms_adf_key", "=", key), ("company_id", "=", store.id)], limit=1
        )
        if known:
            return {"id": key, "lead": known.id, "duplicate": True}
        vals = self._prepare_prospect(prospect, store)
        lead, came_again = leads._dms_take(vals, note(prospect))
        if key and not lead.dms_adf_key:
            lead.dms_adf_key = key
        return {"id": key, "lead": lead.id, "duplicate": came_again}

    def _dms_vendor_store(self, vendor, store):
        """:return: the store whose code the sender names, else the one he wrote to"""
        names = {vendor.vendorname, *(each.value for each in vendor.ids)}
        stores = store | store._dms_sister_stores()
        named = stores.filtered(lambda one: one.sudo().dms_store_code in names)
        return named[:1] or store

    def _prepare_prospect(self, prospect, store):
        contact, comments = prospect.customer.contact, prospect.customer.comments
        wanted = [car for car in prospect.vehicles if not car.is_trade_in]
        given = [car for car in prospect.vehicles if car.is_trade_in]
        vals = {
            "company_id": store.id,
            "dms_channel": "adf",
            "contact_name": contact.full_name,
            "phone": next((each.value for each in contact.phones), ""),
            "email_from": next((each.value for each in contact.emails), ""),
            "description": comments and plaintext2html(comments),
            "dms_model_ids": [(4, m.id) for m in self._dms_models_named(wanted)],
            "dms_has_trade_in": bool(given),
            "dms_trade_in": "; ".join(map(car_words, given)),
            "source_id": self._dms_source(prospect.provider).id,
        }
        if wanted:
            method = wanted[0].finance.method.lower()
            vals["dms_payment"] = PAYMENT_OF.get(method, False)
            vals["dms_budget_to"] = budget(wanted[0])
        return vals

    def _dms_models_named(self, cars):
        """:return: models by the names that senders use: our code, or the model's"""
        catalogue = self.env["product.template"].sudo()  # common to all stores
        found = catalogue.browse()
        for car in cars:
            names = [name for name in _names(car) if name.strip()]
            for field in ("default_code", "name"):
                domain = [("dms_is_vehicle", "=", True), (field, "in", names)]
                if model := catalogue.search(domain, limit=1):
                    found |= model
                    break
        return found

    def _dms_source(self, provider):
        """:return: the UTM source of a site, made the first time it sends"""
        name = provider.name.value or provider.service
        sources = self.env["utm.source"].sudo()  # leads come by a program
        if not name:
            return sources
        found = sources.search([("name", "=", name)], limit=1)
        return found or sources.create({"name": name})

    # By mail

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A mail that carries ADF becomes the leads it names."""
        if xml := xml_of_mail(msg_dict):
            try:
                return self._dms_new_by_mail(xml, custom_values or {})
            except adf.AdfError as error:
                self._dms_send_back(msg_dict, error)
        return super().message_new(msg_dict, custom_values)

    def _dms_new_by_mail(self, xml, values):
        """:return: the first lead; the message is kept on it"""
        team = self.env["crm.team"].browse(values.get("team_id"))
        store_id = values.get("company_id") or team.company_id.id
        store = self.env["res.company"].browse(store_id) or self.env.company
        taken = self._dms_take_adf(xml, store)
        return self.browse(taken[0]["lead"])

    def _dms_send_back(self, msg_dict, error):
        """Tell the sender what is wrong; a broken lead is kept as a plain mail."""
        sender = email_normalize(msg_dict.get("email_from") or msg_dict.get("from"))
        if sender:
            # whoever runs the mailbox may not write mails
            self.env["mail.mail"].sudo().create(
                {
                    "email_to": sender,
                    "subject": f"Re: {msg_dict.get('subject') or 'ADF'}",
                    "body_html": self._dms_adf_words(error),
                    "auto_delete": True,
                }
            )

    @api.model
    def _dms_adf_words(self, error):
        """:return: why a file is no ADF, and what to do"""
        facts = {"line": "?", "found": "?", "size": 0, "largest": 0} | dict(error.facts)
        words = {
            "not_xml": self.env._(
                "The XML breaks off at line %(line)s. Send it again, whole.",
                line=facts["line"],
            ),
            "no_prospect": self.env._("The file names no prospect."),
            "too_large": self.env._(
                "The file has %(size)s bytes; %(largest)s are allowed.",
                size=facts["size"],
                largest=facts["largest"],
            ),
            "doctype": self.env._("Send the XML without a DOCTYPE."),
        }
        other = self.env._("This is no ADF 1.0: the outermost element must be adf.")
        return words.get(error.code) or other

    # Out

    def _dms_adf(self):
        """:return: ``adf.Adf`` of one lead, which another dealer or an OEM can read"""
        self.ensure_one()
        prospect = adf.Prospect(
            status="new",
            ids=(adf.Id(value=str(self.id), source=self.company_id.name or ""),),
            requestdate=f"{self.dms_received_at.isoformat()}+00:00",
            vehicles=(*self._dms_adf_wanted(), *self._dms_adf_given()),
            customer=self._dms_adf_customer(),
            vendor=adf.Vendor(vendorname=self.company_id.dms_store_code or ""),
            provider=adf.Provider(name=adf.Name(value=self.company_id.name)),
        )
        return adf.Adf(prospects=(prospect,))

    def _dms_adf_wanted(self):
        method = {mine: theirs for theirs, mine in PAYMENT_OF.items()}
        finance = adf.Finance(method=method.get(self.dms_payment, ""))
        if self.dms_budget_to:
            total = adf.Amount(
                value=f"{self.dms_budget_to:.2f}", type="total", limit="maximum"
            )
            finance = adf.Finance(method=finance.method, amounts=(total,))
        for model in self.dms_model_ids:
            yield adf.Vehicle(
                interest="buy",
                status="new",
                year=str(model.dms_model_year or ""),
                make=model.dms_brand_id.name or "",
                model=model.name,
                trim=model.default_code or "",
                finance=finance,
            )

    def _dms_adf_given(self):
        if self.dms_has_trade_in:
            words = self.dms_trade_in or ""
            yield adf.Vehicle(interest="trade-in", status="used", model=words)

    def _dms_adf_customer(self):
        name = self.contact_name or self.partner_id.name or self.name
        contact = adf.Contact(
            names=(adf.Name(value=name, part="full"),),
            emails=tuple(adf.Email(value=e) for e in [self.email_from] if e),
            phones=tuple(adf.Phone(value=p) for p in [self.phone] if p),
        )
        notes = self.description
        words = "" if is_html_empty(notes) else unescape(html2plaintext(notes))
        return adf.Customer(contact=contact, comments=words)

    def action_dms_send_adf(self):
        """Pass the lead on to the site of the store's connector ``adf``.

        :raise UserError: if the store has no such connector
        """
        for lead in self:
            lead.check_access("write")
            connector = self.env["dms.connector"]._dms_find(CONNECTOR, lead.company_id)
            if not connector:
                raise UserError(
                    self.env._(
                        "%(store)s has no connector with the code adf: a group admin"
                        " sets it up.",
                        store=lead.company_id.name,
                    )
                )
            xml = adf.write(lead._dms_adf()).decode()
            connector._dms_send("lead", {"xml": xml}, record=lead)


def _names(car):
    return (car.stock, car.trim, car.model, f"{car.make} {car.model}")
