"""Customers who write to the store's WeChat account, and what is answered there."""

from datetime import timedelta

from markupsafe import Markup
from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import formataddr
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.dms_base import delivery

from ..connectors.wechat import MEDIA, SAY
from ..telephone import mobile_in

# The platform takes answers so long after the customer's last message, and so many
# bytes in one.
ANSWERABLE = timedelta(hours=48)
LONGEST = 2048
IMAGES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
}
OF_ACCOUNT = ("dms_wechat_open_id", "dms_wechat_connector_id", "dms_wechat_at")


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead"]

    dms_wechat_open_id = fields.Char(
        "OpenID",
        readonly=True,
        copy=False,
        help="By it the WeChat account knows the customer.",
    )
    dms_wechat_connector_id = fields.Many2one(
        "dms.connector",
        "WeChat Account",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="dms_base.group_dms_group_admin",
    )
    dms_wechat_at = fields.Datetime(
        "Wrote on WeChat",
        readonly=True,
        copy=False,
        help="When the customer wrote last. WeChat takes answers for 48 hours.",
    )
    dms_wechat_until = fields.Datetime(
        "Answer on WeChat Until", compute="_compute_dms_wechat_until"
    )

    _dms_wechat_once = models.UniqueIndex(
        "(dms_wechat_connector_id, dms_wechat_open_id)"
        " WHERE active AND won_status = 'pending' AND dms_wechat_open_id IS NOT NULL",
        "This customer of the WeChat account has an open lead already: work on that.",
    )

    @api.depends("dms_wechat_at")
    def _compute_dms_wechat_until(self):
        for lead in self:
            at = lead.dms_wechat_at
            lead.dms_wechat_until = at and at + ANSWERABLE

    # In

    @api.model
    def _dms_take_wechat(self, connector, said):
        """Put what a customer wrote on the open lead, or on a new one.

        :param connector: of the account that was written to
        :param dict said: ``sender``, ``kind``, ``text``, ``media``
        :return: dict ``lead`` (id, False if there is none) and ``known``
        """
        leads = self.with_context(
            lang=connector.company_id.partner_id.lang,
            mail_notify_force_send=False,  # the platform waits five seconds
        )
        lead = leads._dms_wechat_lead(connector, said["sender"])
        if said["kind"] == "event":
            lead._dms_wechat_event(said["text"])
            return {"lead": lead.id, "known": bool(lead)}
        number = mobile_in(said["text"])
        known = bool(lead)
        if known:
            lead = lead._dms_wechat_numbered(number)
        else:
            lead, known = leads._dms_wechat_new(connector, said["sender"], number)
        lead._dms_wechat_said(connector, said)
        return {"lead": lead.id, "known": known}

    @api.model
    def _dms_wechat_lead(self, connector, open_id):
        # it may have gone to a colleague, or to a sister store
        return self.sudo().search(
            [
                ("dms_wechat_connector_id", "=", connector.id),
                ("dms_wechat_open_id", "=", open_id),
                ("won_status", "=", "pending"),
            ],
            limit=1,
        )

    def _dms_wechat_numbered(self, number):
        """The customer tells the number: if it has an open lead, there is one from now.

        :return: the lead that stays
        """
        twin = self._dms_open_lead(number, self.company_id)
        if twin and twin != self:
            # the one who knows the customer's number goes on
            return (twin | self)._merge_opportunity(user_id=twin.user_id.id)
        if number and not self.phone:
            self.phone = number
        return self

    @api.model
    def _dms_wechat_new(self, connector, open_id, number):
        """:return: as ``_dms_take``

        :raise ConcurrencyError: if the customer's first message is just being taken
        """
        vals = {
            "company_id": connector.company_id.id,
            "dms_channel": "wechat",
            "phone": number,
            "dms_wechat_open_id": open_id,
            "dms_wechat_connector_id": connector.id,
        }
        if not number:
            vals["name"] = self.env._("WeChat customer %s", open_id[-4:])
        try:
            with self.env.cr.savepoint():
                lead, known = self._dms_take(vals)
                lead.flush_recordset()
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error
        return lead, known

    def _dms_wechat_said(self, connector, said):
        """Keep a message in the history, as the customer's, and fetch its image."""
        self.dms_wechat_at = fields.Datetime.now()
        self.message_post(
            body=self._dms_wechat_words(said),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=False,
            email_from=self._dms_wechat_sender(connector),
        )
        if said["kind"] == "image" and said["media"]:
            connector._dms_send(
                MEDIA,
                {"media_id": said["media"]},
                record=self,
                idempotency_key=delivery.derived_key(MEDIA, said["media"]),
            )

    def _dms_wechat_words(self, said):
        kinds = {
            "image": self.env._("[image]"),
            "voice": self.env._("[voice message]"),
            "video": self.env._("[video]"),
            "shortvideo": self.env._("[video]"),
            "location": self.env._("[place]"),
            "link": self.env._("[link]"),
        }
        kind = kinds.get(said["kind"], "")
        return " ".join(filter(None, [kind, said["text"]]))

    def _dms_wechat_sender(self, connector):
        """:return: the customer's name, at an address that mail servers accept"""
        name = self.contact_name or self.partner_id.name or self.name
        email = connector.company_id.email or self.env.user.email_normalized
        return formataddr((name, email or "wechat@localhost"))

    def _dms_wechat_event(self, event):
        """Who unfollows the account cannot be answered there any more."""
        if self and event == "unsubscribe":
            self.dms_wechat_at = False
            self.message_post(
                body=self.env._("The customer no longer follows the WeChat account."),
                subtype_xmlid="mail.mt_note",
            )

    def _dms_wechat_keep(self, media_id, answer):
        """Attach an image that the platform kept.

        :param answer: ``delivery.Answer``
        """
        kind = guess_mimetype(answer.body)
        if kind not in IMAGES or not answer.is_whole:
            body = self.env._("The image cannot be shown: look in WeChat.")
            self.message_post(body=body, subtype_xmlid="mail.mt_note")
            return
        self.message_post(
            body=self.env._("Image of the customer"),
            attachments=[(f"wechat-{media_id[:16]}.{IMAGES[kind]}", answer.body)],
            subtype_xmlid="mail.mt_note",
        )

    def _merge_dependences(self, opportunities):
        """The lead that stays is the one the account writes to."""
        donor = opportunities.filtered("dms_wechat_open_id")[:1]
        if donor and not self.dms_wechat_open_id:
            # which account it is, is kept from who merges
            mine, theirs = self.sudo(), donor.sudo()
            vals = theirs.read(OF_ACCOUNT, load=None)[0]
            theirs.write(dict.fromkeys(OF_ACCOUNT, False))
            theirs.flush_recordset()  # one open lead has it at a time
            mine.write({name: vals[name] for name in OF_ACCOUNT})
        return super()._merge_dependences(opportunities)

    # Out

    def action_dms_wechat(self):
        """Open the window in which the answer is written."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer on WeChat"),
            "res_model": "dms.wechat.answer",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_lead_id": self.id},
        }

    def dms_answer_wechat(self, text):
        """Answer the customer on WeChat; the text leaves after this transaction.

        :raise UserError: if it is empty or too long, if the customer wrote too long ago
            or not there, if the account is not in use
        """
        self.ensure_one()
        self.check_access("write")
        text = (text or "").strip()
        self._dms_check_wechat(text)
        # consultants write to customers, and do not see the account's settings
        connector = self.sudo().dms_wechat_connector_id
        payload = {"open_id": self.dms_wechat_open_id, "text": text}
        connector._dms_send(SAY, payload, record=self)
        self.message_post(
            body=Markup("<b>%s</b> %s") % (self.env._("WeChat:"), text),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _dms_check_wechat(self, text):
        size = len(text.encode())
        if not text:
            raise UserError(self.env._("Write an answer first."))
        if size > LONGEST:
            raise UserError(
                self.env._(
                    "WeChat takes %(most)s bytes, about %(signs)s Chinese characters;"
                    " this answer has %(size)s bytes. Send it in parts.",
                    most=LONGEST,
                    signs=LONGEST // 3,
                    size=size,
                )
            )
        until = self.dms_wechat_until
        if not until or until < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "WeChat takes answers only within 48 hours after the customer"
                    " wrote. Call the customer, or wait for the next message."
                )
            )
        # see dms_answer_wechat
        connector = self.sudo().dms_wechat_connector_id
        if not connector.active or connector.state in ("draft", "paused"):
            raise UserError(
                self.env._(
                    "The store's WeChat account is not in use: a group admin activates"
                    " its connector."
                )
            )

    def _dms_wechat_not_there(self, message):
        """Tell the consultant that the customer has not got an answer.

        :param message: the dead ``dms.outbox.message``
        """
        self.message_post(
            body=self.env._(
                "This answer did not reach the customer on WeChat: “%(text)s”"
                " (%(reason)s). Call, or answer when the customer writes again.",
                text=message._data()["text"],
                reason=message.last_error or "",
            ),
            subtype_xmlid="mail.mt_note",
            partner_ids=self.user_id.partner_id.ids,
        )
