from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.dms_base.learners import Table
from odoo.addons.dms_base.models.role_holder import role_holder
from odoo.addons.dms_base.money import exact as typed

from ..appraisal import read_title
from ..trade_in import Costs, buying_price
from .money import exact
from .used_car_vat import used_vat_percent

SEES = "dms_sales.group_valuer,dms_sales.group_cost"
VALUER = "dms_sales.group_valuer"
MANAGER = "dms_base.group_dms_sales_manager"
TODO = "mail.mail_activity_data_todo"
UNIT = 10_000  # prices and kilometres of the examples are in ten thousands (万)
MANUAL, AUTOMATIC = "手动", "自动"
COMPARED = 8


class DmsAppraisal(models.Model):
    """What the car is worth: said by a second user, helped by what was learnt."""

    _name = "dms.appraisal"
    _inherit = ["dms.appraisal"]

    suggested_price = fields.Monetary(
        "Price by the Model", readonly=True, copy=False, groups=SEES
    )
    suggested_low = fields.Monetary("From", readonly=True, copy=False, groups=SEES)
    suggested_high = fields.Monetary("To", readonly=True, copy=False, groups=SEES)
    suggested_by_id = fields.Many2one(
        "dms.learner.version", "Said by", readonly=True, copy=False, groups=SEES
    )
    comparables = fields.Html(
        "Sold by the Group",
        compute="_compute_comparables",
        groups=SEES,
        help="Used cars of the same model, or series, that the group has sold.",
    )
    market_value = fields.Monetary(
        "Selling Price Expected",
        tracking=True,
        copy=False,
        groups=SEES,
        help="With VAT.",
    )
    proposed_value = fields.Monetary(
        "Value by the Calculation",
        compute="_compute_proposed_value",
        groups=SEES,
        help="The selling price less VAT, margin, repairs and fees.",
    )
    value = fields.Monetary(
        "Value to the Store",
        compute="_compute_value",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        groups=SEES,
        help="For so much it stands in stock when it is taken in trade.",
    )
    price = fields.Monetary(
        "Price Offered",
        compute="_compute_price",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
    )
    valuation_note = fields.Text("Reasons of the Valuer", copy=False, groups=SEES)
    valuer_id = fields.Many2one(
        "res.users",
        "Valued by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
    )
    valued_at = fields.Datetime("Valued on", readonly=True, copy=False)
    approver_id = fields.Many2one(
        "res.users",
        "Approved by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
    )
    may_value = fields.Boolean(compute="_compute_may_value")
    may_approve = fields.Boolean(compute="_compute_may_value")

    _prices_positive = models.Constraint(
        "CHECK (COALESCE(market_value, 0) >= 0 AND COALESCE(value, 0) >= 0"
        " AND COALESCE(price, 0) >= 0)",
        "Values and prices are not negative.",
    )

    # What was learnt

    def _dms_keep_suggestion(self):
        """Ask the model of this store for a price, and remember what it said."""
        for one in self:
            version, found = one._dms_suggestion()
            one.write(
                {
                    "suggested_by_id": version.id,
                    "suggested_price": found and one._dms_yuan(found.price),
                    "suggested_low": found and one._dms_yuan(found.low),
                    "suggested_high": found and one._dms_yuan(found.high),
                    "market_value": found and round(found.price * UNIT, -2),
                }
            )

    def _dms_yuan(self, price):
        return self.currency_id.round(price * UNIT)

    def _dms_suggestion(self):
        """:return: the version that judged, and its ``Valuation``; None without one"""
        version = self.env["dms.learner"]._dms_champion("appraisal", self.company_id)
        if not version:
            return version, None
        table = Table.from_rows([self._dms_example()])
        return version, version._dms_trained().value(table)[0]

    def _dms_example(self):
        """:return: the car as a row of the core ``appraisal``; see its ``COLUMNS``"""
        first = self.first_registration
        return {
            "title": self.title,
            "new_price": self.new_price / UNIT if self.new_price else None,
            "year": first and first.year + (first.month - 1) / 12,
            "mileage": self.odometer_km / UNIT,
            "displacement": self.displacement or None,
            "gearbox": MANUAL if self.gearbox == "manual" else AUTOMATIC,
            "defects": " ".join("1" for _line in self.damage_ids) or None,
            "city": self.company_id.city or None,
        }

    # Comparable cars

    @api.depends("product_id", "title", "company_id")
    def _compute_comparables(self):
        for one in self:
            one.comparables = self.env["ir.qweb"]._render(
                "dms_sales.appraisal_comparables", {"rows": one._dms_comparables()}
            )

    def _dms_comparables(self):
        """:return: list of dicts on used cars the group has sold: ``model``, ``store``,
        ``year``, ``km``, ``days`` in stock, ``sold_on`` and ``price`` with VAT

        Nothing in it says who bought a car, or what it cost.
        """
        stores = self.company_id | self.company_id._dms_sister_stores()
        domain = Domain("company_id", "in", stores.ids) & Domain("is_used", "=", True)
        domain &= Domain("state", "=", "delivered") & self._dms_alike()
        # prices of sister stores are told to who values, and nothing else of them
        cars = self.env["dms.vehicle"].sudo()
        found = cars.search(
            domain, limit=COMPARED, order="delivered_date DESC, id DESC"
        )
        return [car._dms_comparable() for car in found]

    def _dms_alike(self):
        if product := self.product_id:
            return Domain("product_id.product_tmpl_id", "=", product.product_tmpl_id.id)
        series = read_title(self.title or "").series
        if not series:
            return Domain.FALSE
        return Domain("product_id.product_tmpl_id.name", "ilike", series)

    # What to pay

    def _dms_vat_percent(self):
        """:return: VAT in percent on used cars sold today
        :raise UserError: if no rate is known
        """
        return used_vat_percent(self.env, fields.Date.context_today(self))

    @api.depends("market_value", "repair_cost", "company_id")
    def _compute_proposed_value(self):
        for one in self:
            # how a store calculates is no secret to who values
            store = one.company_id.sudo()
            costs = Costs(
                exact(one.repair_cost),
                typed(store.dms_used_fees),
                typed(store.dms_used_margin),
            )
            price = exact(one.market_value)
            one.proposed_value = buying_price(price, one._dms_vat_percent(), costs)

    @api.depends("market_value")
    def _compute_value(self):
        for one in self:
            one.value = one.proposed_value if one.market_value else 0

    @api.depends("value")
    def _compute_price(self):
        for one in self:
            one.price = one.value

    @api.depends("state", "user_id", "valuer_id", "company_id")
    @api.depends_context("uid")
    def _compute_may_value(self):
        user = self.env.user
        for one in self:
            waits = one.state == "appraised"
            one.may_value = (
                waits and user.has_group(VALUER) and not one._dms_is_appraiser()
            )
            one.may_approve = one.state == "approval" and one._dms_may_approve()

    def _dms_is_appraiser(self):
        return self.env.user in self.user_id | self.create_uid

    def _dms_may_approve(self):
        mine = self.env.user in self.user_id | self.valuer_id
        return self.env.user.has_group(MANAGER) and not mine

    def _check_may_value(self):
        """Only a second user with that right, and only while it waits for him."""
        self._check_state(
            ("appraised",), self.env._("it is not waiting for its valuation.")
        )
        for one in self:
            if one._dms_is_appraiser():
                raise UserError(
                    self.env._(
                        "%(name)s: who has appraised a car does not value it. Ask a"
                        " colleague.",
                        name=one.name,
                    )
                )
        if not self.env.user.has_group(VALUER):
            raise AccessError(self.env._("You may not value used cars."))

    def action_value(self):
        """The valuer says: so much. Above his limit a manager approves it."""
        for one in self:
            one.check_access("write")
            one._dms_claim()
            one._check_may_value()
            one._dms_check_valued()
            state = "approval" if one._dms_needs_approval() else "valued"
            now = fields.Datetime.now()
            one._go(state, valuer_id=self.env.uid, valued_at=now)
            if state == "approval":
                one._dms_call(MANAGER, self.env._("Approve the price of a used car"))
            else:
                one._dms_close_tasks()
        return True

    def _dms_check_valued(self):
        if not (self.market_value and self.price):
            raise UserError(
                self.env._(
                    "%(name)s: enter the selling price you expect, and the price to"
                    " offer.",
                    name=self.name,
                )
            )

    def _dms_needs_approval(self):
        """:return: whether it is more than the limit, the value or the calculation"""
        limit = self.company_id.sudo().dms_appraisal_limit
        most = min(limit, self.value)
        return self.price > most or self.value > self.proposed_value

    def action_approve(self):
        """A third user, a manager, stands for the price."""
        for one in self:
            one.check_access("write")
            one._dms_claim()
            one._check_state(("approval",), self.env._("it waits for no approval."))
            if not one._dms_may_approve():
                raise UserError(
                    self.env._(
                        "%(name)s: a manager who has neither appraised nor valued the"
                        " car approves its price.",
                        name=one.name,
                    )
                )
            one._go("valued", approver_id=self.env.uid)
            one._dms_close_tasks()
        return True

    def action_value_again(self):
        """The price is reconsidered: what was valued and offered falls."""
        for one in self:
            one.check_access("write")
            one._check_state(
                ("approval", "valued", "offered", "refused"),
                self.env._("there is nothing to value anew."),
            )
            one._dms_check_car()
            one._dms_drop_valuation()
            one._go("appraised")
            one._dms_call_valuer()
        return True

    def _dms_drop_valuation(self):
        self.sudo().write(
            {
                "valuer_id": False,
                "valued_at": False,
                "approver_id": False,
                "offered_at": False,
                "valid_until": False,
                "answered_at": False,
            }
        )
        self._dms_off_the_deal()

    # Who is called

    def _dms_call_valuer(self):
        self._dms_call(VALUER, self.env._("Value a used car"))

    def _dms_call(self, group, summary):
        """Give somebody of a group a task; rather nobody who had his part in it."""
        self._dms_close_tasks()
        users = self.env["res.users"].sudo()
        domain = [
            ("all_group_ids", "in", self.env.ref(group).id),
            ("company_ids", "in", self.company_id.id),
            ("share", "=", False),
            ("id", "not in", (self.user_id | self.valuer_id).ids),
        ]
        user = users.search(domain, order="id").sorted(lambda one: one._is_admin())[:1]
        user = user or role_holder(self.env.ref(MANAGER), self.company_id.id)
        if user:
            self.activity_schedule(TODO, user_id=user.id, summary=summary)

    def _dms_close_tasks(self):
        # of whoever was called
        self.sudo().activity_unlink([TODO])
