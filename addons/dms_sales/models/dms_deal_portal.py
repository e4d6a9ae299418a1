import hashlib
from urllib.parse import urlencode

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

LONGEST_NOTE = 2_000
QR_SIZE = {"width": 400, "height": 400}


class DmsDeal(models.Model):
    """The same variants on the customer's phone."""

    _name = "dms.deal"
    _inherit = ["dms.deal"]

    def dms_desk_send(self):
        """Mark the offers as sent.

        :return: dict with the ``url`` for the customer, whose link is the key, and the
            address of a picture of it, ``qr``
        """
        self.ensure_one()
        self.check_access("write")
        offers = self._dms_on_desk()
        if not offers._dms_cars_offered():
            raise UserError(self.env._("Put a car on the desk first."))
        offers.filtered(lambda order: order.state == "draft").action_quotation_sent()
        offers._dms_ask_deposit()
        link = self._dms_portal_link()
        # drawn when it is looked at
        asked = urlencode({"barcode_type": "QR", "value": link, **QR_SIZE})
        return {"url": link, "qr": f"/report/barcode/?{asked}"}

    def _dms_portal_link(self):
        return f"{self.get_base_url()}{self.get_portal_url()}"

    def _dms_portal_values(self, is_mine=False):
        """:param is_mine: whether the customer is logged in, or has the link alone
        :return: what the page shows; of offers only those that were sent
        """
        offers = self.variant_ids.filtered(
            lambda order: order.state in ("sent", "sale")
        )
        if sold := offers.filtered(lambda order: order.state == "sale"):
            offers = sold[:1]
        return {
            "deal": self,
            "store": self.company_id,
            "offers": [order._dms_portal_facts() for order in offers.sorted("id")],
        }

    def _dms_offer(self, order_id):
        """:return: an offer of this deal that still holds"""
        offer = self.variant_ids.filtered(lambda one: one.id == order_id)
        if offer.state != "sent" or offer.is_expired:
            raise UserError(
                self.env._(
                    "This offer no longer holds: ask your consultant for a new one."
                )
            )
        return offer

    def _dms_customer_chooses(self, order_id, note, address):
        """:param int order_id: the variant
        :param str note: what the customer adds
        :param str address: from where, for the record
        :raise UserError: if the offer no longer holds
        """
        self.ensure_one()
        self._dms_claim()
        offer = self._dms_offer(order_id)
        offer.action_dms_choose()
        offer._dms_ask_deposit()
        body = self.env._(
            "The customer chose %(order)s (from %(address)s).",
            order=offer.name,
            address=address,
        )
        self._dms_note_answer(body, note)
        self._dms_log_choice(offer, address)

    def _dms_customer_asks(self, order_id, note, address):
        """Pass on what the customer wants changed; see ``_dms_customer_chooses``."""
        self.ensure_one()
        offer = self._dms_offer(order_id)
        if not note.strip():
            raise UserError(self.env._("Say what you would like to have changed."))
        body = self.env._(
            "The customer asks for a change of %(order)s (from %(address)s).",
            order=offer.name,
            address=address,
        )
        self._dms_note_answer(body, note)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.user_id.id or self.env.uid,
            summary=self.env._("The customer asks for a change"),
            note=plaintext2html(note[:LONGEST_NOTE]),
        )

    def _dms_note_answer(self, body, note):
        text = f"{body}\n{note[:LONGEST_NOTE]}" if note else body
        self.message_post(
            body=plaintext2html(text),
            author_id=self.partner_id.id,
            partner_ids=self.user_id.partner_id.ids,
        )

    def _dms_log_choice(self, offer, address):
        """Say in the log what was chosen, and from where as a digest only."""
        salted = f"{self.access_token}{address}".encode()
        self.env["dms.log.entry"].sudo()._append(
            [
                {
                    "kind": "deal.chosen",
                    "subject": self.name,
                    "company_id": self.company_id.id,
                    "body": {
                        "variant": offer.name,
                        "sheet": offer._dms_fingerprint(),
                        "address": hashlib.sha256(salted).hexdigest(),
                    },
                }
            ]
        )


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order"]

    def _dms_cars_offered(self):
        return self.order_line._dms_cars()

    def _dms_portal_facts(self):
        """:return: what a customer sees of an offer; never what it costs the store"""
        facts = self._dms_desk_facts(self._dms_sheet())
        facts.pop("consent", None)
        return facts | {
            "order": self,
            "monthly_text": self._dms_monthly_text(facts["totals"]),
            "holds": self.state == "sent" and not self.is_expired,
            "valid_until": self.validity_date,
            "deposit": self.dms_deposit and self._dms_deposit_words() or "",
            "deposit_url": self.dms_is_chosen and self._dms_deposit_url(),
        }


class DmsLogEntry(models.Model):
    _name = "dms.log.entry"
    _inherit = ["dms.log.entry"]

    @api.model
    def _kind_names(self):
        chosen = {"deal.chosen": self.env._("Offer chosen by the customer")}
        return super()._kind_names() | chosen
