"""Documents of customers: sent by phone, opened by those who may, noted each time."""

from odoo.exceptions import UserError
from odoo.http import Controller, content_disposition, request, route

from odoo.addons.dms_base.controllers.token_bucket import TokenBuckets
from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.dms_deal_document import MOST_FILES
from ..papers import LARGEST
from .desk import DOCUMENTS_NOTICE

# one address sends what a family has, not what a program does
UPLOADS = TokenBuckets(rate=0.2, burst=60)
MOST_BYTES = MOST_FILES * LARGEST + 1_000_000  # and the rest of the form
HEADERS = [
    # it is a document, whatever it holds: nothing of it runs in the browser
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
    ("Cache-Control", "private, no-store"),
]


def handed_out(file_sudo):
    """:return: the response with a file, to be saved and not to be shown as a page"""
    content = file_sudo._dms_opened()
    name = content_disposition(file_sudo._dms_file_name())
    headers = [("Content-Type", file_sudo.mimetype), ("Content-Disposition", name)]
    return request.make_response(content, headers + HEADERS)


class DocumentsPortal(CustomerPortal):
    @route(
        "/my/deals/<int:deal_id>/documents/<int:document_id>"
        "/<any(upload,withdraw):what>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=MOST_BYTES,
    )
    def portal_document_change(
        self, deal_id, document_id, what, access_token=None, **_form
    ):
        """Send the files of a document, or take them back."""
        deal_sudo = self._deal(deal_id, access_token)
        if not deal_sudo:
            return request.redirect("/my")
        documents = deal_sudo.document_ids
        document = documents.filtered(lambda one: one.id == document_id)
        if not document:
            return request.not_found()
        request.session[DOCUMENTS_NOTICE] = self._document_answer(document, what)
        page = f"/my/deals/{deal_id}"
        url = page if self._my_deal(deal_id) else deal_sudo.get_portal_url()
        return request.redirect(f"{url}#documents")

    def _document_answer(self, document_sudo, what):
        """:return: dict with what the page says then"""
        try:
            # all the files of a form, or none
            with request.env.cr.savepoint():
                if what == "withdraw":
                    document_sudo._dms_withdraw()
                    return self._document_said("info", request.env._("Taken back."))
                self._document_upload(document_sudo)
        except UserError as error:
            return self._document_said("warning", str(error))
        name = document_sudo.kind_id.name
        text = request.env._("%(document)s: sent. Thank you!", document=name)
        return self._document_said("success", text)

    def _document_said(self, kind, text):
        return {"kind": kind, "text": text}

    def _document_upload(self, document_sudo):
        if UPLOADS.take(request.httprequest.remote_addr):
            raise UserError(
                request.env._(
                    "Too many files from this connection: try again in a minute."
                )
            )
        files = request.httprequest.files.getlist("files")
        # a browser sends an empty part where nothing was chosen
        contents = [file.read(LARGEST + 1) for file in files if file.filename]
        user = request.env.user
        sender = user.browse() if user._is_public() else user
        document_sudo._dms_take_files(contents, sender)

    @route(
        "/my/deals/<int:deal_id>/documents/<int:file_id>",
        type="http",
        auth="user",
        website=True,
    )
    def portal_document_file(self, deal_id, file_id, **_ignored):
        """A file of the user's own; the link of a deal alone opens none."""
        files = self._my_deal(deal_id).document_ids.file_ids
        file_sudo = files.filtered(lambda one: one.id == file_id)
        return handed_out(file_sudo) if file_sudo else request.not_found()


class DocumentsOfCustomers(Controller):
    @route("/dms/documents/<int:file_id>", type="http", auth="user")
    def document_file(self, file_id, **_ignored):
        """A file for those of the store who decide on it."""
        found = self._document_file(file_id)
        return handed_out(found.sudo()) if found else request.not_found()

    def _document_file(self, file_id):
        """:return: the file if its document is the user's to decide on, else none"""
        files = request.env["dms.deal.document.file"]
        if not files.has_access("read"):
            return files
        found = files.search([("id", "=", file_id)])
        return found.filtered(lambda one: one.document_id.has_access("write"))
