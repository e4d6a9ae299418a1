"""The owner's phone: what his car is worth, accepted or declined; no login."""

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

NOTICE = "dms_appraisal_notice"
OPTIONS = {"type": "http", "auth": "public", "website": True, "sitemap": False}


class AppraisalPortal(CustomerPortal):
    @route("/my/appraisals/<int:appraisal_id>", **OPTIONS)
    def portal_appraisal(self, appraisal_id, access_token=None, **_ignored):
        """The offer for a used car, for whoever has its link."""
        appraisal_sudo = self._dms_appraisal(appraisal_id, access_token)
        if not appraisal_sudo:
            return request.redirect("/my")
        values = appraisal_sudo._dms_portal_values()
        values |= {"access_token": access_token, "page_name": "appraisal"}
        values["notice"] = request.session.pop(NOTICE, None)
        return request.render("dms_sales.portal_appraisal", values)

    @route(
        "/my/appraisals/<int:appraisal_id>/<any(accept,decline):what>",
        methods=["POST"],
        **OPTIONS,
    )
    def portal_appraisal_answer(self, appraisal_id, what, access_token=None, **form):
        """Accept, or keep the car."""
        appraisal_sudo = self._dms_appraisal(appraisal_id, access_token)
        if not appraisal_sudo:
            return request.redirect("/my")
        address = request.httprequest.remote_addr
        try:
            appraisal_sudo._dms_customer_answers(
                what == "accept", form.get("note", ""), address
            )
        except UserError as error:
            request.session[NOTICE] = str(error)
        return request.redirect(appraisal_sudo.get_portal_url())

    @route("/my/appraisals/<int:appraisal_id>/photo/<int:photo_id>", **OPTIONS)
    def portal_appraisal_photo(self, appraisal_id, photo_id, access_token=None):
        """One photo of the car, small."""
        appraisal_sudo = self._dms_appraisal(appraisal_id, access_token)
        photos = appraisal_sudo and appraisal_sudo.photo_line_ids
        photo = photos and photos.filtered(lambda one: one.id == photo_id)
        if not photo:
            return request.not_found()
        stream = request.env["ir.binary"]._get_image_stream_from(
            photo, "image", width=512, height=512
        )
        return stream.get_response()

    @route("/my/appraisals/<int:appraisal_id>/offer.pdf", **OPTIONS)
    def portal_appraisal_pdf(self, appraisal_id, access_token=None, **_ignored):
        """The offer on paper."""
        appraisal_sudo = self._dms_appraisal(appraisal_id, access_token)
        if not appraisal_sudo:
            return request.not_found()
        return self._show_report(
            appraisal_sudo, "pdf", "dms_sales.action_report_appraisal", download=True
        )

    def _dms_appraisal(self, appraisal_id, access_token):
        """:return: the appraisal as superuser, None without the right to read it, or
        before there is an offer
        """
        try:
            found = self._document_check_access(
                "dms.appraisal", appraisal_id, access_token
            )
        except (AccessError, MissingError):
            return None
        return found if found.offered_at else None
