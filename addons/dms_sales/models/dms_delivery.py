from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dms_base.models.conversation import conversation_fields

from .dms_delivery_words import STATES, role_group

PROVEN = {
    *("handed_at", "handed_by_id", "event_id", "deal_id", "state", "company_id"),
    *("partner_id", "user_id", "vehicle_id", "vin"),
}


class DmsDelivery(models.Model):
    """The way of a sold car to its customer: what there has to be, and the handover.

    What its checklist asks for is looked up in the documents whenever somebody looks.
    """

    _name = "dms.delivery"
    _description = "Delivery of a Car"
    _inherit = [
        "dms.store.mixin",
        "dms.blockers.mixin",
        "dms.photo.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "planned_at, id desc"
    _rec_names_search = ["deal_id.name", "vin", "partner_id.name"]

    deal_id = fields.Many2one(
        "dms.deal",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    # declared again, so that its table goes with this addon
    photo_ids = fields.Many2many("ir.attachment")
    company_id = fields.Many2one(
        related="deal_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    partner_id = fields.Many2one(related="deal_id.partner_id", store=True)
    user_id = fields.Many2one(related="deal_id.user_id", store=True, index=True)
    order_id = fields.Many2one(related="deal_id.order_id", string="Order")
    vehicle_id = fields.Many2one(
        related="deal_id.vehicle_id", store=True, index="btree_not_null"
    )
    vin = fields.Char(related="vehicle_id.vin", string="VIN", store=True, index=True)
    product_id = fields.Many2one(related="deal_id.product_id", string="Model")
    item_ids = fields.One2many("dms.delivery.item", "delivery_id", "Checklist")
    planned_at = fields.Datetime("Appointment", tracking=True, copy=False)
    event_id = fields.Many2one(
        "calendar.event", readonly=True, copy=False, ondelete="set null"
    )
    left_on = fields.Date(related="vehicle_id.delivered_date", string="Left Stock on")
    signature = fields.Binary("Signature of the Customer", copy=False)
    signed_name = fields.Char("Signed by", copy=False)
    handed_at = fields.Datetime("Handed Over on", readonly=True, copy=False)
    handed_by_id = fields.Many2one(
        "res.users", "Handed Over by", readonly=True, copy=False
    )
    odometer_km = fields.Integer("Odometer (km)", copy=False)
    state = fields.Selection(
        STATES,
        "Status",
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
    )

    _one_per_deal = models.UniqueIndex("(deal_id)", "This deal has a delivery already.")
    _state_idx = models.Index("(company_id, state, planned_at)")

    @api.depends("handed_at", "deal_id.state")
    def _compute_state(self):
        for delivery in self:
            if delivery.handed_at:
                delivery.state = "handed_over"
            else:
                is_gone = delivery.deal_id.state == "cancelled"
                delivery.state = "cancelled" if is_gone else "open"

    @api.model
    def _group_expand_state(self, states, domain):
        return [state for state, _label in STATES if state in states]

    @api.depends("deal_id.name", "vin")
    def _compute_display_name(self):
        for one in self:
            # technicians read deliveries and no deals
            parts = (one.deal_id.sudo().name, one.vin)
            one.display_name = " · ".join(part for part in parts if part)

    # The checklist

    @api.model_create_multi
    def create(self, vals_list):
        deliveries = super().create(vals_list)
        deliveries._fill_items()
        deliveries._dms_follow_appointment()
        return deliveries

    def _fill_items(self):
        steps = self.env["dms.delivery.step"].search(
            [("company_id", "in", [False, *self.company_id.ids])]
        )
        # items come from the steps alone
        items = self.env["dms.delivery.item"].sudo()
        items.create(
            [
                step._prepare_item(delivery)
                for delivery in self
                for step in steps
                if step.company_id in (delivery.company_id, step.company_id.browse())
            ]
        )._take_words()

    def _dms_open_items(self):
        """:return: pairs of an open item before the delivery and what it lacks"""
        for item in self.item_ids.filtered(lambda one: one.phase == "before"):
            text, record = item._dms_missing()
            if text:
                yield item, text, record

    def _dms_blockers(self):
        missing = super()._dms_blockers()
        if self.state != "open":
            return missing
        if not self.vehicle_id:
            who = role_group(self.env, "sales_manager")
            text = self.env._("The order names no car yet.")
            missing.append(self._dms_blocker("no_car", text, who, self.order_id))
            return missing
        for item, text, record in self._dms_open_items():
            place = record and record != self and record.with_env(self.env)
            missing.append(self._dms_blocker(item.kind, text, item._dms_who(), place))
        return missing

    def _dms_settle(self, phase):
        """Keep how each item of a phase stood when the car left."""
        items = self.item_ids.filtered(lambda one: one.phase == phase)
        for item in items.filtered(lambda one: not one.settled):
            text, _record = item._dms_missing()
            # the state of documents, written down by the system
            item.sudo().settled = item._dms_state(text)

    # Appointment

    def write(self, vals):
        self._check_may_write(vals)
        res = super().write(vals)
        if "planned_at" in vals:
            self._dms_follow_appointment()
        return res

    def _dms_follow_appointment(self):
        """Keep the event in the consultant's calendar where the appointment is."""
        for delivery in self:
            # the consultant's calendar, whoever makes the appointment
            event = delivery.event_id.sudo()
            if not delivery.planned_at:
                event.unlink()
            elif event:
                event.write(delivery._prepare_times())
            else:
                # the calendar of the consultant, whoever makes the appointment
                quiet = event.with_context(
                    no_mail_to_attendees=True, dont_notify=True, mail_create_nolog=True
                )
                event = quiet.create(delivery._prepare_event())
                delivery.sudo().event_id = event

    def _prepare_times(self):
        end = fields.Datetime.add(self.planned_at, hours=1)
        return {"start": self.planned_at, "stop": end}

    def _prepare_event(self):
        user = self.user_id or self.env.user
        return self._prepare_times() | {
            "name": self.env._(
                "Delivery: %(customer)s, %(car)s",
                customer=self.partner_id.name,
                car=self.vin or self.product_id.display_name,
            ),
            "user_id": user.id,
            "partner_ids": [(6, 0, user.partner_id.ids)],
        }

    # Rules

    def _check_may_write(self, vals):
        """What the handover proves is written by it, and stays."""
        changed = vals.keys() - conversation_fields(self.env)
        if self.env.su or not changed:
            return
        self.check_access("write")
        if PROVEN & changed:
            raise UserError(
                self.env._("A car is handed over by its button, nothing is typed.")
            )
        for delivery in self.filtered(lambda one: one.state == "handed_over"):
            raise UserError(
                self.env._(
                    "%(delivery)s was handed over: its record stays as it is.",
                    delivery=delivery.display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        if over := self.filtered(lambda one: one.state == "handed_over"):
            raise UserError(
                self.env._(
                    "%(deliveries)s: a car that was handed over keeps its record.",
                    deliveries=", ".join(over.mapped("display_name")),
                )
            )

    def _dms_photos_fixed(self):
        return self.filtered(lambda one: one.state == "handed_over")

    def action_dms_view_deal(self):
        self.ensure_one()
        return self.deal_id._get_records_action()


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    delivery_ids = fields.One2many("dms.delivery", "deal_id", "Deliveries")

    def _dms_delivery(self):
        """:return: the delivery of this deal, opened if there is none"""
        self.ensure_one()
        # whoever confirms an order, a customer too, opens its checklist
        known = self.env["dms.delivery"].sudo().search([("deal_id", "=", self.id)])
        if not known:
            known = known.create({"deal_id": self.id})
        return known.with_env(self.env)

    def action_dms_view_delivery(self):
        self.check_access("read")
        return self._dms_delivery()._get_records_action()

    def _dms_blockers(self):
        missing = super()._dms_blockers()
        if self.state == "ordered" and self.vehicle_id:
            # what is missing is told to all who read the deal
            for delivery in self.sudo().delivery_ids:
                missing += delivery.with_env(self.env)._dms_blockers()
        return missing
