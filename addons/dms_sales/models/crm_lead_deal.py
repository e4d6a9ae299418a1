"""From a lead to its deal, and back: what the deal proves decides over the lead."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

LOST = "dms_sales.lost_reason_deal_cancelled"


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead"]

    dms_deal_count = fields.Integer(
        "Number of Deals", compute="_compute_dms_deal_count"
    )

    @api.depends("dms_deal_ids")
    def _compute_dms_deal_count(self):
        domain = [("lead_id", "in", self.ids)]
        groups = self.env["dms.deal"]._read_group(domain, ["lead_id"], ["__count"])
        counts = dict(groups)
        for lead in self:
            lead.dms_deal_count = counts.get(lead._origin, 0)

    def action_dms_make_offer(self):
        """Open the deal of the lead; the first time, make it from what is known.

        :raise UserError: if the lead is won or lost
        """
        self.ensure_one()
        going = self.dms_deal_ids.filtered(lambda d: d.state in ("draft", "offered"))
        if not going and not self._dms_is_open():
            raise UserError(
                self.env._("%(lead)s is closed: restore it first.", lead=self.name)
            )
        deal = going[:1] or self._dms_begin_deal()
        return self.env["dms.vehicle"]._open("dms.deal", deal)

    def _dms_begin_deal(self):
        self._dms_take_over()
        if not self.partner_id:
            self.partner_id = self._dms_customer()
        deal = self.env["dms.deal"].create(self._prepare_deal())
        if product := self._dms_first_wish():
            variant = deal._prepare_variant()
            line = Command.create({"product_id": product.id})
            self.env["sale.order"].create(variant | {"order_line": [line]})
        self._dms_answered()
        return deal

    def _dms_take_over(self):
        """Who makes the offer looks after the lead that nobody had."""
        if not self.user_id:
            self.user_id = self.env.user
        if self.type == "lead":
            self.convert_opportunity(self.partner_id)

    def _prepare_deal(self):
        """:return: values of the deal that begins with this lead"""
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "lead_id": self.id,
        }

    def _dms_customer(self):
        """:return: the customer who has the number in this store, else a new one"""
        number = self.phone_sanitized
        return self._dms_customer_of(number, self.company_id) or self._create_customer()

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        """A customer is one of the store that won the lead."""
        values = super()._prepare_customer_values(partner_name, is_company, parent_id)
        return values | {"company_id": self.company_id.id}

    def _dms_first_wish(self):
        """:return: of the first wanted model what stands in the store, else any"""
        variants = self.dms_model_ids[:1].product_variant_ids
        cars = self.env["dms.vehicle"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "in_stock"),
                ("product_id", "in", variants.ids),
            ],
            order="received_date, id",
            limit=1,
        )
        return cars.product_id or variants[:1]

    def _dms_win(self):
        """The customer has ordered."""
        for lead in self.filtered(lambda lead: lead.won_status != "won"):
            lead.type = "opportunity"
            lead.action_set_won()
            lead._dms_answered()

    def _dms_lose(self):
        """The last deal of the lead is cancelled; a better reason may be chosen."""
        for lead in self:
            if {"draft", "offered", "ordered", "delivered"} & set(
                lead.dms_deal_ids.mapped("state")
            ):
                continue
            if lead.stage_id.is_won:
                lead.stage_id = lead._stage_find(domain=[("is_won", "=", False)])
            reason = lead.lost_reason_id or self.env.ref(LOST)
            lead.action_set_lost(lost_reason_id=reason.id)

    def action_dms_view_deals(self):
        self.ensure_one()
        return self.env["dms.vehicle"]._open("dms.deal", self.dms_deal_ids)
