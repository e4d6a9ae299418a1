from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..pipeline import month_of

STATES = [
    ("free", "Free to Book"),
    ("booked", "Booked"),
    ("used", "Car Has Come"),
    ("expired", "Expired"),
]


class DmsAllocation(models.Model):
    """One car that the OEM has promised, for one booking of one customer."""

    _name = "dms.allocation"
    _description = "OEM Allocation"
    _inherit = ["dms.store.mixin", "mail.thread"]
    _order = "period, valid_until, id"
    _rec_name = "reference"

    reference = fields.Char(
        "Allocation No.", required=True, copy=False, help="As the OEM calls it."
    )
    product_id = fields.Many2one(
        "product.product",
        "Model and Colour",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("dms_is_vehicle", "=", True)],
        tracking=True,
    )
    period = fields.Date(
        "Month", required=True, help="In which the OEM builds the car."
    )
    valid_until = fields.Date(
        required=True, tracking=True, help="After this day nobody can book it."
    )
    vehicle_id = fields.Many2one(
        "dms.vehicle",
        "Car",
        check_company=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
        domain="[('product_id', '=', product_id), ('company_id', '=', company_id),"
        " ('state', 'in', ('ordered', 'produced', 'in_transit', 'in_stock'))]",
        help="Its VIN goes to the order that has booked the allocation.",
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        "Order Line",
        readonly=True,
        check_company=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    sale_order_id = fields.Many2one(
        related="sale_line_id.order_id", string="Booked for Order", tracking=True
    )
    user_id = fields.Many2one(related="sale_order_id.user_id", string="Booked by")
    state = fields.Selection(STATES, compute="_compute_state", search="_search_state")

    _reference_uniq = models.UniqueIndex(
        "(company_id, reference)",
        "This store already has an allocation with this number.",
    )
    _sale_line_uniq = models.UniqueIndex(
        "(sale_line_id) WHERE sale_line_id IS NOT NULL",
        "This order line has booked another allocation already.",
    )
    _vehicle_uniq = models.UniqueIndex(
        "(vehicle_id) WHERE vehicle_id IS NOT NULL",
        "This car belongs to another allocation already.",
    )
    _free_idx = models.Index(
        "(company_id, product_id, valid_until)"
        " WHERE sale_line_id IS NULL AND vehicle_id IS NULL"
    )

    @api.depends("vehicle_id", "sale_line_id", "valid_until")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for promise in self:
            promise.state = promise._state_on(today)

    def _state_on(self, day):
        if self.vehicle_id:
            return "used"
        if self.sale_line_id:
            return "booked"
        return "expired" if self.valid_until and self.valid_until < day else "free"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        open_ = Domain("vehicle_id", "=", False) & Domain("sale_line_id", "=", False)
        domains = {
            "used": Domain("vehicle_id", "!=", False),
            "booked": Domain("vehicle_id", "=", False)
            & Domain("sale_line_id", "!=", False),
            "expired": open_ & Domain("valid_until", "<", today),
            "free": open_ & Domain("valid_until", ">=", today),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("reference", "product_id")
    def _compute_display_name(self):
        for promise in self:
            model = promise.product_id.with_context(display_default_code=False)
            promise.display_name = f"{promise.reference} · {model.display_name or ''}"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._of_month(vals)
            self._check_not_booking(vals)
        promises = super().create(vals_list)
        promises.filtered("vehicle_id")._dms_pass_on()
        return promises

    def write(self, vals):
        self._of_month(vals)
        self._check_not_booking(vals)
        res = super().write(vals)
        if vals.get("vehicle_id"):
            self._dms_pass_on()
        return res

    def _of_month(self, vals):
        if vals.get("period"):
            day = fields.Date.to_date(vals["period"])
            vals["period"] = month_of(day)

    @api.model
    def _check_not_booking(self, vals):
        """A booking is made by ``_dms_book`` alone, which checks it."""
        if vals.get("sale_line_id") and not self.env.su:
            raise UserError(
                self.env._("An allocation is booked on the line of the order.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_booked(self):
        for promise in self.filtered("sale_line_id"):
            raise UserError(
                self.env._(
                    "Order %(order)s has allocation %(name)s: release it first.",
                    order=promise.sale_order_id.name,
                    name=promise.reference,
                )
            )

    @api.constrains("product_id", "vehicle_id", "sale_line_id", "company_id")
    def _check_matches(self):
        for promise in self:
            sold = promise.sale_line_id.product_id
            for product in promise.vehicle_id.product_id | sold:
                if refusal := promise._dms_refuse_product(product):
                    raise ValidationError(refusal)

    def _dms_refuse_product(self, product):
        """:return: why this promise is not for a product, False if it is"""
        self.ensure_one()
        if product == self.product_id:
            return False
        return self.env._(
            "Allocation %(name)s is for %(promised)s, not for %(product)s: variant and"
            " colour must match.",
            name=self.reference,
            promised=self.product_id.display_name,
            product=product.display_name,
        )

    # Booking

    def _dms_book(self, line):
        """Give this promise to one line of a customer's order.

        :param line: a ``sale.order.line`` that the user may write
        :raise UserError: with the reason and what to do
        """
        self.ensure_one()
        line.ensure_one()
        self.check_access("read")
        # who sells a car may not write allocations, but book one on his order
        promise = self.sudo()
        promise._dms_claim()
        if promise.sale_line_id == line:
            return
        if refusal := promise._refusal(line) or promise._refusal_of_line(line):
            raise UserError(refusal)
        promise.sale_line_id = line
        promise._dms_note(
            self.env._("Booked for order %(name)s.", name=line.order_id.name)
        )

    def _refusal(self, line):
        if self.state == "expired":
            return self.env._(
                "Allocation %(name)s has expired on %(day)s; choose another one, or ask"
                " the OEM for a longer term.",
                name=self.reference,
                day=self.valid_until,
            )
        if self.state == "booked":
            return self.env._(
                "Allocation %(name)s is booked for order %(order)s already; choose"
                " another one.",
                name=self.reference,
                order=self.sale_order_id.name,
            )
        if self.state == "used":
            return self.env._(
                "The car of allocation %(name)s has come: choose it by its VIN "
                "%(vin)s.",
                name=self.reference,
                vin=self.vehicle_id.vin,
            )
        return False

    def _refusal_of_line(self, line):
        if self.company_id != line.company_id:
            return self.env._(
                "Allocation %(name)s belongs to another store: choose one of this"
                " store.",
                name=self.reference,
            )
        if line.state == "cancel":
            return self.env._(
                "Order %(name)s is cancelled: book on an open order.",
                name=line.order_id.name,
            )
        if line.product_uom_qty != 1:
            return self.env._("A line with an allocation sells exactly one car.")
        if line.dms_vehicle_id:
            return self.env._(
                "This line has the VIN %(vin)s already; it needs no allocation.",
                vin=line.dms_vehicle_id.vin,
            )
        return self._dms_refuse_product(line.product_id)

    def _dms_release(self):
        """Take bookings back; a promise whose term is over has then expired."""
        # whoever may change the order frees its booking
        for promise in self.sudo().filtered("sale_line_id"):
            name = promise.sale_order_id.name
            promise.sale_line_id = False
            promise._dms_note(self.env._("Released by order %(name)s.", name=name))

    def action_release(self):
        """Take the booking back, as who may change the order that has it."""
        for promise in self:
            # the order may be out of reach: that is asked here, as the user
            promise.sudo().sale_line_id.with_env(self.env).check_access("write")
            promise._dms_release()

    def _dms_note(self, text):
        self.message_post(body=text, author_id=self.env.user.partner_id.id)

    # The car comes

    def _dms_fulfil(self, car):
        """Note which car the OEM has built for this promise.

        :return: whether that was not known yet
        :raise UserError: if it was another one
        """
        self.ensure_one()
        if refusal := self._dms_refuse_vin(car.vin):
            raise UserError(refusal)
        if self.vehicle_id == car:
            return False
        self.vehicle_id = car
        return True

    def _dms_refuse_vin(self, vin):
        """:return: why this promise is not for a car, False if it has that or none"""
        if not self.vehicle_id or self.vehicle_id.vin == vin:
            return False
        return self.env._(
            "Allocation %(name)s has the car %(vin)s already.",
            name=self.reference,
            vin=self.vehicle_id.vin,
        )

    def _dms_pass_on(self):
        """Put the VINs on the lines that have booked, if those have none yet."""
        # the OEM's report names the car, whoever reads it in
        for promise in self.sudo():
            line = promise.sale_line_id
            if line and not line.dms_vehicle_id:
                line.dms_vehicle_id = promise.vehicle_id

    def action_open_order(self):
        """Open the order that has booked."""
        self.ensure_one()
        return self.sale_order_id._get_records_action(context={})
