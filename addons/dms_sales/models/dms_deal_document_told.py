from odoo import models

from ..telephone import NotANumber, national, normalise
from ..telephone.number import CHINA, MOBILE
from .sms_gateway import CODE

SENDS = ("active", "broken")


class DmsDeal(models.Model):
    """How a customer is told what is asked for: by mail, and by text message."""

    _name = "dms.deal"
    _inherit = ["dms.deal"]

    def _dms_tell_asked(self):
        """Tell the customer which documents are asked for, as far as he is reached."""
        self.ensure_one()
        if self.partner_id.email:
            template = self.env.ref("dms_sales.mail_template_documents_asked")
            # who asks need not be allowed to read templates
            template.sudo().send_mail(self.id)
        self._dms_text("documents_asked", self._dms_documents_missing())

    def _dms_text(self, template, documents):
        """Send a text message, where the store has a gateway and he a mobile phone.

        The message names documents and bears no link: messages are kept, and a link
        is a key. The customer has the link of his deal.

        :param str template: name of the template that the gateway approved
        :return: whether one leaves
        """
        gateway = self.env["dms.connector"]._dms_find(CODE, self.company_id)
        mobile = self._dms_mobile()
        if gateway.state not in SENDS or not mobile or not documents:
            return False
        lang = self.partner_id.lang
        names = documents.with_context(lang=lang).kind_id.mapped("name")
        params = {"store": self.company_id.name, "documents": "、".join(names)}
        payload = {"mobile": mobile, "template": template, "params": params}
        gateway._dms_send("document.note", payload, self)
        return True

    def _dms_mobile(self):
        """:return: the customer's Chinese mobile number, empty if he has none"""
        try:
            number = normalise(self.partner_id.phone or "")
        except NotANumber:
            return ""
        local = national(number)
        is_mobile = number.startswith(CHINA) and MOBILE.fullmatch(local)
        return local if is_mobile else ""


class DmsDealDocument(models.Model):
    _name = "dms.deal.document"
    _inherit = ["dms.deal.document"]

    def _dms_tell_returned(self):
        """Tell customers what is to be sent again, and why."""
        template = self.env.ref("dms_sales.mail_template_document_returned")
        for document in self:
            if document.partner_id.email:
                # who decides need not be allowed to read templates
                template.sudo().send_mail(document.id)
            document.deal_id._dms_text("document_returned", document)
