from dataclasses import replace

from odoo import api, fields, models

from ..purchase_tax import PurchaseError, assess, declare_by
from .money import exact

STATES = [("open", "To Declare"), ("declared", "Declared"), ("paid", "Paid")]


class DmsPurchaseTax(models.Model):
    """The vehicle purchase tax of one car: how much, until when, and its receipt."""

    _name = "dms.purchase.tax"
    _description = "Purchase Tax"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "declare_by, id"
    _rec_name = "vin"

    deal_id = fields.Many2one(
        "dms.deal",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(related="deal_id.partner_id")
    vehicle_id = fields.Many2one(
        related="deal_id.vehicle_id", store=True, index="btree_not_null"
    )
    vin = fields.Char("VIN", related="vehicle_id.vin", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    purchased_on = fields.Date(
        compute="_compute_purchase",
        store=True,
        help="The day of the motor invoice; until there is one, that of the order.",
    )
    base = fields.Monetary(
        "Taxed Price", compute="_compute_purchase", store=True, help="Without VAT."
    )
    full = fields.Monetary("Tax before Relief", compute="_compute_purchase", store=True)
    spared = fields.Monetary("Relief", compute="_compute_purchase", store=True)
    amount = fields.Monetary("Tax", compute="_compute_purchase", store=True)
    relief_note = fields.Char("Why", compute="_compute_relief_note")
    declare_by = fields.Date(compute="_compute_declare_by", store=True, index=True)
    declared_on = fields.Date(tracking=True, copy=False)
    paid_on = fields.Date(tracking=True, copy=False)
    receipt = fields.Char(
        "Tax Receipt No.", copy=False, help="完税凭证号码, as the tax office gives it."
    )
    amount_paid = fields.Monetary(copy=False)
    state = fields.Selection(
        STATES, "Status", compute="_compute_state", store=True, index=True
    )

    _one_per_deal = models.UniqueIndex(
        "(deal_id)", "This deal has its purchase tax already: change it."
    )
    _paid_with_receipt = models.Constraint(
        "CHECK (paid_on IS NULL OR (receipt IS NOT NULL AND declared_on IS NOT NULL))",
        "A tax that is paid was declared, and has a receipt: enter day and number.",
    )
    _in_order = models.Constraint(
        "CHECK (paid_on IS NULL OR paid_on >= declared_on)",
        "The tax is declared before it is paid.",
    )

    @api.depends(
        "deal_id.motor_invoice_ids.issued_on",
        "deal_id.motor_invoice_ids.is_standing",
        "deal_id.order_id.date_order",
        "deal_id.order_id.order_line.price_subtotal",
    )
    def _compute_purchase(self):
        for tax in self:
            invoice = tax.deal_id._dms_motor_invoice()
            # who declares taxes need not read orders
            order = tax.deal_id.sudo().order_id
            ordered = fields.Date.to_date(order.date_order)
            today = fields.Date.context_today(tax)
            tax.purchased_on = invoice.issued_on or ordered or today
            found = tax._dms_assess(invoice, order)
            tax.base = float(found.base) if found else 0
            tax.full = float(found.full) if found else 0
            tax.spared = float(found.spared) if found else 0
            tax.amount = float(found.tax) if found else 0

    def _dms_assess(self, invoice=None, order=None):
        """:return: the core's ``Assessment``, None without car or price"""
        invoice = self.deal_id._dms_motor_invoice() if invoice is None else invoice
        order = order or self.deal_id.sudo().order_id
        # as above
        line = self.deal_id.sudo().car_line_id
        if not line:
            return None
        prices = self.deal_id.sudo()._dms_lines()._dms_price_of_cars()
        net = invoice.amount_net or sum(prices.mapped("price_subtotal"))
        try:
            purchase = order._dms_purchase(line.product_id, exact(net))
            return assess(replace(purchase, on=self.purchased_on))
        except PurchaseError:
            return None

    @api.depends("spared", "full", "purchased_on")
    @api.depends_context("lang")
    def _compute_relief_note(self):
        for tax in self:
            found = tax.purchased_on and tax._dms_assess()
            tax.relief_note = tax._dms_relief_words(found) if found else False

    def _dms_relief_words(self, found):
        if found.spared:
            return self.env._(
                "%(percent)s %% are spared for this kind of car (%(law)s)",
                percent=found.relief.percent,
                law=found.relief.source.split(":")[0],
            )
        words = {
            "not_in_catalogue": self.env._("the model is not in the catalogue"),
            "electric_range": self.env._("its electric range is too short"),
        }
        if found.refused:
            return self.env._(
                "No relief: %(why)s", why=", ".join(words[why] for why in found.refused)
            )
        return self.env._("No relief for this kind of car")

    @api.depends("purchased_on")
    def _compute_declare_by(self):
        for tax in self:
            tax.declare_by = tax.purchased_on and declare_by(tax.purchased_on)

    @api.depends("declared_on", "paid_on")
    def _compute_state(self):
        for tax in self:
            declared = "declared" if tax.declared_on else "open"
            tax.state = "paid" if tax.paid_on else declared


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    purchase_tax_ids = fields.One2many("dms.purchase.tax", "deal_id", "Purchase Taxes")

    def action_dms_purchase_tax(self):
        """Open the purchase tax of the deal; begin it if there is none."""
        self.ensure_one()
        taxes = self.env["dms.purchase.tax"]
        known = taxes.search([("deal_id", "=", self.id)])
        if not known:
            known = taxes.create({"deal_id": self.id, "company_id": self.company_id.id})
        return known._get_records_action()
