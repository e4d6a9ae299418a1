"""A customer with a login, another one, and documents that the first is asked for."""

import io

from PIL import Image

from odoo.fields import Command

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .common import _isolated_deal
from .handover_common import HandoverCommon

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer\n%%EOF\n"
LINK_TO_CHECKS = "dms_sales.document_kind_"


def photo(shade=90):
    """Return a JPEG as a phone takes it, only smaller."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), (shade, 120, 150)).save(file, "JPEG")
    return file.getvalue()


class PortalCommon(HandoverCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.portal_user("buyer", cls.customer)
        cls.other = cls.portal_user("other")
        cls.customer.email = "li.na@example.com"

    @classmethod
    def portal_user(cls, login, partner=None):
        """Return a customer who logs in by his name."""
        partner = partner or cls.env["res.partner"].create({"name": login})
        return cls.env["res.users"].create(
            {
                "login": f"{login}@example.com",
                "password": f"{login}@example.com",
                "partner_id": partner.id,
                "company_id": cls.store_a1.id,
                "company_ids": [Command.set(cls.store_a1.ids)],
                "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
            }
        )

    @classmethod
    def offered(cls, partner=None):
        """Return a deal whose customer has an offer."""
        deal = cls.deal(partner)
        cls.variant(deal=deal)
        deal.dms_desk_send()
        return deal

    @classmethod
    def asked(cls, deal=None):
        """Return the documents that a consultant asks for."""
        deal = deal or cls.offered()
        deal.action_dms_ask_documents()
        return deal.document_ids

    @classmethod
    def kind(cls, name):
        return cls.env.ref(f"{LINK_TO_CHECKS}{name}")

    @classmethod
    def id_card(cls, deal=None):
        """Return the document of that kind, asked for."""
        card = cls.kind("id_card")
        return cls.asked(deal).filtered(lambda one: one.kind_id == card)

    @classmethod
    def sent(cls, deal=None, *contents):
        """Return an ID card that the customer has sent."""
        document = cls.id_card(deal)
        document.sudo()._dms_take_files(contents or [photo()], cls.buyer)
        return document


def _isolated_document(case, store):
    deal = _isolated_deal(case, store)
    kind = case.env["dms.deal.document.kind"].create({"name": "Card"})
    return case.env["dms.deal.document"].create(
        {"deal_id": deal.id, "kind_id": kind.id}
    )


def _isolated_document_file(case, store):
    document = _isolated_document(case, store)
    document._dms_take_files([PDF])
    return document.file_ids


ISOLATION_FACTORIES |= {
    "dms.deal.document": _isolated_document,
    "dms.deal.document.file": _isolated_document_file,
}
