from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class DmsShowroomVisit(models.Model):
    """Customers who came in by the door, known by their number or not.

    How many of them leave it is the capture rate (留档率).
    """

    _name = "dms.showroom.visit"
    _description = "Showroom Visit"
    _inherit = ["dms.store.mixin"]
    _order = "visited_at desc, id desc"
    _rec_name = "visited_at"

    visited_at = fields.Datetime(
        "Came at", required=True, default=fields.Datetime.now, index=True
    )
    user_id = fields.Many2one(
        "res.users", "Received by", index=True, check_company=True
    )
    lead_id = fields.Many2one(
        "crm.lead", index="btree_not_null", check_company=True, ondelete="set null"
    )
    people = fields.Integer(default=1, help="How many came together.")
    is_again = fields.Boolean("Came Again")
    captured = fields.Float(
        "Capture Rate (%)",
        compute="_compute_captured",
        store=True,
        aggregator="avg",
        help="Share of the visits after which the store has a number to call.",
    )

    _people_positive = models.Constraint(
        "CHECK (people > 0)", "At least one person came."
    )
    _store_day_idx = models.Index("(company_id, visited_at, user_id)")

    @api.depends("lead_id")
    def _compute_captured(self):
        for visit in self:
            visit.captured = 100.0 if visit.lead_id else 0.0

    # The register at the door

    @api.model
    @api.readonly
    def open_register(self):
        """:return: dict of what the register offers: ``consultants`` with the number of
        customers of today, the next one first; ``models`` most in stock; ``today``
        """
        self.check_access("create")
        store = self.env.company
        return {
            "store": store.name,
            "consultants": self._consultants_in_turn(store),
            "models": self._models_to_choose(store),
            "today": self._figures_of_today(store),
        }

    @api.model
    def register(self, phone="", name="", model_ids=(), user_id=False, people=1):
        """Note a visit and, with a number, put it on the customer's lead.

        :param phone: as typed; without one only the visit is counted
        :return: dict ``lead_id`` (False if the user may not open it), ``message`` and
            ``today``
        :raise UserError: if the number is none
        """
        self.check_access("create")
        store = self.env.company
        consultant = self._consultant(store, user_id)
        lead, known = self._lead_of_visit(store, phone, name, model_ids, consultant)
        visit = self.create(
            {
                "company_id": store.id,
                "user_id": (lead.user_id or consultant).id,
                "lead_id": lead.id,
                "people": people,
                "is_again": known,
            }
        )
        return {
            "lead_id": lead.id if lead.sudo(False).has_access("read") else False,
            "message": visit._message(known),
            "today": self._figures_of_today(store),
        }

    def _lead_of_visit(self, store, phone, name, model_ids, consultant):
        leads = self.env["crm.lead"]
        if not phone:
            return leads, False
        number = leads._dms_number(phone, store)
        if not number:
            raise UserError(
                self.env._(
                    "%(phone)s is no telephone number: write all its digits, or leave"
                    " it empty to count the visit only.",
                    phone=phone,
                )
            )
        customer = leads._dms_customer_of(number, store)
        wanted = self._models_wanted(model_ids)
        vals = {
            "company_id": store.id,
            "dms_channel": "walk_in",
            "phone": number,
            "contact_name": name or customer.name,
            "partner_id": customer.id,
            "dms_model_ids": [(4, model.id) for model in wanted],
            "user_id": consultant.id,
        }
        lead, known = leads._dms_take(vals)
        lead._dms_answered()  # the consultant stands beside the customer
        return lead, known

    def _models_wanted(self, model_ids):
        """:return: those of the ids that are models the user may see"""
        domain = [("id", "in", list(model_ids)), ("dms_is_vehicle", "=", True)]
        return self.env["product.template"].search(domain)

    def _message(self, known):
        # the colleague whose lead it is is called by name
        lead = self.sudo().lead_id
        if not lead:
            return self.env._("Counted, without a number.")
        names = {"name": lead.display_name, "consultant": lead.user_id.name or ""}
        if known:
            return self.env._(
                "%(name)s came again; %(consultant)s looks after.", **names
            )
        return self.env._("%(name)s is with %(consultant)s.", **names)

    # Whose turn it is

    @api.model
    def _consultant(self, store, user_id):
        users = self.env["dms.showroom.duty"]._dms_on_duty(store, self._today())
        chosen = store._dms_consultants().filtered(lambda user: user.id == user_id)
        return chosen or self._in_turn(store, users)[:1] or self.env.user

    @api.model
    def _consultants_in_turn(self, store):
        users = self.env["dms.showroom.duty"]._dms_on_duty(store, self._today())
        counts = self._received_today(store)
        return [
            {"id": user.id, "name": user.name, "count": counts.get(user.id, (0, ""))[0]}
            for user in self._in_turn(store, users)
        ]

    def _in_turn(self, store, users):
        """Who has received fewest today comes first, then who did so longest ago."""
        counts = self._received_today(store)
        return users.sorted(lambda user: (*counts.get(user.id, (0, "")), user.id))

    def _received_today(self, store):
        """:return: dict of user id to how many he received and when the last came"""
        # whose turn it is depends on what colleagues did, which is not shown itself
        groups = self.sudo()._read_group(
            self._today_domain(store), ["user_id"], ["__count", "visited_at:max"]
        )
        return {user.id: (count, str(last)) for user, count, last in groups}

    @api.model
    def _today(self):
        return fields.Date.context_today(self)

    def _today_domain(self, store):
        now = fields.Datetime.now()
        local = fields.Datetime.context_timestamp(self, now)
        midnight = now - timedelta(
            hours=local.hour, minutes=local.minute, seconds=local.second
        )
        return [("company_id", "=", store.id), ("visited_at", ">=", midnight)]

    def _figures_of_today(self, store):
        """:return: dict ``visits`` and ``captured``, numbers of today in the store"""
        # numbers only, of all colleagues
        [(visits, rate)] = self.sudo()._read_group(
            self._today_domain(store), [], ["__count", "captured:avg"]
        )
        return {"visits": visits, "captured": round(visits * (rate or 0) / 100)}

    @api.model
    def _models_to_choose(self, store, limit=8):
        """:return: list of dicts, the models most in stock first, then the others"""
        cars = self.env["dms.vehicle"]
        domain = [("company_id", "=", store.id), ("state", "=", "in_stock")]
        groups = cars._read_group(domain, ["product_id"], ["__count"])
        counts = {}
        for product, count in groups:
            model = product.product_tmpl_id
            counts[model] = counts.get(model, 0) + count
        models_ = sorted(counts, key=lambda model: (-counts[model], model.id))
        return [
            {"id": model.id, "name": model.name, "count": counts[model]}
            for model in models_[:limit]
        ]
