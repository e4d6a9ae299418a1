from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from .listing import Listing, listed

NOTICE = "dms_certificate_notice"
DECISIONS = {
    "release": "dms.certificate.release",
    "handover": "dms.certificate.handover",
}


class CertificatePortal(Listing):
    """A bank's own page: what is pledged to it and what waits for its decision."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "certificate_count" in counters:
            # its rule shows a user only what his own bank has a right in
            count = request.env["dms.certificate"].search_count([])
            values["certificate_count"] = count
        return values

    @listed("certificates")
    def portal_my_certificates(self, page=1, search="", **_ignored):
        papers = request.env["dms.certificate"]
        domain = papers._bank_domain(search)
        found, values = self._page("certificates", papers, domain, page, search)
        values |= {"papers": found._bank_rows(), **papers._bank_waiting()}
        values |= {"notice": request.session.pop(NOTICE, None)}
        return request.render("dms_vehicle.portal_my_certificates", values)

    @route(
        "/my/certificates/<any(release,handover):kind>/<int:document_id>"
        "/<any(accept,refuse):what>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_certificate_decide(
        self, kind, document_id, what, note="", refusal="other", **_ignored
    ):
        document = request.env[DECISIONS[kind]].browse(document_id)
        if what == "accept":
            return self._answer(document.accept, note=note)
        if kind == "handover":
            return self._answer(document.refuse, refusal=refusal, note=note)
        return self._answer(document.refuse, note=note)

    @route(
        "/my/certificates/<int:certificate_id>/send",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_certificate_send(self, certificate_id, tracking="", **_ignored):
        paper = request.env["dms.certificate"].browse(certificate_id)
        return self._answer(paper.send_back, tracking=tracking)

    def _answer(self, step, **arguments):
        """Do a step and go back to the list, which says what came of it."""
        try:
            answer = step(**arguments)
        except (AccessError, MissingError):
            return request.not_found()
        except UserError as error:
            return self._back("danger", str(error))
        message = isinstance(answer, dict) and answer["message"]
        return self._back("success", message or request.env._("Sent."))

    def _back(self, style, text):
        request.session[NOTICE] = {"style": style, "text": text}
        return request.redirect("/my/certificates")
