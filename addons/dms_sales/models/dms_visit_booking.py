from datetime import timedelta

from pytz import UTC

from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("booked", "Booked"),
    ("came", "Came"),
    ("missed", "Did Not Come"),
    ("cancelled", "Cancelled"),
]
MOST_DAYS = 14
MOST_OPEN = 2


class DmsVisitBooking(models.Model):
    """A customer says on the website when he comes to the store.

    At the door he shows a code, or scans that of the store: the visit stands on the
    lead that his booking opened.
    """

    _name = "dms.visit.booking"
    _description = "Booked Visit"
    _inherit = ["dms.store.mixin", "portal.mixin", "mail.thread"]
    _order = "planned_at desc, id desc"
    _rec_name = "contact_name"

    lead_id = fields.Many2one(
        "crm.lead", required=True, index=True, check_company=True, ondelete="cascade"
    )
    contact_name = fields.Char("Customer", required=True)
    phone = fields.Char()
    user_id = fields.Many2one(related="lead_id.user_id", string="Sales Consultant")
    planned_at = fields.Datetime("Comes at", required=True, tracking=True)
    product_tmpl_id = fields.Many2one("product.template", "Interested in")
    visit_id = fields.Many2one("dms.showroom.visit", readonly=True, index=True)
    cancelled_at = fields.Datetime("Cancelled on", readonly=True)
    state = fields.Selection(
        STATES, "Status", compute="_compute_state", search="_search_state"
    )

    _store_day_idx = models.Index("(company_id, planned_at)")

    @api.depends("visit_id", "cancelled_at", "planned_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for one in self:
            if one.visit_id:
                one.state = "came"
            elif one.cancelled_at:
                one.state = "cancelled"
            else:
                late = one.planned_at and one.planned_at + timedelta(hours=12) < now
                one.state = "missed" if late else "booked"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        limit = fields.Datetime.now() - timedelta(hours=12)
        domain = fields.Domain
        open_ = domain("visit_id", "=", False) & domain("cancelled_at", "=", False)
        domains = {
            "came": domain("visit_id", "!=", False),
            "cancelled": domain("visit_id", "=", False)
            & domain("cancelled_at", "!=", False),
            "missed": open_ & domain("planned_at", "<", limit),
            "booked": open_ & domain("planned_at", ">=", limit),
        }
        return domain.OR(domains[name] for name in value if name in domains)

    def _compute_access_url(self):
        res = super()._compute_access_url()
        for one in self:
            one.access_url = f"/my/visits/{one.id}"
        return res

    # By the website

    @api.model
    def _dms_visit_slots(self, store):
        """:return: list of naive UTC times, the hours at which the showroom is open"""
        calendar = store._dms_opening_hours()
        now = fields.Datetime.now()
        first = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
        utc = self.with_context(tz="UTC")
        last = first + timedelta(days=MOST_DAYS)
        spans = calendar._work_intervals_batch(
            fields.Datetime.context_timestamp(utc, first),
            fields.Datetime.context_timestamp(utc, last),
        )[False]
        open_times = [
            (start.astimezone(UTC), stop.astimezone(UTC))
            for start, stop, _meta in spans
        ]
        return [
            time
            for time in (first + timedelta(hours=n) for n in range(MOST_DAYS * 24))
            if any(start <= UTC.localize(time) < stop for start, stop in open_times)
        ]

    @api.model
    def _dms_book_visit(self, store, planned_at, person, model=None):
        """Book a visit of somebody who came by the website.

        :param store: ``res.company``
        :param planned_at: naive UTC, one of ``_dms_visit_slots``
        :param dict person: name, phone, email, partner
        :param model: ``product.template`` that the customer looked at, or None
        :raise UserError: says what to write or choose otherwise
        """
        here = self.with_company(store).with_context(allowed_company_ids=store.ids)
        person = here.env["dms.drive"]._dms_web_person(person)
        if planned_at not in here._dms_visit_slots(store):
            raise UserError(self.env._("Choose a time when the store is open."))
        here._dms_check_visits(store, person["phone"])
        lead = here._dms_visit_lead(store, person, model)
        booking = here.create(
            {
                "company_id": store.id,
                "lead_id": lead.id,
                "contact_name": person["name"],
                "phone": person["phone"],
                "planned_at": planned_at,
                "product_tmpl_id": model.id if model else False,
            }
        )
        lead._dms_touch("visit_booked", booking)
        return booking

    @api.model
    def _dms_check_visits(self, store, phone):
        domain = [
            ("company_id", "=", store.id),
            ("phone", "=", phone),
            ("state", "in", ["booked"]),
        ]
        if self.search_count(domain) >= MOST_OPEN:
            raise UserError(
                self.env._(
                    "With this phone number, visits are booked already. Cancel one of"
                    " them by its link first, or call the store."
                )
            )

    @api.model
    def _dms_visit_lead(self, store, person, model):
        vals = {
            "company_id": store.id,
            "dms_channel": "web",
            "contact_name": person["name"],
            "phone": person["phone"],
            "email_from": person.get("email") or False,
        }
        if partner := person.get("partner"):
            vals["partner_id"] = partner.id
        if model:
            vals["dms_model_ids"] = [fields.Command.link(model.id)]
        lead, _known = self.env["crm.lead"]._dms_take(vals)
        return lead

    def _dms_cancel_visit(self):
        """Cancel by the customer's link."""
        self.ensure_one()
        if self.state != "booked":
            raise UserError(self.env._("This visit can no longer be cancelled."))
        self.cancelled_at = fields.Datetime.now()

    # At the door

    def action_dms_came(self):
        """Receive the customer: the visit stands on the lead of the booking."""
        for one in self:
            one._dms_claim()
            if one.state not in ("booked", "missed"):
                raise UserError(
                    self.env._(
                        "%(name)s is received already, or has cancelled.",
                        name=one.contact_name,
                    )
                )
            one.visit_id = self.env["dms.showroom.visit"]._dms_arrive(
                one.company_id, one.sudo().lead_id
            )
        return True


class DmsShowroomVisit(models.Model):
    _name = "dms.showroom.visit"
    _inherit = ["dms.showroom.visit"]

    @api.model
    def _dms_arrive(self, store, lead, is_again=True):
        """Note that a customer with a lead is here, and call the consultant.

        :param bool is_again: False for a lead that begins with this visit
        :return: the visit
        """
        # at the door nobody may look into leads; this one is the visitor's own
        visits = self.sudo().with_company(store)
        consultant = lead.user_id or visits._consultant(store, False)
        if consultant.share:  # nobody is on duty, and the visitor is nobody's
            consultant = store._dms_sales_manager()
        visit = visits.create(
            {
                "company_id": store.id,
                "user_id": consultant.id,
                "lead_id": lead.id,
                "is_again": is_again,
            }
        )
        if is_again:
            lead._dms_touch("walk_in", visit)
        if consultant:
            lead.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=consultant.id,
                summary=self.env._("The customer is at the door"),
            )
        return visit

    @api.model
    def _dms_check_in(self, store, phone, name):
        """Let a visitor check in at the door with his own phone.

        Whoever has an open lead is known by the number; a booked visit of the day is
        fulfilled. The visitor is told nothing of what the store knows.

        :return: the visit
        :raise UserError: if name or number are none
        """
        here = self.with_company(store).with_context(allowed_company_ids=store.ids)
        person = here.env["dms.drive"]._dms_web_person({"name": name, "phone": phone})
        leads = here.env["crm.lead"]
        number = leads._dms_number(person["phone"], store)
        lead = leads._dms_open_lead(number, store)
        is_again = bool(lead)
        if not lead:
            vals = {
                "company_id": store.id,
                "dms_channel": "walk_in",
                "contact_name": person["name"],
                "phone": person["phone"],
            }
            lead, _known = leads._dms_take(vals)
        visit = here._dms_arrive(store, lead, is_again)
        here._dms_fulfil_booking(store, lead, visit)
        return visit

    def _dms_fulfil_booking(self, store, lead, visit):
        now = fields.Datetime.now()
        bookings = self.env["dms.visit.booking"].search(
            [
                ("company_id", "=", store.id),
                ("lead_id", "=", lead.id),
                ("state", "in", ["booked"]),
                ("planned_at", "<=", now + timedelta(hours=12)),
            ],
            limit=1,
        )
        bookings.visit_id = visit
