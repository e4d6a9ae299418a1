"""The customer's phone: variants side by side, one choice, no login."""

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from .language import spoken

NOTICE = "dms_desk_notice"
DOCUMENTS_NOTICE = "dms_documents_notice"


class DeskPortal(CustomerPortal):
    @route("/my/deals/<int:deal_id>", type="http", auth="public", website=True)
    def portal_deal(self, deal_id, access_token=None, **_ignored):
        """The offers of a deal, for whoever has its link."""
        deal_sudo = self._deal(deal_id, access_token)
        if not deal_sudo:
            return request.redirect("/my")
        values = deal_sudo._dms_portal_values(is_mine=bool(self._my_deal(deal_id)))
        values |= {"access_token": access_token, "page_name": "deal"}
        values["notice"] = request.session.pop(NOTICE, None)
        values["documents_notice"] = request.session.pop(DOCUMENTS_NOTICE, None)
        return request.render("dms_sales.portal_deal", values)

    @route(
        "/my/deals/<int:deal_id>/<any(choose,ask):what>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_deal_answer(self, deal_id, what, access_token=None, **form):
        """Choose a variant, or ask for a change."""
        deal_sudo = self._deal(deal_id, access_token)
        if not deal_sudo:
            return request.redirect("/my")
        address = request.httprequest.remote_addr
        variant, note = _number(form.get("variant")), form.get("note", "")
        try:
            if what == "choose":
                deal_sudo._dms_customer_chooses(variant, note, address)
            else:
                deal_sudo._dms_customer_asks(variant, note, address)
        except UserError as error:
            request.session[NOTICE] = str(error)
        return request.redirect(deal_sudo.get_portal_url())

    @route(
        "/my/deals/<int:deal_id>/<int:order_id>.pdf",
        type="http",
        auth="public",
        website=True,
    )
    def portal_deal_pdf(self, deal_id, order_id, access_token=None, **_ignored):
        """One offer as PDF."""
        deal_sudo = self._deal(deal_id, access_token)
        offer = deal_sudo and deal_sudo.variant_ids.filtered(
            lambda order: order.id == order_id and order.state in ("sent", "sale")
        )
        if not offer:
            return request.not_found()
        return self._show_report(
            offer, "pdf", "dms_sales.action_report_offer", download=True
        )

    def _my_deal(self, deal_id):
        """:return: the deal as superuser if it is the user's own, else an empty one"""
        return request.env["dms.deal"]._dms_mine(deal_id)

    def _deal(self, deal_id, access_token):
        if mine := self._my_deal(deal_id):
            return mine
        try:
            deal = self._document_check_access("dms.deal", deal_id, access_token)
            return spoken(deal)
        except (AccessError, MissingError):
            return None


def _number(text):
    return int(text) if text and text.isdecimal() else 0
