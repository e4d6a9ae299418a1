"""Used cars in stock: what is asked for them, what they leave, when prices fall."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.dms_base.money import exact as typed

from ..motor_invoice import RateError, used_percent
from ..trade_in import Cut, cut_due, cut_price, selling_net
from .dms_appraisal_value import MANAGER, SEES
from .money import exact


class DmsVehicle(models.Model):
    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    dms_first_price = fields.Monetary(
        "First Asking Price", readonly=True, copy=False, help="With VAT."
    )
    dms_asking_price = fields.Monetary(
        "Asking Price", copy=False, tracking=True, help="With VAT."
    )
    dms_wanted_margin = fields.Monetary(
        "Margin at the Asking Price",
        compute="_compute_dms_wanted_margin",
        groups=SEES,
        help="Asking price without VAT, less what the car cost so far.",
    )
    dms_appraisal_ids = fields.One2many("dms.appraisal", "vehicle_id", "Appraisals")
    dms_cut_ids = fields.One2many("dms.price.cut", "vehicle_id", "Price Cuts")

    _used_idx = models.Index("(company_id, delivered_date) WHERE is_used")
    _asking_positive = models.Constraint(
        "CHECK (COALESCE(dms_asking_price, 0) >= 0)",
        "An asking price is not negative.",
    )

    @api.depends("dms_asking_price", "lot_id.standard_price")
    def _compute_dms_wanted_margin(self):
        for car in self:
            asked = car.dms_asking_price
            net = selling_net(exact(asked), car._dms_used_percent()) if asked else 0
            car.dms_wanted_margin = float(net) - car._dms_cost() if asked else 0

    def write(self, vals):
        asks = {"dms_asking_price", "dms_first_price"} & vals.keys()
        if asks and not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("A sales manager says what is asked for a used car.")
            )
        return super().write(vals)

    @api.model
    def _dms_used_percent(self):
        """:return: VAT in percent on a used car sold today, 0 where none is known"""
        try:
            return used_percent(fields.Date.context_today(self))
        except RateError:
            return typed(0)

    def _dms_ask_first(self, price):
        """Ask a price for a car that has just come."""
        self.write({"dms_first_price": price, "dms_asking_price": price})

    def _dms_comparable(self):
        """:return: what others of the group are told of a sold used car"""
        self.ensure_one()
        sold = self.sale_line_ids.filtered(lambda line: line.state == "sale")
        return {
            "model": self._dms_model_name() or self.vin_maker or "",
            "store": self.company_id.name,
            "year": self.model_year,
            "km": self.odometer_km,
            "days": self.days_in_stock,
            "sold_on": self.delivered_date,
            "price": self.currency_id.format(sold.sorted("id")[-1:].price_total),
        }


class DmsPriceCutRule(models.Model):
    """From so many days in stock on, a used car is to cost so much less."""

    _name = "dms.price.cut.rule"
    _description = "Rule for Price Cuts"
    _order = "days, id"
    _rec_name = "days"

    company_id = fields.Many2one(
        "res.company", "Only in Store", index=True, help="Empty: in every store."
    )
    days = fields.Integer("From Day in Stock", required=True)
    percent = fields.Float(
        "Off the First Price (%)", digits=(5, 2), required=True, help="Not added up."
    )
    active = fields.Boolean(default=True)

    _ranges = models.Constraint(
        "CHECK (days > 0 AND percent > 0 AND percent < 100)",
        "A price falls after at least one day, by more than 0 and less than 100"
        " percent.",
    )

    @api.model
    def _dms_cuts(self, company):
        """:return: the core's cuts of a store: its own ones, else those of all"""
        rows = self.search([("company_id", "in", [company.id, False])])
        rows = rows.filtered("company_id") or rows
        return [Cut(row.days, typed(row.percent)) for row in rows]


class DmsPriceCut(models.Model):
    """A lower price proposed for one car that has stood for long."""

    _name = "dms.price.cut"
    _description = "Price Cut Proposed"
    _inherit = ["dms.store.mixin"]
    _order = "id desc"
    _rec_name = "vehicle_id"

    vehicle_id = fields.Many2one(
        "dms.vehicle", "Car", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="vehicle_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    days = fields.Integer("Days in Stock", readonly=True)
    step = fields.Integer("From Day", readonly=True)
    price_before = fields.Monetary("Price so far", readonly=True)
    price = fields.Monetary("New Price", readonly=True)
    margin_after = fields.Monetary(
        "Margin Then", compute="_compute_margin_after", groups=SEES
    )
    state = fields.Selection(
        [("open", "Proposed"), ("applied", "Applied"), ("refused", "Refused")],
        "Status",
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_on = fields.Date("Decided on", readonly=True)

    _one_each = models.UniqueIndex(
        "(vehicle_id, step, price_before)", "This cut was proposed already."
    )

    @api.depends("price", "vehicle_id")
    def _compute_margin_after(self):
        for cut in self:
            car = cut.vehicle_id
            net = selling_net(exact(cut.price), car._dms_used_percent())
            cut.margin_after = float(net) - car._dms_cost()

    def action_apply(self):
        """Ask the lower price from now on."""
        self._dms_decide("applied")
        for cut in self:
            # a manager decides on prices, and need not correct cars otherwise
            cut.vehicle_id.sudo().dms_asking_price = cut.price
        return True

    def action_refuse(self):
        """Keep the price as it is."""
        self._dms_decide("refused")
        return True

    def _dms_decide(self, state):
        self.check_access("write")
        self._dms_claim()
        if any(cut.state != "open" for cut in self):
            raise UserError(self.env._("This price cut is decided already."))
        today = fields.Date.context_today(self)
        vals = {"state": state, "decided_by_id": self.env.uid, "decided_on": today}
        self.sudo().write(vals)

    @api.model
    def _cron_propose(self):
        """Propose for each used car in stock the cut whose day has come."""
        cars = self.env["dms.vehicle"].search(
            [
                ("is_used", "=", True),
                ("state", "=", "in_stock"),
                ("dms_first_price", ">", 0),
            ],
            order="company_id, id",
        )
        for store, own in cars.grouped("company_id").items():
            cuts = self.env["dms.price.cut.rule"]._dms_cuts(store)
            self._dms_propose(own, cuts)

    @api.model
    def _dms_propose(self, cars, cuts):
        asked = {(cut.vehicle_id, cut.step) for cut in cars.dms_cut_ids}
        vals_list = []
        for car in cars:
            due = cut_due(cuts, car.days_in_stock)
            if not due or (car, due.days) in asked:
                continue
            price = float(cut_price(exact(car.dms_first_price), due.percent))
            if price < car.dms_asking_price:
                vals_list.append(
                    {
                        "vehicle_id": car.id,
                        "days": car.days_in_stock,
                        "step": due.days,
                        "price_before": car.dms_asking_price,
                        "price": price,
                    }
                )
        return self.create(vals_list)
