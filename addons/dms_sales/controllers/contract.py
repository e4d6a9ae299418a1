"""The customer's phone: read the contract, get a code, sign it; no login."""

import base64

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from .language import spoken

NOTICE = "dms_contract_notice"
OPTIONS = {"type": "http", "auth": "public", "website": True, "sitemap": False}


class ContractPortal(CustomerPortal):
    @route("/my/contracts/<int:contract_id>", **OPTIONS)
    def portal_contract(self, contract_id, access_token=None, **_ignored):
        """The contract, for whoever has its link."""
        contract_sudo = self._contract(contract_id, access_token)
        if not contract_sudo:
            return request.redirect("/my")
        values = contract_sudo._dms_portal_values()
        values |= {"access_token": access_token, "page_name": "contract"}
        values["notice"] = request.session.pop(NOTICE, None)
        return request.render("dms_sales.portal_contract", values)

    @route("/my/contracts/<int:contract_id>/code", methods=["POST"], **OPTIONS)
    def portal_contract_code(self, contract_id, access_token=None, **_form):
        """Have a code sent."""
        contract_sudo = self._contract(contract_id, access_token)
        if not contract_sudo:
            return request.redirect("/my")
        try:
            self._say("info", contract_sudo._dms_send_code())
        except UserError as error:
            self._say("warning", str(error))
        return request.redirect(f"{contract_sudo.get_portal_url()}#sign")

    @route("/my/contracts/<int:contract_id>/sign", methods=["POST"], **OPTIONS)
    def portal_contract_sign(self, contract_id, access_token=None, **form):
        """Sign."""
        contract_sudo = self._contract(contract_id, access_token)
        if not contract_sudo:
            return request.redirect("/my")
        address = request.httprequest.remote_addr
        try:
            wrong = contract_sudo._dms_customer_signs(
                form.get("drawing"), form.get("code"), form.get("consent"), address
            )
        except UserError as error:
            wrong = str(error)
        if wrong:
            self._say("warning", wrong)
        return request.redirect(f"{contract_sudo.get_portal_url()}#sign")

    @route("/my/contracts/<int:contract_id>/contract.pdf", **OPTIONS)
    def portal_contract_pdf(self, contract_id, access_token=None, **_ignored):
        """The file, with the signatures it has by now."""
        contract_sudo = self._contract(contract_id, access_token)
        content = contract_sudo and (contract_sudo.pdf_signed or contract_sudo.pdf)
        if not content:
            return request.not_found()
        name = f"{contract_sudo._dms_number()}.pdf"
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition(name, "inline")),
        ]
        return request.make_response(base64.b64decode(content), headers)

    def _contract(self, contract_id, access_token):
        """:return: the contract as superuser, None without the right to read it"""
        try:
            found = self._document_check_access(
                "dms.contract", contract_id, access_token
            )
        except (AccessError, MissingError):
            return None
        return spoken(found) if found.sent_at else None

    def _say(self, kind, text):
        request.session[NOTICE] = {"kind": kind, "text": text}
