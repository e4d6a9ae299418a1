from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..transfer.transport import FROM, PAYING, STATES, STEPS, TO, problem

STOCK = "stock.group_stock_user"
PLANNING = {
    "company_id",
    "carrier_id",
    "from_store_id",
    "to_store_id",
    "car_ids",
    "cost",
    "distance_km",
}
ON_THE_WAY = {"driver_name", "driver_phone", "truck_plate", "eta", "note"}


class DmsTransportOrder(models.Model):
    """A carrier brings cars from one store to another; one of them pays."""

    _name = "dms.transport.order"
    _description = "Transport Order"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one(string="Paying Store")
    store_ids = fields.Many2many("res.partner", compute="_compute_store_ids")
    # staff may not read other companies, but may know them as partners
    from_store_id = fields.Many2one(
        "res.partner",
        "From",
        required=True,
        index=True,
        domain="[('id', 'in', store_ids)]",
        default=lambda self: self.env.company.partner_id,
    )
    to_store_id = fields.Many2one(
        "res.partner",
        "To",
        required=True,
        index=True,
        domain="[('id', 'in', store_ids)]",
    )
    from_company_id = fields.Many2one(
        "res.company",
        "Loading Store",
        compute="_compute_companies",
        store=True,
        precompute=True,
        index=True,
    )
    to_company_id = fields.Many2one(
        "res.company",
        "Unloading Store",
        compute="_compute_companies",
        store=True,
        precompute=True,
        index=True,
    )
    carrier_id = fields.Many2one("res.partner", tracking=True, index="btree_not_null")
    car_ids = fields.One2many("dms.transport.car", "order_id", "Cars", copy=True)
    car_count = fields.Integer(
        "Number of Cars", compute="_compute_car_count", store=True
    )
    check_ids = fields.One2many("dms.transport.check", "order_id", "Damage Checks")
    has_damage = fields.Boolean(
        "Damaged on the Way",
        compute="_compute_has_damage",
        store=True,
        help="A car was whole when it was loaded and is damaged now.",
    )
    driver_name = fields.Char("Driver")
    driver_phone = fields.Char("Driver's Phone")
    truck_plate = fields.Char("Plate of Truck")
    eta = fields.Datetime("Expected at", tracking=True)
    loaded_at = fields.Datetime("Loaded at", readonly=True, copy=False)
    departed_at = fields.Datetime("Departed", readonly=True, copy=False)
    arrived_at = fields.Datetime("Arrived at", readonly=True, copy=False)
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary("Cost before Tax", tracking=True)
    distance_km = fields.Float("Distance (km)", digits=(10, 1))
    note = fields.Text("Remarks")
    bill_id = fields.Many2one(
        "account.move",
        "Carrier's Bill",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    state = fields.Selection(
        STATES,
        "Status",
        required=True,
        default="planned",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand="_dms_expand_state",
    )
    my_steps = fields.Char("Steps for Me", compute="_compute_my_steps")

    _cost_positive = models.Constraint(
        "CHECK (COALESCE(cost, 0) >= 0)", "The cost of a transport is not negative."
    )

    # Computed fields

    @api.depends("company_id")
    def _compute_store_ids(self):
        for order in self:
            stores = order.company_id | order.company_id._dms_sister_stores()
            # as partners, sister stores are known to all staff
            order.store_ids = stores.sudo().partner_id

    @api.depends("from_store_id", "to_store_id")
    def _compute_companies(self):
        for order in self:
            order.from_company_id = order.from_store_id.ref_company_ids[:1]
            order.to_company_id = order.to_store_id.ref_company_ids[:1]

    @api.depends("car_ids")
    def _compute_car_count(self):
        for order in self:
            order.car_count = len(order.car_ids)

    @api.depends("car_ids.is_new_damage")
    def _compute_has_damage(self):
        for order in self:
            order.has_damage = any(order.car_ids.mapped("is_new_damage"))

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("state", "from_company_id", "to_company_id")
    def _compute_my_steps(self):
        may = self.env.user.has_group(STOCK)
        for order in self:
            steps = [
                name
                for name, step in STEPS.items()
                if may and not problem(step, order.state, order._dms_sides())
            ]
            order.my_steps = f",{','.join(steps)}," if steps else ""

    def _dms_sides(self):
        mine = self.env.companies.ids
        sides = {
            FROM: self.from_company_id.id,
            TO: self.to_company_id.id,
            PAYING: self.company_id.id,
        }
        return [side for side, store in sides.items() if store in mine]

    # Writing: the plan by who pays; all else by the steps

    @api.constrains("company_id", "from_store_id", "to_store_id")
    def _check_stores(self):
        # a sister store cannot be read; only its dealer group is compared
        for order in self.sudo():
            ends = order.from_company_id | order.to_company_id
            group = order.company_id.dms_group_id
            if len(ends) < 2 or ends.dms_group_id != group:
                raise ValidationError(
                    self.env._("Choose two different stores of the dealer group.")
                )
            if order.company_id not in ends:
                raise ValidationError(
                    self.env._("One of the two stores pays for the transport.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._dms_check_names(vals, PLANNING | ON_THE_WAY)
            vals["name"] = self.env["ir.sequence"].next_by_code(self._name) or "/"
        return super().create(vals_list)

    def write(self, vals):
        for order in self:
            planning = PLANNING if order.state == "planned" else set()
            order._dms_check_names(vals, planning | ON_THE_WAY)
        res = super().write(vals)
        if "company_id" in vals:
            # nobody has another store pay: rules are only asked before the change
            self.check_access("write")
        return res

    @api.model
    def _dms_check_names(self, vals, allowed):
        if self.env.su:
            return
        others = [
            name
            for name in vals
            if name not in allowed and not name.startswith(("message_", "activity_"))
        ]
        if others:
            raise UserError(
                self.env._(
                    "A transport that is loaded is not planned anew, and its status"
                    " follows from the buttons."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_planned(self):
        if self.filtered(lambda order: order.state != "planned"):
            raise UserError(self.env._("Cancel the transport instead."))

    # Steps

    def action_load(self):
        return self._dms_go("load", "loading", "loaded_at")

    def action_depart(self):
        return self._dms_go("depart", "", "departed_at")

    def action_arrive(self):
        self._dms_go("arrive", "unloading", "arrived_at")
        # who unloads need not book; the bill is a draft of the store that pays
        for order in self.sudo():
            order._dms_draft_bill()
        return True

    def action_cancel(self):
        self._dms_go("cancel", "", "")
        # as above: the draft goes with its order
        self.sudo()._dms_cancel_bill()
        return True

    def _dms_go(self, name, end, at):
        self.check_access("read")
        self._dms_claim()
        self.invalidate_recordset(["state"])
        for order in self:
            order._dms_check_step(STEPS[name])
            order._dms_check_looked_over(end)
            # checked above; steps are written by no one himself
            order.sudo().write(
                {"state": STEPS[name].target}
                | ({at: fields.Datetime.now()} if at else {})
            )
        return True

    def _dms_check_step(self, step):
        self.check_access("read")
        if found := self._dms_problem(step):
            error = UserError if found == "state" else AccessError
            raise error(self._dms_refusal(found, step))

    def _dms_refusal(self, code, step):
        labels = dict(self._fields["state"]._description_selection(self.env))
        messages = {
            "role": self.env._(
                "%(number)s: this is done in the yard.", number=self.name
            ),
            "side": self.env._(
                "%(number)s: this is done by %(store)s.",
                number=self.name,
                store=self._dms_store_of(step.sides[0]).name,
            ),
            "state": self.env._(
                "%(number)s is %(state)s; this is not possible now.",
                number=self.name,
                state=labels[self.state],
            ),
        }
        return messages[code]

    def _dms_problem(self, step):
        if self.env.su:
            return problem(step, self.state, step.sides)
        if not self.env.user.has_group(STOCK):
            return "role"
        return problem(step, self.state, self._dms_sides())

    def _dms_store_of(self, side):
        # which store it is may be known to both
        known = self.sudo()
        stores = {
            FROM: known.from_company_id,
            TO: known.to_company_id,
            PAYING: known.company_id,
        }
        return stores[side]

    def _dms_check_looked_over(self, end):
        if not end:
            return
        if not self.car_ids:
            raise UserError(
                self.env._(
                    "%(number)s carries no car: put one on the truck first.",
                    number=self.name,
                )
            )
        checked = self.check_ids.filtered(lambda one: one.end == end).car_id
        missing = self.car_ids - checked
        if missing:
            raise UserError(
                self.env._(
                    "Look over first: %(vins)s. «All Fine» does so for cars without"
                    " damage.",
                    vins=", ".join(missing.mapped("vin")),
                )
            )

    def action_all_fine(self):
        """Note that all cars not looked over yet have no damage."""
        self.ensure_one()
        end = "loading" if self.state == "planned" else "unloading"
        checked = self.check_ids.filtered(lambda one: one.end == end).car_id
        self.env["dms.transport.check"].create(
            [{"car_id": car.id, "end": end} for car in self.car_ids - checked]
        )
        return True

    def action_check(self):
        """Open a new check of the end at which the cars are now."""
        self.ensure_one()
        end = "loading" if self.state == "planned" else "unloading"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Note Damage"),
            "res_model": "dms.transport.check",
            "view_mode": "form",
            "target": "new",
            "context": {
                "transport_id": self.id,
                "default_end": end,
                "default_result": "damaged",
            },
        }

    # The carrier's bill

    def _dms_draft_bill(self):
        """Draft the carrier's bill at the store that pays; once."""
        if self.bill_id or not self.cost or not self.carrier_id:
            return
        bills = self.env["account.move"].with_company(self.company_id)
        self.bill_id = bills.create(self._dms_prepare_bill())

    def _dms_prepare_bill(self):
        return {
            "move_type": "in_invoice",
            "company_id": self.company_id.id,
            "partner_id": self.carrier_id.id,
            "invoice_origin": self.name,
            "invoice_line_ids": [Command.create(self._dms_prepare_bill_line())],
        }

    def _dms_prepare_bill_line(self):
        vins = ", ".join(self.car_ids.mapped("vin"))
        return {
            "product_id": self.env.ref("dms_vehicle.product_transport").id,
            "name": f"{self.name}: {vins}",
            "quantity": 1,
            "price_unit": self.cost,
        }

    def _dms_cancel_bill(self):
        posted = self.bill_id.filtered(lambda bill: bill.state == "posted")
        if posted:
            raise UserError(
                self.env._(
                    "The carrier's bill %(name)s is posted; credit it first.",
                    name=posted[0].name,
                )
            )
        self.bill_id.filtered(lambda bill: bill.state == "draft").button_cancel()

    def action_view_bill(self):
        self.ensure_one()
        return self.env["dms.vehicle"]._open("account.move", self.bill_id)
