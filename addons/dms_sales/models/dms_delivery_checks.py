from odoo import fields, models

PAID = ("paid", "in_payment", "reversed")


class DmsDelivery(models.Model):
    """What documents prove: one method per kind of step.

    ``_dms_missing_KIND`` returns what is missing, in words, False for nothing, and the
    record where it is solved. What it looks at is read as the system: the text names
    no more than who has to solve it must know.
    """

    _name = "dms.delivery"
    _inherit = ["dms.delivery"]

    def _dms_conditions(self):
        """:return: set of the conditions of ``CONDITIONS`` that hold for this deal"""
        order = self.deal_id.sudo().order_id
        blocks = set(self.deal_id.sudo()._dms_lines().mapped("dms_block"))
        met = {"always", "loan" if order.dms_loan_ids else "cash"}
        if order.dms_trade_in_ids:
            met.add("trade_in")
        return met | (blocks & {"accessories", "purchase_tax", "registration"})

    # The car

    def _dms_missing_pdi(self):
        car = self.vehicle_id.sudo()
        if not car or not self.company_id.sudo().dms_pdi_required:
            return False, None
        return car._dms_pdi_refusal(car._dms_pdi_states().get(car.id)) or False, car

    def _dms_missing_certificate(self):
        car = self.vehicle_id.sudo()
        return bool(car) and car._dms_delivery_refusal(car._dms_certificate()), car

    # Money

    def _dms_invoices(self):
        """:return: the posted invoices of the car's order, as sudo"""
        invoices = self.deal_id.sudo().order_id.invoice_ids
        return invoices.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type in ("out_invoice", "out_refund")
            )
        )

    def _dms_missing_money(self):
        line = self.deal_id.sudo().car_line_id
        if line.qty_invoiced < line.product_uom_qty:
            return self.env._("The car is not invoiced yet."), line.order_id
        owing = self._dms_invoices().filtered(
            lambda move: (
                move.move_type == "out_invoice" and move.payment_state not in PAID
            )
        )
        if not owing:
            return False, None
        text = self.env._(
            "%(amount)s of invoice %(names)s is not paid.",
            amount=owing[0].currency_id.format(sum(owing.mapped("amount_residual"))),
            names=", ".join(owing.mapped("name")),
        )
        return text, owing[:1]

    def _dms_missing_lender_paid(self):
        deal = self.deal_id.sudo()
        loan, entry = deal.order_id.dms_loan_ids[:1], deal.lender_move_id
        if not entry or entry.state != "posted":
            text = self.env._(
                "The loan of %(amount)s is not charged to %(lender)s yet.",
                amount=loan.currency_id.format(loan.amount),
                lender=loan.terms_id.lender_id.name,
            )
            return text, deal
        owing = entry.line_ids.filtered(lambda line: line.amount_residual > 0)
        if not owing:
            return False, None
        text = self.env._(
            "%(lender)s has not paid out %(amount)s yet.",
            lender=owing[0].partner_id.name,
            amount=loan.currency_id.format(sum(owing.mapped("amount_residual"))),
        )
        return text, entry

    # Papers

    def _dms_missing_motor_invoice(self):
        deal = self.deal_id.sudo()
        if deal._dms_motor_invoice():
            return False, None
        known = deal.motor_invoice_ids.filtered("is_standing")[:1]
        texts = {
            "sent": self.env._("The motor invoice waits for its number."),
            "refused": self.env._(
                "The tax platform refused the motor invoice: %(why)s",
                why=known.answer or "",
            ),
        }
        missing = self.env._("The motor invoice is not issued.")
        return texts.get(known.state, missing), known or deal

    def _dms_missing_purchase_tax(self):
        deal = self.deal_id.sudo()
        tax = deal.purchase_tax_ids[:1]
        if tax.state == "paid":
            return False, None
        if not tax:
            return self.env._("The purchase tax is not declared."), deal
        text = self.env._(
            "Purchase tax of %(amount)s is not paid; declare it by %(day)s.",
            amount=tax.currency_id.format(tax.amount),
            day=tax.declare_by,
        )
        return text, tax

    def _dms_missing_insurance(self):
        deal = self.deal_id.sudo()
        today = fields.Date.context_today(self)
        valid = deal.policy_ids.filtered(
            lambda one: one.kind == "compulsory" and one.date_to >= today
        )
        if valid:
            return False, None
        return self.env._("No compulsory insurance that is valid is entered."), deal

    def _dms_missing_plate(self):
        deal = self.deal_id.sudo()
        today = fields.Date.context_today(self)
        registration = deal.registration_ids[:1]
        temporary = registration.temporary_ids.filtered(
            lambda one: one.date_from <= today <= one.date_to
        )
        if temporary or registration.state == "registered":
            return False, None
        text = self.env._("The car has neither plates nor valid temporary plates.")
        return text, registration or deal

    def _dms_missing_mortgage(self):
        registration = self.deal_id.sudo().registration_ids[:1]
        if registration.mortgaged_on:
            return False, None
        text = self.env._("The mortgage for the lender is not registered.")
        return text, registration or self.deal_id.sudo()
