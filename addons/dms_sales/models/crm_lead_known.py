"""Who calls: one customer is one open lead in a store, found by the number."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..telephone import national


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead"]

    dms_known_at = fields.Char("Known at", compute="_compute_dms_known_at")

    @api.depends("phone_sanitized", "company_id")
    def _compute_dms_known_at(self):
        """For one lead at a time, in its form: which sister stores have the number."""
        for lead in self:
            stores = self._dms_sisters_that_know(lead.phone_sanitized, lead.company_id)
            lead.dms_known_at = ", ".join(stores)

    @api.model
    @api.readonly
    def dms_known(self, phone):
        """Say who has this number, while it is being typed.

        :return: dict ``phone`` (E.164, empty if it is none), ``lead``, ``customer``
            and ``stores``: the names of sister stores that know it, and nothing else of
            what they know
        """
        self.check_access("read")
        store = self.env.company
        number = self._dms_number(phone, store)
        lead = self._dms_open_lead(number, store)
        customer = self._dms_customer_of(number, store)
        return {
            "phone": number,
            "lead": lead._dms_card() if lead else None,
            "customer": {"id": customer.id, "name": customer.name}
            if customer
            else None,
            "stores": self._dms_sisters_that_know(number, store),
        }

    @api.model
    def _dms_number(self, phone, store):
        """:return: the number as E.164, "" if it is none"""
        country = store.sudo().country_id  # of a store it is no secret
        return (phone and self._phone_format(number=phone, country=country)) or ""

    @api.model
    def _dms_open_lead(self, number, store):
        """:return: the open lead of a number in a store, whoever has it, as sudo"""
        # a colleague's lead is found too, or the customer would have two
        leads = self.sudo()
        domain = [*self._dms_open_domain(number), ("company_id", "=", store.id)]
        return leads.search(domain, limit=1, order="id desc") if number else leads

    @api.model
    def _dms_open_domain(self, number):
        return [("phone_sanitized", "=", number), ("won_status", "=", "pending")]

    @api.model
    def _dms_customer_of(self, number, store):
        if not number:
            return self.env["res.partner"]
        # customers from before this addon carry their number as it was typed
        domain = [
            ("phone_sanitized", "in", [number, national(number)]),
            ("company_id", "in", [store.id, False]),
        ]
        return self.env["res.partner"].search(domain, limit=1)

    @api.model
    def _dms_sisters_that_know(self, number, store):
        sisters = store._dms_sister_stores() if number else store.browse()
        # of sister stores only their names leave this method
        leads = self.sudo()
        domain = [*self._dms_open_domain(number), ("company_id", "in", sisters.ids)]
        groups = leads._read_group(domain, ["company_id"]) if sisters else []
        return sorted(company.name for (company,) in groups)

    def _dms_card(self):
        """:return: what a colleague may know of an open lead of the store"""
        readable = self.with_env(self.env(su=False)).has_access("read")
        return {
            "id": self.id if readable else False,
            "name": self.contact_name or self.partner_id.name or self.name,
            "consultant": self.user_id.name or "",
            "models": self.dms_model_ids.mapped("display_name") if readable else [],
            "since": fields.Date.to_string(self.create_date),
        }

    # Taking in, by whatever channel

    @api.model
    def _dms_take(self, vals, note=None):
        """Put what came in on the open lead of the number, or on a new one.

        :param dict vals: of a lead, with ``company_id`` and ``dms_channel``
        :param note: text or Markup that is added to the lead's history
        :return: the lead as sudo, and whether it was there already
        """
        store = self.env["res.company"].browse(vals["company_id"])
        known = self._dms_open_lead(self._dms_number(vals.get("phone"), store), store)
        if known:
            known._dms_add(vals)
        # intake is for the store: by a program, or for a colleague
        lead = known or self.sudo().create(self._prepare_taken(vals))
        if note:
            lead.message_post(body=note, subtype_xmlid="mail.mt_note")
        if not (known or lead.user_id):
            lead._dms_assign_store()
            lead.filtered("company_id.dms_auto_assign")._dms_assign()
        return lead, bool(known)

    @api.model
    def _prepare_taken(self, vals):
        name = vals.get("contact_name") or vals.get("phone") or vals.get("email_from")
        defaults = {
            "name": name or self.env._("Lead"),
            "type": "opportunity",
            "user_id": False,
        }
        return defaults | vals

    def _dms_add(self, vals):
        """A customer came again: keep what is known, add what is new."""
        news = {
            name: value
            for name, value in vals.items()
            if name not in KEPT and (not self[name] or self._fields[name].type == M2M)
        }
        self.write(news)
        channels = dict(self._fields["dms_channel"]._description_selection(self.env))
        self.message_post(
            body=self.env._(
                "The customer came again: %(channel)s.",
                channel=channels[vals["dms_channel"]],
            ),
            subtype_xmlid="mail.mt_note",
        )

    def action_dms_merge(self):
        """Merge the open leads of this customer in this store, by Odoo's own wizard.

        :raise UserError: if there is only this one
        """
        self.ensure_one()
        domain = [
            *self._dms_open_domain(self.phone_sanitized),
            ("company_id", "=", self.company_id.id),
        ]
        same = self.search(domain) if self.phone_sanitized else self
        if len(same | self) < 2:
            raise UserError(self.env._("No other open lead here has this number."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm.action_merge_opportunities"
        )
        context = {"active_model": self._name, "active_ids": (same | self).ids}
        return action | {"context": context}


KEPT = ("company_id", "user_id", "dms_channel", "name", "type", "dms_received_at")
M2M = "many2many"
