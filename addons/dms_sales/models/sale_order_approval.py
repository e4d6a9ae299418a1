import hashlib
import json
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.dms_base.money import ZERO

from ..desk import approver, discount_given, gross, needs
from .desk_text import need_text, problem_text
from .dms_deal_limit import RANKS
from .money import exact


class Consent(NamedTuple):
    """:ivar role: the first that may agree, None if nobody may
    :ivar needs: why the user himself may not, ``Need`` of the core; empty if he may
    """

    role: str | None
    needs: list


class SaleOrder(models.Model):
    """What goes beyond somebody's limits is neither sent nor sold without a consent."""

    _name = "sale.order"
    _inherit = ["sale.order"]

    dms_approval_ids = fields.One2many("dms.deal.approval", "order_id", "Consents")

    # Whether a consent is needed

    def _dms_consent(self, sheet=None):
        """:return: the ``Consent`` this variant needs of others than its user"""
        car = self._dms_car_line().product_id
        limits = self.env["dms.deal.limit"]
        ladder = limits._dms_ladder(self.company_id, car.dms_brand_id) if car else []
        if not ladder or self._dms_is_between_stores():
            return Consent(None, [])
        sheet = sheet or self._dms_sheet()
        floor = self._dms_floor()
        own = [
            needs(sheet, limit, floor)
            for limit in ladder
            if RANKS.index(limit.role) <= limits._dms_rank_of(self._dms_asking_user())
        ]
        least = min(own, key=len, default=needs(sheet, ladder[0], floor))
        return Consent(approver(sheet, ladder, floor) if least else None, least)

    def _dms_is_between_stores(self):
        buyer = self.partner_id.commercial_partner_id
        return buyer in self.company_id._dms_sister_stores().partner_id

    def _dms_floor(self):
        """:return: the lowest price of the cars without question, None for none"""
        # the floor is closed to consultants, and holds for them
        cars = self.sudo().with_company(self.company_id).order_line._dms_cars()
        if not any(cars.product_id.mapped("dms_floor_price")):
            return None
        # a car without a floor may cost what it costs
        return sum((line._dms_floor_of_car() for line in cars), ZERO)

    def _dms_asking_user(self):
        """:return: whose limits hold: a customer confirms by those of the seller"""
        user = self.env.user
        return self.user_id if user.share and self.user_id else user

    def _dms_fingerprint(self):
        """:return: what tells one offer from another, as a digest"""
        lines = self.sudo().order_line.filtered(
            # an invoice in advance adds lines, and changes nothing that is offered
            lambda line: line.product_id and not line.is_downpayment
        )
        lines = lines.sorted("id")
        loan, car = self.sudo().dms_loan_ids[:1], self.sudo().dms_trade_in_ids[:1]
        facts = {
            "lines": [
                [line.dms_block, line.product_id.id, line.product_uom_qty]
                + [f"{line.price_total:.2f}"]
                for line in lines
            ],
            "loan": [loan.terms_id.id, f"{loan.amount:.2f}"],
            "trade_in": [f"{car[name]:.2f}" for name in ("allowance", "value")],
        }
        text = json.dumps(facts, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _dms_approved(self, sheet):
        """:return: the consent that covers the offer as it is now"""
        mark = self._dms_fingerprint()
        earned = float(gross(sheet).total)
        return (
            self.sudo()
            .dms_approval_ids.filtered(
                lambda one: (
                    one.state == "approved"
                    and one.fingerprint == mark
                    and earned >= one.gross_total - 0.005
                )
            )[:1]
            .sudo(False)
        )

    # Refusing

    def write(self, vals):
        if vals.get("state") == "sent":
            self._dms_check_offer()
        return super().write(vals)

    def action_confirm(self):
        # a change of the offer by somebody else waits, or is looked at again
        self._dms_claim()
        self._dms_check_offer()
        return super().action_confirm()

    def _dms_check_offer(self):
        """Refuse what needs a consent that is not there, or what nobody may offer."""
        for order in self.filtered(lambda one: one._dms_car_line()):
            sheet = order._dms_sheet()
            consent = order._dms_consent(sheet)
            if consent.needs and not order._dms_approved(sheet):
                raise UserError(order._dms_refusal(consent))
            if order.dms_deal_id and (found := order._dms_problems(sheet)):
                raise UserError(problem_text(self.env, found[0], order._dms_money))

    def _dms_refusal(self, consent):
        reasons = self._dms_reasons(consent)
        # a customer who pays reads no consents
        if self.sudo().dms_approval_ids.filtered(lambda one: one.state == "open"):
            return self.env._(
                "%(order)s waits for a consent: %(reasons)s",
                order=self.name,
                reasons=reasons,
            )
        if not consent.role:
            return self.env._(
                "%(order)s: nobody in this store may agree to that. %(reasons)s",
                order=self.name,
                reasons=reasons,
            )
        return self.env._(
            "%(order)s needs a consent; ask for it on the desk. %(reasons)s",
            order=self.name,
            reasons=reasons,
        )

    def _dms_reasons(self, consent):
        return "\n".join(self._dms_need_texts(consent))

    def _dms_need_texts(self, consent):
        return [need_text(self.env, need, self._dms_money) for need in consent.needs]

    # Asking

    def dms_desk_ask(self, reason):
        """Ask the first role that may agree.

        :param str reason: why this customer should get it
        :return: the sheet
        """
        self._dms_check_open()
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this customer should get it."))
        self._dms_claim()
        sheet = self._dms_sheet()
        consent = self._dms_consent(sheet)
        if not consent.needs or self._dms_approved(sheet):
            raise UserError(self.env._("No consent is needed: you may offer this."))
        if not consent.role:
            raise UserError(self._dms_refusal(consent))
        vals = self._dms_prepare_approval(sheet, consent, reason)
        # a consultant asks, and writes neither the facts nor the decision
        self.env["dms.deal.approval"].sudo().create(vals)._dms_call_approver()
        return self.dms_desk_sheet()

    def _dms_prepare_approval(self, sheet, consent, reason):
        return {
            "order_id": self.id,
            "user_id": self.env.uid,
            "reason": reason.strip(),
            "role": consent.role,
            "needs": self._dms_reasons(consent),
            "given": float(discount_given(sheet)),
            "gross_total": float(gross(sheet).total),
            "fingerprint": self._dms_fingerprint(),
        }

    def dms_desk_decide(self, agrees, note=""):
        """Agree to what is asked for this variant, or refuse.

        :return: the sheet
        """
        self.ensure_one()
        approval = self.dms_approval_ids.filtered(lambda one: one.state == "open")
        if not approval:
            raise UserError(self.env._("This has been decided already."))
        if agrees:
            approval.action_approve(note)
        else:
            approval.action_refuse(note)
        return self.dms_desk_sheet()

    def _dms_after_lines(self):
        res = super()._dms_after_lines()
        # consents are read for what they cover, whoever changes the offer
        for order in self.filtered(lambda one: one.sudo().dms_approval_ids):
            order._dms_let_consents_fall()
        self.filtered(lambda one: one.state == "sent")._dms_take_offer_back()
        return res

    def _dms_take_offer_back(self):
        """What needs a consent by now lies before no customer until it has one."""
        for order in self.filtered(lambda one: one._dms_car_line()):
            sheet = order._dms_sheet()
            if order._dms_consent(sheet).needs and not order._dms_approved(sheet):
                # the offer is the consultant's; that it is taken back is the rule's
                order.sudo().write({"state": "draft"})

    def _dms_let_consents_fall(self):
        mark = self._dms_fingerprint()
        self.sudo().dms_approval_ids.filtered(
            lambda one: one.state in ("open", "approved") and one.fingerprint != mark
        )._dms_fall()

    # What the desk shows

    def _dms_desk_facts(self, sheet):
        return super()._dms_desk_facts(sheet) | {
            "consent": self._dms_desk_consent(sheet) if self._dms_is_staff() else False
        }

    def _dms_is_staff(self):
        return not self.env.user.share

    def _dms_desk_consent(self, sheet):
        consent = self._dms_consent(sheet)
        asked = self.dms_approval_ids.sorted("id")[-1:]
        waiting = asked if asked.state == "open" else asked.browse()
        if not consent.needs and not waiting:
            return False
        if self._dms_approved(sheet):
            state = "approved"
        elif waiting:
            state = "open"
        else:
            state = "needed" if consent.role else "impossible"
        role = asked.role if waiting else consent.role
        names = dict(asked._fields["role"]._description_selection(self.env))
        return {
            "state": state,
            "role": names.get(role, ""),
            "reasons": waiting.needs.split("\n")
            if waiting
            else self._dms_need_texts(consent),
            "reason": waiting.reason or "",
            "note": asked.note or "",
            "was_refused": asked.state == "refused",
            "may_decide": waiting.may_decide,
        }


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line"]

    def _dms_floor_of_car(self):
        """:return: the lowest price of this line, in yuan with VAT"""
        floor = self.product_id.dms_floor_price
        return exact(floor * self.product_uom_qty if floor else self.price_total)
