from odoo import api, fields, models
from odoo.exceptions import UserError

from ..transfer import Facts, stage

STAGE_LABELS = [
    ("open", "Not Ordered"),
    ("ordered", "Ordered"),
    ("shipped", "Shipped"),
    ("received", "Received"),
    ("invoiced", "Invoiced"),
    ("settled", "Settled"),
    ("cancelled", "Cancelled"),
]
SUFFIX_LENGTH = 6


class DmsTransferLine(models.Model):
    """A car that one store asks of another, by its VIN or by its model."""

    _name = "dms.transfer.line"
    _description = "Car of a Transfer Request"
    _order = "id"
    _rec_name = "vin"

    request_id = fields.Many2one(
        "dms.transfer.request", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True, precompute=True
    )
    giving_company_id = fields.Many2one(
        related="request_id.giving_company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="request_id.currency_id")
    vin = fields.Char(
        "VIN",
        copy=False,
        help="The whole VIN or its last six characters. Empty: the other store chooses"
        " a car of the model.",
    )
    product_id = fields.Many2one(
        "product.product",
        "Model",
        domain=[("dms_is_vehicle", "=", True)],
        index="btree_not_null",
    )
    # the asking store may not read it before it has come
    vehicle_id = fields.Many2one(
        "dms.vehicle", "Car", readonly=True, copy=False, index="btree_not_null"
    )
    holds = fields.Boolean("Promised", readonly=True, copy=False)
    # by a rule at cost it is the cost, which the asking store may not know
    rule_price = fields.Monetary(
        "Stored Price by Rule", readonly=True, copy=False, groups="base.group_system"
    )
    own_rule_price = fields.Monetary(
        "Price by Rule",
        compute="_compute_own_rule_price",
        compute_sudo=True,
        help="For the store that gives the car only.",
    )
    price = fields.Monetary("Price before Tax", readonly=True, copy=False)
    price_note = fields.Char("Why This Price", readonly=True, copy=False)
    sale_line_id = fields.Many2one(
        "sale.order.line", readonly=True, copy=False, index="btree_not_null"
    )
    purchase_line_id = fields.Many2one(
        "purchase.order.line", readonly=True, copy=False, index="btree_not_null"
    )
    # read only by who may read the order: the giving store sees no customer
    deal_line_ids = fields.One2many(
        "sale.order.line", "dms_transfer_line_id", "Deals", readonly=True
    )
    stage = fields.Selection(
        STAGE_LABELS, "Progress", compute="_compute_stage", store=True, precompute=True
    )
    # for a car that comes back as if it had never left
    since_date = fields.Date("In Stock since", readonly=True, copy=False)
    bought_line_id = fields.Many2one(
        "purchase.order.line",
        "Bought by",
        readonly=True,
        copy=False,
        groups="base.group_system",
        index="btree_not_null",
    )

    _one_promise = models.UniqueIndex(
        "(vehicle_id) WHERE holds", "This car is promised to another store already."
    )

    @api.depends(
        "sale_line_id.state",
        "sale_line_id.qty_delivered",
        "sale_line_id.invoice_lines.parent_state",
        "sale_line_id.invoice_lines.move_id.payment_state",
        "purchase_line_id.qty_received",
        "purchase_line_id.invoice_lines.parent_state",
        "purchase_line_id.invoice_lines.move_id.payment_state",
    )
    def _compute_stage(self):
        for line in self:
            line.stage = stage(line._dms_facts())

    @api.depends_context("allowed_company_ids")
    @api.depends("rule_price")
    def _compute_own_rule_price(self):
        mine = self.env.companies.ids
        for line in self:
            is_mine = line.giving_company_id.id in mine
            line.own_rule_price = line.rule_price if is_mine else 0

    def _dms_facts(self):
        sold, bought = self.sale_line_id, self.purchase_line_id
        invoices = _posted(sold.invoice_lines, "out_")
        bills = _posted(bought.invoice_lines, "in_")
        return Facts(
            ordered=sold.state == "sale",
            cancelled=sold.state == "cancel",
            shipped=sold.qty_delivered >= 1,
            received=bought.qty_received >= 1,
            invoiced=_net(invoices) >= 1,
            billed=_net(bills) >= 1,
            paid=_paid(invoices) and _paid(bills),
        )

    # Writing: with the draft only

    @api.model_create_multi
    def create(self, vals_list):
        requests = self.env["dms.transfer.request"].browse(
            {vals["request_id"] for vals in vals_list if vals.get("request_id")}
        )
        self._dms_check_writing(requests, {key for vals in vals_list for key in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._dms_check_writing(self.request_id, vals)
        return super().write(vals)

    @api.model
    def _dms_check_writing(self, requests, names):
        if self.env.su:
            return
        requests.check_access("write")
        requests._dms_check_draft()
        if set(names) - {"request_id", "vin", "product_id"}:
            raise UserError(
                self.env._("Who asks names the VIN or the model, nothing else.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self.request_id._dms_check_draft()

    # Which car is meant

    def _dms_find_cars(self, stores):
        """Find the cars that were asked for by VIN; the asking store reads none.

        :param stores: where to look, as sudo
        :raise UserError: names the VIN that is not there, or not clear
        """
        for line in self.filtered("vin"):
            car = line._dms_find_car(stores)
            if line.product_id and line.product_id != car.product_id:
                raise UserError(car._dms_other_model(line.product_id))
            # the asking store learns of the car what stands here, and no more
            line.sudo().write(
                {"vehicle_id": car.id, "vin": car.vin, "product_id": car.product_id.id}
            )

    def _dms_find_car(self, stores):
        typed = "".join(self.vin.split()).upper()
        cars = self.env["dms.vehicle"].sudo()
        if len(typed) < SUFFIX_LENGTH:
            raise UserError(self._dms_vin_refusal("short"))
        # of what the stores have, only that it is in stock is told
        offered = cars._dms_offered_domain(stores)
        found = cars.search(cars._ending(typed) & offered, limit=2)
        if len(found) != 1:
            raise UserError(self._dms_vin_refusal("several" if found else "none"))
        return found

    def _dms_vin_refusal(self, code):
        messages = {
            "short": self.env._(
                "%(vin)s: give the whole VIN or at least its last six characters.",
                vin=self.vin,
            ),
            "none": self.env._(
                "%(vin)s: no sister store has such a car free in stock. Check the VIN,"
                " or ask for the model.",
                vin=self.vin,
            ),
            "several": self.env._(
                "%(vin)s: several cars end like this; give the whole VIN.",
                vin=self.vin,
            ),
        }
        return messages[code]

    # Prices

    def _dms_prices_by_rule(self, cars=None):
        """:param cars: dict of line to another car than the one it has
        :return: dict of line to (price, rule), read for all at once
        """
        # the price is made from a cost that the asking store does not see
        cars = {line: (cars or {}).get(line, line.vehicle_id).sudo() for line in self}
        today = fields.Date.context_today(self)
        known = {
            store: self.env["dms.transfer.rule"]._dms_of_store(store)
            for store in {car.company_id for car in cars.values()}
        }
        prices = {}
        for line, car in cars.items():
            store = line.request_id.sudo().company_id.partner_id
            rule = known[car.company_id]._dms_best(car, store, today)
            prices[line] = (rule._dms_price(car._dms_cost()), rule)
        return prices


def _posted(lines, kind):
    return lines.filtered(
        lambda line: line.parent_state == "posted" and line.move_type.startswith(kind)
    )


def _net(lines):
    refunds = lines.filtered(lambda line: line.move_type.endswith("refund"))
    return sum((lines - refunds).mapped("quantity")) - sum(refunds.mapped("quantity"))


def _paid(lines):
    states = ("paid", "in_payment", "reversed")
    return all(move.payment_state in states for move in lines.move_id)
