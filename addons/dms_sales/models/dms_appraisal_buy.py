from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ..trade_in import settle
from .dms_appraisal_value import MANAGER
from .money import exact


class DmsAppraisal(models.Model):
    """An accepted offer becomes a purchase: order, receipt, bill and settlement."""

    _name = "dms.appraisal"
    _inherit = ["dms.appraisal"]

    lender_id = fields.Many2one(
        "res.partner",
        "Lender of the Old Loan",
        index="btree_not_null",
        tracking=True,
        help="Empty: the car is free.",
    )
    payoff = fields.Monetary(
        "Old Loan",
        tracking=True,
        help="What ends it, by the letter of the lender. Paid to the lender.",
    )
    payoff_until = fields.Date("Letter Holds until")
    payoff_letter = fields.Binary("Letter of the Lender", copy=False)
    payoff_letter_name = fields.Char("File Name of the Letter", copy=False)
    bank_id = fields.Many2one(
        "res.partner.bank",
        "Account of the Owner",
        index="btree_not_null",
        domain="[('partner_id', '=', partner_id)]",
        check_company=True,
    )
    reverse_number = fields.Char(
        "Reverse Invoice No.",
        copy=False,
        help="Of the invoice that the store issues for the private seller (反向开票),"
        " or that of the used-car market.",
    )
    purchase_id = fields.Many2one(
        "purchase.order", readonly=True, copy=False, index="btree_not_null"
    )
    bill_id = fields.Many2one(
        "account.move", readonly=True, copy=False, index="btree_not_null"
    )
    settlement_id = fields.Many2one(
        "account.move",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    received_date = fields.Date(related="vehicle_id.received_date")
    to_lender = fields.Monetary("Paid to the Lender", compute="_compute_settlement")
    to_set_off = fields.Monetary(
        "Set off against the New Car", compute="_compute_settlement"
    )
    to_owner = fields.Monetary("Paid to the Owner", compute="_compute_settlement")
    owed = fields.Monetary(
        "Owed by the Owner",
        compute="_compute_settlement",
        help="The old loan is larger than the price.",
    )

    _payoff_positive = models.Constraint(
        "CHECK (COALESCE(payoff, 0) >= 0)", "An old loan is not negative."
    )
    _reverse_number_uniq = models.UniqueIndex(
        "(company_id, reverse_number) WHERE reverse_number IS NOT NULL",
        "Another car was bought with an invoice of this number.",
    )

    @api.depends("price", "payoff", "deal_id.order_id.amount_total")
    def _compute_settlement(self):
        for one in self:
            found = one._dms_settlement()
            one.to_lender, one.to_set_off = float(found.lender), float(found.set_off)
            one.to_owner, one.owed = float(found.owner), float(found.owed)

    def _dms_settlement(self):
        """:return: the core's ``Settlement``; the new car is paid first"""
        # who appraises need not read the deals of colleagues
        due = exact(self.sudo().deal_id.order_id.amount_total)
        return settle(exact(self.price), exact(self.payoff), due)

    # What is missing

    def _dms_missing_papers(self):
        """:return: what an accepted car lacks to be bought"""
        who = self.user_id
        asked = {
            "title": (
                self.title_number,
                self.env._("Enter the number of its registration certificate."),
            ),
            "licence": (
                self.has_licence,
                self.env._("Take over the vehicle licence."),
            ),
            "keys": (self.keys_count, self.env._("Count its keys.")),
            "letter": (
                not self.payoff or (self.lender_id and self.payoff_letter),
                self.env._("Get the letter of the lender on the old loan."),
            ),
            "letter_expired": (
                not self.payoff or self._dms_letter_holds(),
                self.env._("The letter of the lender has expired: get a new one."),
            ),
            "bank": (
                not self.to_owner or self.bank_id,
                self.env._("Enter the account of the owner."),
            ),
        }
        return [
            self._dms_blocker(code, text, who)
            for code, (is_there, text) in asked.items()
            if not is_there
        ]

    def _dms_letter_holds(self):
        today = fields.Date.context_today(self)
        return not self.payoff_until or self.payoff_until >= today

    # Purchase

    def action_buy(self):
        """Order the car from its owner, and expect it by its VIN."""
        for one in self:
            one.check_access("write")
            one._dms_claim()
            one._check_state(("accepted",), self.env._("its owner has not accepted."))
            if not self.env.su and not self.env.user.has_group(MANAGER):
                raise AccessError(self.env._("A sales manager buys used cars."))
            one._dms_check_nothing_missing()
            one._dms_check_car()
            one._dms_buy()
        return True

    def _dms_buy(self):
        orders = self.env["purchase.order"].with_company(self.company_id)
        order = orders.create(self._prepare_purchase())
        order.button_confirm()
        rows = [{"vin": self.vin}]
        result = order.picking_ids.dms_announce(rows)
        if rejected := result["rejected"]:
            raise UserError(rejected[0]["reason"])
        self._go("bought", purchase_id=order.id, product_id=self._dms_product().id)
        self._dms_tell_car()
        self._dms_begin_transfer()

    def _prepare_purchase(self):
        """:return: values of the order from the owner; no VAT, he is no trader"""
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "dms_order_type_id": self.env.ref("dms_vehicle.order_type_used").id,
            "partner_ref": self.name,
            "origin": self.name,
            "order_line": [Command.create(line) for line in self._prepare_lines()],
        }

    def _prepare_lines(self):
        """:return: values of the order's lines: the car, and what it got above worth

        Taken in trade the car stands in stock for its value; the rest of the price is
        what the new car cost less, and the deal bears it.
        """
        worth = self.sudo().value if self.deal_id else self.price
        car = self._dms_product()
        lines = [self._prepare_line(car, worth)]
        difference = self.currency_id.round(self.price - worth)
        if difference:
            product = self.env.ref("dms_sales.product_trade_in_difference")
            lines.append(self._prepare_line(product.product_variant_id, difference))
        return lines

    @api.model
    def _prepare_line(self, product, price):
        return {
            "product_id": product.id,
            "product_qty": 1,
            "price_unit": price,
            "tax_ids": [Command.clear()],
        }

    def _dms_product(self):
        """:return: the model in the catalogue; made for a make nobody sells here"""
        known = self._dms_known_cars()[:1].product_id.with_env(self.env)
        if found := known or self.product_id:
            return found
        # a strange make needs a place in the catalogue, which managers do not keep
        templates = self.env["product.template"].sudo()
        category = self.env.ref("dms_sales.product_category_used").sudo()
        # two stores that buy the same make at once get one model
        category._dms_claim()
        domain = [("name", "=", self.title), ("categ_id", "=", category.id)]
        template = templates.search([*domain, ("dms_kind", "=", self.kind)], limit=1)
        template = template or templates.create(self._prepare_product(category))
        return template.product_variant_id.with_env(self.env)

    def _prepare_product(self, category):
        return {
            "name": self.title,
            "categ_id": category.id,
            "dms_is_vehicle": True,
            "dms_kind": self.kind,
            "dms_model_year": self.model_year,
            "sale_ok": True,
            "purchase_ok": True,
            "list_price": 0,
        }

    def _dms_tell_car(self):
        """Write on the car what was seen on it."""
        # the appraisal proves it; who buys need not correct cars
        car = self._dms_known_cars()[:1]
        if self.odometer_km < car.odometer_km:
            car.dms_replace_odometer(self.odometer_note, self.odometer_km)
        car.write(
            {
                "plate": self.plate or car.plate,
                "odometer_km": self.odometer_km,
                "kind": self.kind,
                "is_used": True,
            }
        )
        if car.company_id == self.company_id:
            self.sudo().vehicle_id = car

    def action_receive(self):
        """The car stands in the yard, with its keys and papers."""
        for one in self:
            one._check_state(("bought",), self.env._("it is not bought yet."))
            pickings = one.purchase_id.picking_ids.filtered("dms_is_open_receipt")
            if not pickings:
                raise UserError(
                    self.env._("%(name)s: the car is in stock already.", name=one.name)
                )
            pickings.button_validate()
            car = one._dms_known_cars()[:1]
            one.sudo().vehicle_id = car
            car._dms_ask_first(one.sudo().market_value)
        return True

    def action_view_purchase(self):
        self.ensure_one()
        return self.env["dms.vehicle"]._open("purchase.order", self.purchase_id)

    # The books

    def action_bill(self):
        """Enter the bill of the owner: the reverse invoice, of the day it bears."""
        for one in self:
            one.check_access("write")
            one._check_state(("bought",), self.env._("it is not bought yet."))
            if not one.reverse_number:
                raise UserError(
                    self.env._(
                        "%(name)s: enter the number of the reverse invoice, or of that"
                        " of the used-car market.",
                        name=one.name,
                    )
                )
            if not one.bill_id:
                one._dms_bill()
        return self.env["dms.vehicle"]._open("account.move", self.bill_id)

    def _dms_bill(self):
        # who keeps the books need not read orders
        order = self.sudo().purchase_id.with_company(self.company_id)
        before = order.invoice_ids
        order.action_create_invoice()
        bill = order.invoice_ids - before
        bill.write(
            {
                "ref": self.reverse_number,
                "invoice_date": fields.Date.context_today(self),
                "partner_bank_id": self.bank_id.id,
            }
        )
        self.sudo().bill_id = bill

    def action_settle(self):
        """Divide what the owner gets: his lender, his new car, himself."""
        for one in self:
            one.check_access("write")
            one._dms_claim()
            if one.bill_id.state != "posted":
                raise UserError(
                    self.env._("%(name)s: post the bill first.", name=one.name)
                )
            if one.settlement_id:
                raise UserError(self.env._("%(name)s is settled.", name=one.name))
            one._dms_settle()
        return True

    def _dms_settle(self):
        """Book it: what remains open on the bill is paid to the owner."""
        invoices = self._dms_open_invoices()
        due = exact(sum(invoices.mapped("amount_residual")))
        found = settle(exact(self.price), exact(self.payoff), due)
        payable = self.bill_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "liability_payable"
        )
        parts = self._prepare_settlement(payable, found, invoices)
        if not parts:
            raise UserError(
                self.env._(
                    "%(name)s: no old loan and no open invoice of a new car: pay the"
                    " bill to the owner.",
                    name=self.name,
                )
            )
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "company_id": self.company_id.id,
                "ref": self.name,
                "line_ids": [Command.create(part) for part in parts],
            }
        )
        entry.action_post()
        self.sudo().settlement_id = entry
        self._dms_reconcile(entry, payable, invoices)

    def _dms_open_invoices(self):
        """:return: lines on which the owner owes for his new car"""
        # the invoices of the deal, for who may post them
        orders = self.sudo().deal_id.order_id
        posted = orders.invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )
        return posted.line_ids.filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and line.amount_residual > 0
            )
        )

    def _prepare_settlement(self, payable, found, invoices):
        """:return: values of the entry's lines: off the owner's account, to others"""
        parts = []
        if off := float(found.lender + found.set_off):
            parts.append((payable.account_id, self.partner_id, off))
        if found.lender:
            parts.append((payable.account_id, self.lender_id, -float(found.lender)))
        if found.set_off:
            debtor = invoices[:1]
            credit = -float(found.set_off)
            parts.append((debtor.account_id, debtor.partner_id, credit))
        return [
            {
                "account_id": account.id,
                "partner_id": partner.id,
                "name": self.display_name,
                "balance": balance,
            }
            for account, partner, balance in parts
        ]

    def _dms_reconcile(self, entry, payable, invoices):
        own = entry.line_ids.filtered(
            lambda line: line.partner_id == self.partner_id and line.balance > 0
        )
        (own | payable).reconcile()
        credit = entry.line_ids.filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable" and line.balance < 0
            )
        )
        if credit:
            (credit | invoices).reconcile()

    @api.constrains("payoff", "lender_id")
    def _check_lender(self):
        for one in self.filtered("payoff"):
            if not one.lender_id:
                raise ValidationError(
                    self.env._("Say who lends the old loan that is paid back.")
                )
