"""Which store and which consultant a lead goes to, in words that people can check."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.dms_vehicle.routing import Position, great_circle_km

from .. import assignment

HISTORY = "today -180d"


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead"]

    dms_assigned_why = fields.Char("Assigned Because", readonly=True, copy=False)
    dms_latitude = fields.Float(
        "Customer's Latitude", digits=(10, 7), help="WGS-84, where a channel tells it."
    )
    dms_longitude = fields.Float("Customer's Longitude", digits=(10, 7))
    dms_recycled_count = fields.Integer("Recycled", readonly=True, copy=False)
    dms_recycled_at = fields.Datetime(
        "Recycled on",
        readonly=True,
        copy=False,
        help="From then on the clock runs anew.",
    )

    _dms_load_idx = models.Index("(company_id, user_id, won_status)")

    # The store

    def _dms_assign_store(self):
        """Move a new lead to the store that sells what is wanted, as near as can be."""
        self.ensure_one()
        current = self.company_id
        stores = (current | current._dms_sister_stores()).filtered("dms_is_store")
        candidates = [self._dms_candidate(store) for store in stores.sorted("id")]
        choice = assignment.choose_store(candidates, current.id)
        if choice.key == current.id:
            return
        self.write({"company_id": choice.key, "user_id": False, "team_id": False})
        self.message_post(
            body=self._dms_store_words(choice, current),
            subtype_xmlid="mail.mt_note",
        )

    def _dms_candidate(self, store):
        brands = self.dms_model_ids.dms_brand_id
        sells = not brands or bool(brands & store.sudo().dms_brand_ids)
        return assignment.Store(store.id, sells, self._dms_km_to(store))

    def _dms_km_to(self, store):
        """:return: from the customer, or where his place is not known, the store"""
        here = Position(self.dms_latitude, self.dms_longitude)
        there = store.sudo()._dms_position()
        origin = here if here.is_set else self.company_id.sudo()._dms_position()
        if not (origin.is_set and there.is_set):
            return None
        return round(great_circle_km(origin, there), 1)

    def _dms_store_words(self, choice, before):
        store = self.env["res.company"].browse(choice.key).sudo()
        words = {
            "nearest": self.env._(
                "From %(before)s to %(store)s: of the stores that sell it the nearest,"
                " %(km)s km away.",
                before=before.name,
                store=store.name,
                km=choice.km,
            ),
        }
        return words.get(choice.code) or self.env._(
            "From %(before)s to %(store)s, which sells what is wanted.",
            before=before.name,
            store=store.name,
        )

    # The consultant

    def _dms_assign(self, avoid=()):
        """Give each lead to the consultant of its store who fits best.

        :param avoid: ids of users who shall get it only if nobody else is there
        """
        for store, leads in self.grouped("company_id").items():
            consultants = store._dms_candidates()
            for lead in leads:
                ranking = assignment.rank(list(consultants.values()), avoid)
                if not ranking:
                    break
                place = ranking[0]
                lead._dms_give(
                    self.env["res.users"].browse(place.key),
                    lead._dms_rank_words(place, len(ranking)),
                )
                one = consultants[place.key]
                consultants[place.key] = assignment.Consultant(
                    one.key, one.open + 1, one.won, one.closed
                )

    def _dms_rank_words(self, place, count):
        return self.env._(
            "Of %(count)s consultants the best for one more: %(open)s open leads,"
            " %(rate)s %% of leads ordered.",
            count=count,
            open=place.open,
            rate=round(place.rate * 100),
        )

    def _dms_give(self, user, why):
        """Make a consultant responsible and say why, on the lead."""
        self.write({"user_id": user.id, "dms_assigned_why": why})
        for lead in self:
            lead.message_post(
                body=self.env._(
                    "Given to %(name)s. %(why)s", name=user.sudo().name, why=why
                ),
                subtype_xmlid="mail.mt_note",
            )

    def dms_reassign(self, user_id, reason):
        """A manager gives leads to somebody else.

        :raise AccessError: if the user is no manager
        :raise UserError: if the other one does not sell in the store of a lead
        """
        if not self.env.user.has_group("dms_base.group_dms_sales_manager"):
            raise AccessError(self.env._("A sales manager gives leads to others."))
        user = self.env["res.users"].browse(user_id)
        for store in self.company_id:
            if user not in store._dms_consultants() | store._dms_sales_manager():
                raise UserError(
                    self.env._(
                        "%(name)s does not sell cars in %(store)s.",
                        name=user.sudo().name,
                        store=store.name,
                    )
                )
        self._dms_give(user, reason)

    # Nobody answered

    def _dms_recycle(self):
        """Take a lead from who let it lie and give it to somebody else."""
        self.ensure_one()
        before = self.user_id
        self.write(
            {
                "user_id": False,
                "dms_escalated_at": False,
                "dms_recycled_at": fields.Datetime.now(),
                "dms_recycled_count": self.dms_recycled_count + 1,
            }
        )
        self._dms_close_escalation()
        self._dms_assign(avoid=before.ids)

    def _dms_idle_domain(self):
        """Told to the manager and still unanswered when the store's time is up."""
        now = fields.Datetime.now()
        late = Domain(self._dms_late_domain()[:3]) & Domain(
            "dms_escalated_at", "!=", False
        )
        stores = self.env["res.company"].search([("dms_is_store", "=", True)])
        return late & Domain.OR(
            Domain("company_id", "=", store.id)
            & Domain(
                "dms_due_at",
                "<",
                store._dms_open_minutes_ago(now, 60 * store.dms_recycle_hours),
            )
            for store in stores
            if store.dms_recycle_hours
        )

    @api.model
    def _dms_pool_domain(self):
        return [
            ("won_status", "=", "pending"),
            ("company_id.dms_auto_assign", "=", True),
            ("user_id", "=", False),
            ("dms_answered_at", "=", False),
        ]

    @api.model
    def _cron_dms_assign(self, limit=200):
        """Give what waits in the pools of stores to their consultants."""
        pool = self.search(
            self._dms_pool_domain(), limit=limit, order="dms_received_at"
        )
        return self._dms_in_turn(pool, lambda lead: lead._dms_assign())


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    def _dms_candidates(self):
        """:return: dict of user id to ``assignment.Consultant``, of one store"""
        self.ensure_one()
        users = self._dms_consultants()
        # how busy and how good colleagues are decides; nobody reads it here
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        mine = Domain("company_id", "=", self.id) & Domain("user_id", "in", users.ids)
        lately = mine & Domain("dms_received_at", ">=", HISTORY)
        going = Domain("won_status", "=", "pending") & Domain("active", "=", True)
        counts = [
            dict(leads._read_group(domain, ["user_id"], ["__count"]))
            for domain in (
                mine & going,
                lately & Domain("won_status", "=", "won"),
                lately & Domain("won_status", "in", ("won", "lost")),
            )
        ]
        return {
            user.id: assignment.Consultant(user.id, *(c.get(user, 0) for c in counts))
            for user in users
        }
