"""What a contract says: clauses chosen by the deal, words filled in, then a PDF."""

import base64
import hashlib
import re

from odoo import fields, models
from odoo.exceptions import UserError

from ..contract import ContractError, Facts, fill
from ..earnest import Deposit
from ..motor_invoice import capitals
from .money import exact

CHINESE, ENGLISH = "zh_CN", "en_US"
PHONE = re.compile(r"\+?[0-9]{8,15}")
REPORT = "dms_sales.action_report_contract"


class DmsContract(models.Model):
    _name = "dms.contract"
    _inherit = ["dms.contract"]

    def action_dms_send(self):
        """Fix the text, print it, and let the customer sign it.

        :return: what shows the link
        """
        self.ensure_one()
        self.check_access("write")
        self._dms_claim()
        # nobody writes by hand with whom a contract is
        self.sudo().partner_id = self.deal_id.partner_id
        self._dms_check_sendable()
        self._dms_fix_text()
        pdf = self._dms_print()
        # nobody writes by hand what happened to a contract
        self.sudo().write(
            {
                "pdf": base64.b64encode(pdf),
                "pdf_digest": hashlib.sha256(pdf).hexdigest(),
                "sent_at": fields.Datetime.now(),
            }
        )
        self._dms_log("contract.sent", template=self.template_version)
        self._dms_replace_previous()
        return True

    def _dms_check_sendable(self):
        order = self.order_id
        if self.state != "draft":
            raise UserError(self.env._("This version has been sent already."))
        if order != self.deal_id.order_id or not order._dms_car_line():
            raise UserError(
                self.env._("Choose the variant that the contract is about first.")
            )
        order._dms_check_offer()
        if not PHONE.fullmatch(self._dms_phone()):
            raise UserError(
                self.env._(
                    "Enter the mobile number of %(customer)s: the code for the "
                    "signature is sent there.",
                    customer=self.partner_id.name,
                )
            )

    def _dms_phone(self):
        return re.sub(r"[\s()-]", "", self.partner_id.phone or "")

    def _dms_fix_text(self):
        clauses = self.template_id.clause_ids._dms_of(self._dms_facts())
        if not clauses:
            raise UserError(
                self.env._(
                    "%(template)s has no clause for such a deal: ask the store manager "
                    "to add them.",
                    template=self.template_id.name,
                )
            )
        self.sudo().write(
            {
                "content": {"clauses": self._dms_clauses(clauses)},
                "template_version": self.template_id.version,
                "fingerprint": self.order_id._dms_fingerprint(),
                "phone": self._dms_phone(),
            }
        )

    def _dms_languages(self):
        """:return: the language that binds, then the one it is explained in"""
        active = dict(self.env["res.lang"].get_installed())
        both = [code for code in (CHINESE, ENGLISH) if code in active]
        return both or [self.env.lang or ENGLISH]

    def _dms_clauses(self, clauses):
        """:return: list of dicts: ``strong``, and ``texts``: a pair of heading and
        terms by language, the binding one first
        """
        languages = self._dms_languages()
        words = {code: self.with_context(lang=code)._dms_words() for code in languages}
        return [
            {
                "strong": clause.is_highlighted,
                "texts": [
                    clause.with_context(lang=code)._dms_text(words[code])
                    for code in languages
                ],
            }
            for clause in clauses.sorted()
        ]

    def _dms_facts(self):
        """:return: what the core has to know to choose clauses"""
        order = self.order_id
        product = order._dms_car_line().product_id
        return Facts(
            car=order._dms_condition(),
            energy="electric" if product.dms_energy == "electric" else "fuel",
            deposit=order.dms_deposit_kind if order.dms_deposit else "none",
            loan=bool(order.dms_loan_ids),
            trade_in=bool(order.dms_trade_in_ids),
        )

    def _dms_words(self):
        """:return: what is filled in, by word; empty where the deal has none"""
        order = self.order_id.with_context(lang=self.env.lang)
        car = order._dms_desk_car()
        loan, old = order.dms_loan_ids[:1], order.dms_trade_in_ids[:1]
        money = order._dms_money
        deposit = self._dms_deposit()
        return {
            "store": self.company_id.name,
            "customer": self.partner_id.name,
            "model": car["name"],
            "vin": car["vin"] or self.env._("to be named before delivery"),
            "price": money(order.amount_total),
            "price_words": self._dms_capitals(order.amount_total),
            "deposit": money(deposit.paid),
            "binding": money(deposit.binding),
            "rest": money(deposit.advance),
            "delivery": self.delivery or self.env._("to be agreed in writing"),
            "lender": loan.terms_id.lender_id.name or "",
            "financed": money(loan.amount) if loan else "",
            "old_car": old.name or "",
            "allowance": money(old.allowance) if old else "",
            "date": fields.Date.context_today(self).isoformat(),
        }

    def _dms_deposit(self):
        order = self.order_id
        return Deposit(
            max(exact(order.amount_total), exact(0.01)),
            exact(order.dms_deposit),
            order.dms_deposit_kind or "advance",
        )

    def _dms_capitals(self, amount):
        if (self.env.lang or "").startswith("zh"):
            return capitals(exact(amount))
        return self.currency_id.amount_to_text(amount)

    # On paper

    def _dms_print(self):
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _kind = report._render_qweb_pdf(REPORT, self.ids)
        return content

    def _dms_paper_facts(self):
        """:return: what the paper and the page show of the offer"""
        return self.order_id._dms_quote_facts()

    def _dms_check_url(self):
        """:return: address where anybody checks this document"""
        return f"{self.get_base_url()}/contract/check?number={self._dms_number()}"

    def _dms_replace_previous(self):
        previous = self.previous_id
        previous._dms_log("contract.replaced", by=self._dms_number())
        for one in previous:
            one.message_post(
                body=self.env._("Replaced by %(number)s.", number=self._dms_number())
            )


class DmsContractClause(models.Model):
    _name = "dms.contract.clause"
    _inherit = ["dms.contract.clause"]

    def _dms_text(self, words):
        """:return: heading and terms with the words filled in"""
        try:
            return [fill(self.name, words), fill(self.body, words)]
        except ContractError as error:
            raise UserError(
                self.env._(
                    "The clause “%(clause)s” needs {%(word)s}, and this deal has none: "
                    "correct the deal, or when the clause applies.",
                    clause=self.name,
                    word=error.params["name"],
                )
            ) from error


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order"]

    def _dms_condition(self):
        """:return: ``new`` or ``used``, what the car of this order is"""
        return "new"
