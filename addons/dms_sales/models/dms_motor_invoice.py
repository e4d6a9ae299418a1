from odoo import api, fields, models
from odoo.exceptions import UserError

from ..desk.line import DISCOUNTS
from ..motor_invoice import split
from .money import exact

PRICE = ("car", *DISCOUNTS)
KINDS = [("blue", "Blue"), ("red", "Red")]
STATES = [
    ("draft", "Draft"),
    ("sent", "Waits for Its Number"),
    ("refused", "Refused"),
    ("issued", "Issued"),
]
SORTS = [
    ("person", "Person with a Resident Card"),
    ("company", "Company"),
    ("other", "Other Document"),
]
REASONS = [
    ("returned", "Car Returned or Sale Cancelled"),
    ("wrong", "Wrong Entry"),
    ("lost", "Invoice Lost"),
]
FOLLOWS = {
    "state",
    "issued_on",
    "is_standing",
    "answer",
    "kind",
    "reverses_id",
    "attempt",
    "drawer_id",
    "vehicle_id",
    "vin",
    "partner_id",
    "amount_total",
    "amount_net",
    "amount_tax",
}
NUMBER = {"number", "code", "machine"}
WHAT_IS_PRINTED = {
    *("move_id", "buyer_name", "buyer_sort", "buyer_document", "is_deducted"),
    *("category", "model", "origin", "engine", "certificate", "import_certificate"),
    *("inspection", "tonnage", "seats", "is_import", "goods_code", "reason"),
    *("deal_id", "company_id"),
}


class DmsMotorInvoice(models.Model):
    """The legal invoice of one car (机动车销售统一发票) on its posted invoice.

    One standing invoice per car. Once it has its number nothing of it changes; a red
    one takes it back.
    """

    _name = "dms.motor.invoice"
    _description = "Motor Invoice"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["number", "vin", "buyer_name"]

    deal_id = fields.Many2one(
        "dms.deal", index=True, required=True, check_company=True, ondelete="restrict"
    )
    move_id = fields.Many2one(
        "account.move",
        "Customer Invoice",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]",
    )
    vehicle_id = fields.Many2one(
        related="deal_id.vehicle_id", store=True, index="btree_not_null"
    )
    vin = fields.Char("VIN", related="vehicle_id.vin", store=True, index=True)
    partner_id = fields.Many2one(related="move_id.commercial_partner_id", store=True)
    kind = fields.Selection(KINDS, required=True, default="blue", readonly=True)
    state = fields.Selection(
        STATES,
        "Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    is_standing = fields.Boolean(
        "Stands",
        default=True,
        readonly=True,
        copy=False,
        help="Blue, and not taken back by a red one.",
    )
    reverses_id = fields.Many2one(
        "dms.motor.invoice", "Takes Back", readonly=True, index="btree_not_null"
    )
    red_ids = fields.One2many("dms.motor.invoice", "reverses_id", "Red Invoices")
    reason = fields.Selection(REASONS, "Why It Is Taken Back")
    code = fields.Char(
        "Invoice Code", copy=False, help="Of a paper invoice: 12 digits."
    )
    number = fields.Char("Invoice No.", copy=False, tracking=True, index=True)
    machine = fields.Char("Machine No.", copy=False)
    issued_on = fields.Date("Issued on", readonly=True, copy=False)
    drawer_id = fields.Many2one("res.users", "Drawn by", readonly=True, copy=False)
    answer = fields.Text("Answer of the Tax Office", readonly=True, copy=False)
    attempt = fields.Integer(readonly=True, copy=False, default=0)

    buyer_name = fields.Char(
        "Buyer", compute="_compute_buyer", store=True, readonly=False, precompute=True
    )
    buyer_sort = fields.Selection(
        SORTS,
        "Identified by",
        compute="_compute_buyer",
        store=True,
        readonly=False,
        precompute=True,
    )
    buyer_document = fields.Char(
        "Document No.", help="Passport, military card or the like of the buyer."
    )
    buyer_number = fields.Char("Buyer's No.", compute="_compute_buyer_number")
    is_deducted = fields.Boolean("Buyer Deducts VAT")

    category = fields.Char(
        "Kind of Vehicle", compute="_compute_car", store=True, readonly=False
    )
    model = fields.Char(
        "Brand and Model", compute="_compute_car", store=True, readonly=False
    )
    origin = fields.Char(
        "Place of Production", compute="_compute_car", store=True, readonly=False
    )
    engine = fields.Char(
        "Engine or Motor No.", compute="_compute_car", store=True, readonly=False
    )
    certificate = fields.Char(
        "Certificate No.", compute="_compute_car", store=True, readonly=False
    )
    import_certificate = fields.Char(
        "Import Certificate No.", compute="_compute_car", store=True, readonly=False
    )
    inspection = fields.Char("Inspection No.")
    tonnage = fields.Float(
        "Tonnage (t)",
        digits=(8, 3),
        compute="_compute_car",
        store=True,
        readonly=False,
    )
    seats = fields.Integer(compute="_compute_car", store=True, readonly=False)
    is_import = fields.Boolean(
        "Imported", compute="_compute_car", store=True, readonly=False
    )
    goods_code = fields.Char("Code of Goods", default="1090305010000000000")

    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_total = fields.Monetary(
        "Price with VAT", compute="_compute_amounts", store=True
    )
    amount_net = fields.Monetary(
        "Price without VAT", compute="_compute_amounts", store=True
    )
    amount_tax = fields.Monetary("VAT", compute="_compute_amounts", store=True)

    _one_per_car = models.UniqueIndex(
        "(vehicle_id) WHERE is_standing AND vehicle_id IS NOT NULL",
        lambda env, diag: env._(
            "This car has a motor invoice already: take that one back first."
        ),
    )
    _number_uniq = models.UniqueIndex(
        "(company_id, code, number) WHERE number IS NOT NULL",
        "Another motor invoice has this number already.",
    )
    _one_red = models.UniqueIndex(
        "(reverses_id) WHERE reverses_id IS NOT NULL",
        "This invoice is being taken back already.",
    )

    # Computed fields

    @api.depends("number", "vin")
    def _compute_display_name(self):
        for one in self:
            number = one.number or one.env._("Motor invoice")
            one.display_name = " · ".join(filter(None, (number, one.vin)))

    @api.depends("move_id")
    def _compute_buyer(self):
        for one in self:
            partner = one.move_id.commercial_partner_id
            one.buyer_name = one.buyer_name or partner.name
            sort = "company" if partner.is_company else "person"
            one.buyer_sort = one.buyer_sort or sort

    @api.depends("buyer_sort", "buyer_document", "move_id.commercial_partner_id")
    def _compute_buyer_number(self):
        for one in self:
            partner = one.move_id.commercial_partner_id
            shown = {"company": partner.vat, "person": partner.dms_id_number}
            one.buyer_number = shown.get(one.buyer_sort, one.buyer_document)

    @api.depends("deal_id.vehicle_id")
    def _compute_car(self):
        # the paper and its number belong on the invoice, whoever writes it
        for one in self.filtered(lambda one: one.state == "draft").sudo():
            if one.vehicle_id:
                one.update(one._prepare_car(one.vehicle_id))

    def _prepare_car(self, car):
        paper = car._dms_certificate()
        is_import = paper.kind not in (False, "domestic")
        product, is_truck = car.product_id, car.kind == "commercial"
        return {
            "category": "载货汽车" if is_truck else "乘用车",
            "model": self._model_of(car),
            "origin": "" if is_import else "中国",
            "engine": car.engine_number,
            "certificate": False if is_import else paper.number,
            "import_certificate": paper.number if is_import else False,
            "tonnage": product.dms_payload_kg / 1000 if is_truck else 0,
            "seats": product.dms_seats,
            "is_import": is_import,
        }

    @api.model
    def _model_of(self, car):
        product = car.product_id
        code = product.dms_model_code or product.product_tmpl_id.name or ""
        return " ".join(filter(None, (car.brand_id.name, code)))

    @api.depends("move_id.invoice_line_ids.price_total", "deal_id", "kind")
    def _compute_amounts(self):
        for one in self:
            if one.reverses_id:
                blue, sign = one.reverses_id, -1
                amounts = (blue.amount_total, blue.amount_net, blue.amount_tax)
            else:
                lines, sign = one.deal_id._dms_price_lines(one.move_id), 1
                amounts = map(float, split(exact(sum(lines.mapped("price_total")))))
            total, net, tax = amounts
            one.amount_total, one.amount_net = sign * total, sign * net
            one.amount_tax = sign * tax

    # Rules

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list if not self.env.su else []:
            for name in FOLLOWS:
                vals.pop(name, None)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_may_write(vals)
        return super().write(vals)

    def _check_may_write(self, vals):
        self.check_access("write")
        if FOLLOWS & vals.keys():
            raise UserError(
                self.env._("A motor invoice is issued and taken back by its buttons.")
            )
        fixed = self.filtered(lambda one: one.state in ("sent", "issued"))
        if fixed and (WHAT_IS_PRINTED | NUMBER) & vals.keys():
            raise UserError(
                self.env._(
                    "Motor invoice %(name)s is out and stays as it is: take it back,"
                    " then issue another.",
                    name=fixed[0].display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if out := self.filtered(lambda one: one.state in ("sent", "issued")):
            raise UserError(
                self.env._(
                    "Motor invoice %(name)s is out: it is taken back, not deleted.",
                    name=out[0].display_name,
                )
            )


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    motor_invoice_ids = fields.One2many(
        "dms.motor.invoice", "deal_id", "Motor Invoices"
    )

    def _dms_price_lines(self, move):
        """:return: the lines of an invoice that are the price of this deal's car"""
        # the price is printed; who prints it may read neither order nor invoice
        sold = self.sudo()._dms_lines()._dms_price_of_cars()
        return move.sudo().invoice_line_ids.filtered(
            lambda line: line.sale_line_ids & sold
        )

    def _dms_motor_invoice(self):
        """:return: the standing motor invoice that has its number, as sudo"""
        return self.sudo().motor_invoice_ids.filtered(
            lambda one: one.state == "issued" and one.is_standing
        )

    def _dms_car_move(self):
        """:return: the posted customer invoice of the car, as sudo"""
        lines = self.sudo().car_line_id.invoice_lines
        moves = lines.move_id.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )
        return moves.sorted("id")[-1:]

    def action_dms_motor_invoice(self):
        """Open the motor invoice of the deal; write one if it has none."""
        self.ensure_one()
        invoices = self.env["dms.motor.invoice"]
        known = invoices.search([("deal_id", "=", self.id), ("is_standing", "=", True)])
        if not known:
            move = self._dms_car_move()
            if not move:
                raise UserError(
                    self.env._(
                        "%(deal)s: invoice the car to the customer first; the motor"
                        " invoice stands on that.",
                        deal=self.name,
                    )
                )
            vals = {"deal_id": self.id, "move_id": move.id}
            known = invoices.create(vals | {"company_id": self.company_id.id})
        return known._get_records_action()


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line"]

    def _dms_price_of_cars(self):
        """:return: the lines that make the price of the car: it, and its discounts"""
        return self.filtered(lambda line: line.dms_block in PRICE)
