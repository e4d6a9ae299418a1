from odoo import api, fields, models
from odoo.exceptions import UserError

# step -> (its name, whether the customer did it online)
STEPS = {
    "viewed": ("Looked at a Car Online", True),
    "web_form": ("Wrote on the Website", True),
    "live_chat": ("Chatted", True),
    "wechat": ("Wrote by WeChat", True),
    "adf": ("Asked on a Lead Site", True),
    "oem": ("Came from the Manufacturer", True),
    "phone": ("Called", False),
    "referral": ("Was Recommended", False),
    "walk_in": ("Came to the Store", False),
    "visit_booked": ("Booked a Visit", True),
    "drive_web": ("Booked a Test Drive Online", True),
    "drive_store": ("Test Drive Booked", False),
    "driven": ("Has Driven", False),
    "reserved": ("Reserved a Car Online", True),
    "paid_online": ("Paid the Deposit Online", True),
    "not_paid": ("Did Not Pay in Time", True),
    "offer": ("Got an Offer", False),
    "chose": ("Chose an Offer by Phone", True),
    "ordered": ("Ordered", False),
}
# what the store or the time did
NOT_OF_THE_CUSTOMER = ("not_paid", "offer", "ordered")


class DmsLeadTouch(models.Model):
    """One step of a customer towards a car, online or in the store.

    Written where the step happens and never changed: the timeline of lead and deal
    shows these, the attribution counts them.
    """

    _name = "dms.lead.touch"
    _description = "Step of a Customer"
    _inherit = ["dms.store.mixin", "utm.mixin"]
    _order = "at desc, id desc"
    _rec_name = "step"

    lead_id = fields.Many2one("crm.lead", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="lead_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=False,
        default=None,
    )
    at = fields.Datetime("When", required=True, default=fields.Datetime.now)
    step = fields.Selection(
        [(code, name) for code, (name, _online) in STEPS.items()], required=True
    )
    is_online = fields.Boolean("Online")
    res_model = fields.Char("Document Model")
    res_id = fields.Many2oneReference("Document", model_field="res_model")
    text = fields.Char("Details")

    _lead_idx = models.Index("(lead_id, at, id)")
    _store_idx = models.Index("(company_id, at)")

    def write(self, vals):
        """A step that was made stays as it was; only its lead may be merged."""
        if not set(vals) <= {"lead_id"}:
            raise UserError(
                self.env._("Steps of customers are noted as they come: leave them.")
            )
        return super().write(vals)

    def _dms_facts(self):
        """:return: dict for the timeline: ``id``, ``at``, ``text``, ``details``,
        ``is_online``, ``res_model`` and ``res_id`` of the document, if any"""
        names = dict(self._fields["step"]._description_selection(self.env))
        return [
            {
                "id": touch.id,
                "at": fields.Datetime.to_string(touch.at),
                "step": touch.step,
                "text": names[touch.step],
                "details": touch.text or "",
                "is_online": touch.is_online,
                "res_model": touch.res_model or False,
                "res_id": touch.res_id or False,
            }
            for touch in self
        ]


class CrmLead(models.Model):
    """Online and in the store: all steps of a customer in one line."""

    _name = "crm.lead"
    _inherit = ["crm.lead"]

    dms_touch_ids = fields.One2many("dms.lead.touch", "lead_id", "Steps")
    dms_timeline = fields.Json("Timeline", compute="_compute_dms_timeline")

    @api.depends("dms_touch_ids")
    def _compute_dms_timeline(self):
        for lead in self:
            lead.dms_timeline = lead.dms_touch_ids.sorted(_in_time)._dms_facts()

    def _dms_touch(self, step, document=None, text="", at=None):
        """Note a step.

        :param str step: one of ``STEPS``
        :param document: the record that shows it, if there is one
        :param str text: what is to be said of it, without personal data
        :param at: naive UTC, now by default
        """
        # who makes a step need not be allowed to write in the history
        touches = self.env["dms.lead.touch"].sudo()
        vals = {
            "step": step,
            "is_online": STEPS[step][1],
            "at": at or fields.Datetime.now(),
            "text": text,
            "res_model": document._name if document else False,
            "res_id": document.id if document else False,
        }
        return touches.create([vals | {"lead_id": lead.id} for lead in self])

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        for lead in leads:
            lead._dms_touch(CHANNEL_STEPS[lead.dms_channel], at=lead.dms_received_at)
        return leads

    def _dms_add(self, vals):
        res = super()._dms_add(vals)
        self._dms_touch(CHANNEL_STEPS[vals["dms_channel"]])
        return res

    def _merge_dependences(self, opportunities):
        """Steps of the merged leads go on with the one that stays."""
        opportunities.sudo().dms_touch_ids.lead_id = self
        return super()._merge_dependences(opportunities)


CHANNEL_STEPS = {
    "viewed": ("Looked at a Car Online", True),
    "walk_in": "walk_in",
    "phone": "phone",
    "web": "web_form",
    "adf": "adf",
    "wechat": "wechat",
    "live_chat": "live_chat",
    "referral": "referral",
    "oem": "oem",
}


def _in_time(touch):
    return touch.at, touch.id


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    dms_timeline = fields.Json(related="lead_id.dms_timeline", string="Timeline")

    @api.model_create_multi
    def create(self, vals_list):
        deals = super().create(vals_list)
        for deal in deals.filtered("lead_id"):
            deal.lead_id._dms_touch("offer", deal, deal.name)
        return deals

    def _dms_customer_chooses(self, order_id, note, address):
        res = super()._dms_customer_chooses(order_id, note, address)
        self.lead_id._dms_touch("chose", self, self.order_id.name)
        return res


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order"]

    def action_confirm(self):
        res = super().action_confirm()
        for deal in self.dms_deal_id.filtered("lead_id"):
            deal.lead_id._dms_touch("ordered", deal, deal.order_id.name)
        return res


class DmsDrive(models.Model):
    _name = "dms.drive"
    _inherit = ["dms.drive"]

    @api.model_create_multi
    def create(self, vals_list):
        drives = super().create(vals_list)
        for drive in drives.filtered(lambda one: one.lead_id and one.kind == "test"):
            step = "drive_web" if drive.is_from_web else "drive_store"
            drive.lead_id._dms_touch(step, drive, drive.name)
        return drives

    def _dms_tell_lead(self):
        res = super()._dms_tell_lead()
        if self.kind == "test" and self.lead_id:
            self.lead_id._dms_touch("driven", self, self.name)
        return res
