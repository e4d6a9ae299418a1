import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

LONGEST_NOTE = 2_000


class DmsAppraisal(models.Model):
    """The offer for the car: good for some days, accepted by phone or at the desk."""

    _name = "dms.appraisal"
    _inherit = ["dms.appraisal"]

    offered_at = fields.Datetime("Offered on", readonly=True, copy=False)
    valid_until = fields.Date("Holds until", readonly=True, copy=False, tracking=True)
    answered_at = fields.Datetime("Answered on", readonly=True, copy=False)
    answer = fields.Text("What the Owner Says", copy=False)
    is_expired = fields.Boolean(
        "Expired", compute="_compute_is_expired", search="_search_is_expired"
    )
    offer_url = fields.Char("Link for the Owner", compute="_compute_offer_url")

    @api.depends("state", "valid_until")
    @api.depends_context("tz")
    def _compute_is_expired(self):
        today = fields.Date.context_today(self)
        for one in self:
            waits = one.state == "offered" and one.valid_until
            one.is_expired = bool(waits and one.valid_until < today)

    @api.model
    def _search_is_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        expired = Domain("state", "=", "offered") & Domain("valid_until", "<", today)
        return expired if True in value else ~expired

    @api.depends("state", "access_token")
    def _compute_offer_url(self):
        for one in self:
            # the link is the key; who may read the offer may hand it out
            token = one.sudo().access_token
            url = f"{one.get_base_url()}{one.access_url}?access_token={token}"
            one.offer_url = token and one.offered_at and url

    def action_offer(self):
        """Make the offer: from now on the owner may accept it by its link."""
        for one in self:
            one.check_access("write")
            one._dms_claim()
            one._check_state(("valued",), self.env._("it is not valued yet."))
            one._portal_ensure_token()
            today = fields.Date.context_today(one)
            days = one.company_id.sudo().dms_appraisal_days
            one._go(
                "offered",
                offered_at=fields.Datetime.now(),
                valid_until=fields.Date.add(today, days=days),
            )
            one._dms_onto_the_deal()
        return True

    def action_accept(self):
        """The owner has accepted at the desk."""
        for one in self:
            one.check_access("write")
            one._dms_accept()
        return True

    def _dms_accept(self):
        self._dms_claim()
        self._dms_check_holds()
        self._go("accepted", answered_at=fields.Datetime.now())
        self._dms_onto_the_deal()

    def _dms_check_holds(self):
        """Refuse an offer that was answered, withdrawn, or has expired."""
        self._check_state(("offered",), self.env._("this offer no longer holds."))
        for one in self.filtered("is_expired"):
            raise UserError(
                self.env._(
                    "%(name)s: this offer held until %(day)s. Have the car valued"
                    " again.",
                    name=one.name,
                    day=one.valid_until,
                )
            )

    def action_refuse(self):
        """The owner keeps his car."""
        for one in self:
            one.check_access("write")
            one._dms_refuse()
        return True

    def _dms_refuse(self):
        self._dms_claim()
        self._check_state(
            ("offered", "accepted"), self.env._("this offer no longer holds.")
        )
        self._go("refused", answered_at=fields.Datetime.now())
        self._dms_off_the_deal()

    # The owner's phone

    def _dms_portal_values(self):
        """:return: what the owner's page and paper show; nothing of the valuation"""
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("grade", "use")
        }
        return {
            "appraisal": self,
            "store": self.company_id,
            "grade": labels["grade"].get(self.grade, ""),
            "damages": [line._dms_words() for line in self.damage_ids],
            "holds": self.state == "offered" and not self.is_expired,
            "photos": self.photo_line_ids.filtered("image"),
            "paid_out": self.price - self.payoff,
        }

    def _dms_customer_answers(self, accepts, note, address):
        """:param bool accepts: or keeps his car
        :param str note: what he adds
        :param str address: from where, for the record
        :raise UserError: if the offer no longer holds
        """
        self.ensure_one()
        self._dms_claim()
        self._dms_check_holds()
        if accepts:
            self._dms_accept()
            body = self.env._("The owner accepted the offer (from %s).", address)
        else:
            self._dms_refuse()
            body = self.env._("The owner declined the offer (from %s).", address)
        self.answer = note[:LONGEST_NOTE] or self.answer
        self.message_post(
            body=plaintext2html(f"{body}\n{note[:LONGEST_NOTE]}"),
            author_id=self.partner_id.id,
            partner_ids=self.user_id.partner_id.ids,
        )
        self._dms_log_answer(accepts, address)

    def _dms_log_answer(self, accepts, address):
        """Say in the log what was answered, and from where as a digest only."""
        salted = f"{self.access_token}{address}".encode()
        self.env["dms.log.entry"].sudo()._append(
            [
                {
                    "kind": "appraisal.accepted" if accepts else "appraisal.declined",
                    "subject": self.vin,
                    "company_id": self.company_id.id,
                    "body": {
                        "appraisal": self.name,
                        "price": f"{self.price:.2f}",
                        "address": hashlib.sha256(salted).hexdigest(),
                    },
                }
            ]
        )


class DmsAppraisalDamage(models.Model):
    _name = "dms.appraisal.damage"
    _inherit = ["dms.appraisal.damage"]

    def _dms_words(self):
        """:return: dict of what a damage is called; without what its repair costs"""
        self.ensure_one()
        words = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("panel", "kind", "size")
        }
        return {name: labels.get(self[name], "") for name, labels in words.items()}


class DmsLogEntry(models.Model):
    _name = "dms.log.entry"
    _inherit = ["dms.log.entry"]

    @api.model
    def _kind_names(self):
        names = {
            "appraisal.accepted": self.env._("Offer for a used car accepted"),
            "appraisal.declined": self.env._("Offer for a used car declined"),
        }
        return super()._kind_names() | names
