import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.dms_base.models.conversation import conversation_fields

from ..papers import EXTENSIONS, PaperError, check_file
from .deal_document_words import STATES, refusal

MOST_FILES = 6
BY_HAND = {"reason", "note", "new_file"}
ASKED = {"deal_id", "kind_id", "note", "is_needed"}


class DmsDealDocument(models.Model):
    """A document of a customer, from the moment it is asked for.

    Where it stands follows from what happened: nobody types it. Its files are
    encrypted, each time somebody opens one the audit notes it, and they go some time
    after the deal is over.
    """

    _name = "dms.deal.document"
    _description = "Customer Document"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "deal_id desc, sequence, id"
    _rec_names_search = ["kind_id.name", "deal_id.name", "partner_id.name"]

    deal_id = fields.Many2one(
        "dms.deal", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="deal_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    partner_id = fields.Many2one(
        related="deal_id.partner_id", store=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        related="deal_id.user_id", store=True, index="btree_not_null"
    )
    kind_id = fields.Many2one(
        "dms.deal.document.kind", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="kind_id.sequence", store=True)
    hint = fields.Char(related="kind_id.hint")
    note = fields.Char("Note for the Customer")
    is_needed = fields.Boolean(
        "Needed before the Delivery",
        compute="_compute_is_needed",
        store=True,
        readonly=False,
        precompute=True,
    )
    file_ids = fields.One2many("dms.deal.document.file", "document_id", "Files")
    file_count = fields.Integer("Number of Files", compute="_compute_file_count")
    new_file = fields.Binary(
        "Add a File",
        compute="_compute_new_file",
        inverse="_inverse_new_file",
        help="A photo (JPEG, PNG) or a PDF of at most 10 MB. It is encrypted.",
    )
    uploaded_at = fields.Datetime("Sent on", readonly=True, copy=False)
    uploaded_by_id = fields.Many2one(
        "res.users",
        "Sent by",
        readonly=True,
        copy=False,
        help="Empty: by the link of the customer, without login.",
    )
    accepted_at = fields.Datetime("Accepted on", readonly=True, copy=False)
    returned_at = fields.Datetime("Returned on", readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False
    )
    reason = fields.Char(
        "Why It Is Returned", copy=False, help="The customer reads it."
    )
    gone_at = fields.Datetime("Files Removed on", readonly=True, copy=False)
    state = fields.Selection(
        STATES,
        "Status",
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
        group_expand="_dms_expand_state",
    )

    _one_per_kind = models.UniqueIndex(
        "(deal_id, kind_id)", "This document is asked for already."
    )
    _state_idx = models.Index("(company_id, state, id DESC)")

    # Computed fields

    @api.depends("kind_id")
    def _compute_is_needed(self):
        for document in self:
            document.is_needed = document.kind_id.is_needed

    @api.depends("file_ids")
    def _compute_file_count(self):
        for document in self:
            document.file_count = len(document.file_ids)

    def _compute_new_file(self):
        self.new_file = False

    def _inverse_new_file(self):
        for document in self.filtered("new_file"):
            document._dms_take_files([base64.b64decode(document.new_file)])
        self.invalidate_recordset(["new_file"], flush=False)

    @api.depends("uploaded_at", "accepted_at", "returned_at", "gone_at")
    def _compute_state(self):
        for document in self:
            document.state = document._dms_state()

    def _dms_state(self):
        if self.gone_at:
            return "gone"
        if self.accepted_at:
            return "accepted"
        if self.returned_at:
            return "returned"
        return "uploaded" if self.uploaded_at else "asked"

    @api.depends("kind_id.name", "deal_id.name")
    def _compute_display_name(self):
        for document in self:
            parts = (document.kind_id.name, document.deal_id.sudo().name)
            document.display_name = " · ".join(part for part in parts if part)

    # Rules

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._dms_check_by_hand(vals, ASKED | BY_HAND | {"company_id"})
        return super().create(vals_list)

    def write(self, vals):
        self._dms_check_by_hand(vals, BY_HAND | {"is_needed"})
        return super().write(vals)

    @api.model
    def _dms_check_by_hand(self, vals, allowed):
        if not self.env.su and vals.keys() - allowed - conversation_fields(self.env):
            raise AccessError(
                self.env._("What happened to a document is not written by hand.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_with_files(self):
        if self.filtered(lambda one: one.state == "accepted") and not self.env.su:
            raise UserError(
                self.env._("What was accepted stays until the deal is over.")
            )
        # by the ORM: the encrypted contents go, too
        self.sudo().file_ids.unlink()

    # Files

    def _dms_take_files(self, contents, user=None):
        """Take the files of a document, all of them or none.

        What was returned is replaced; what nobody has looked at yet is added to.

        :param contents: list of bytes
        :param user: who sends them, if not the current user; empty for a visitor
        :raise UserError: says what to send instead
        """
        self.ensure_one()
        self._dms_claim()
        self._dms_check_open()
        kinds = self._dms_kinds_of(contents)
        # files are closed to everybody; this document says who may
        document = self.sudo()
        if self.state == "returned":
            document.file_ids.unlink()
        if len(document.file_ids) + len(contents) > MOST_FILES:
            raise UserError(refusal(self.env, "many", MOST_FILES))
        for content, kind in zip(contents, kinds, strict=True):
            document._dms_keep(content, kind)
        document._dms_note_upload(self.env.user if user is None else user)

    def _dms_kinds_of(self, contents):
        if not contents:
            raise UserError(refusal(self.env, "none", 0))
        kinds = []
        for number, content in enumerate(contents, 1):
            try:
                kinds.append(check_file(content))
            except PaperError as error:
                text = refusal(self.env, error.code, number)
                raise UserError(text) from error
        return kinds

    def _dms_keep(self, content, kind):
        file = self.file_ids.create({"document_id": self.id})
        file._dms_put(content, kind)

    def _dms_note_upload(self, user):
        self.write(
            {
                "uploaded_at": fields.Datetime.now(),
                "uploaded_by_id": user.id,
                "returned_at": False,
                "decided_by_id": False,
                "reason": False,
            }
        )
        self.deal_id._dms_call_to_look()

    def _dms_check_open(self):
        if self.state == "accepted":
            raise UserError(
                self.env._("This document was accepted: nothing more is needed.")
            )
        if self.state == "gone" or self.deal_id.sudo().state == "cancelled":
            raise UserError(self.env._("This deal is over: nothing more is needed."))

    def _dms_withdraw(self):
        """Let the customer take back what nobody has decided on yet."""
        self.ensure_one()
        self._dms_claim()
        if self.state != "uploaded":
            raise UserError(
                self.env._("This document was looked at already: ask your consultant.")
            )
        document = self.sudo()  # see _dms_take_files
        document.file_ids.unlink()
        document.write({"uploaded_at": False, "uploaded_by_id": False})

    # Decisions

    def action_accept(self):
        """Say that it is what was asked for."""
        self._dms_decide({"accepted_at": fields.Datetime.now(), "reason": False})

    def action_return(self):
        """Ask for it again; the customer reads why."""
        if without := self.filtered(lambda one: not (one.reason or "").strip()):
            raise UserError(
                self.env._(
                    "%(document)s: write why it is returned, the customer reads it.",
                    document=without[0].display_name,
                )
            )
        self._dms_decide({"returned_at": fields.Datetime.now()})
        self._dms_tell_returned()

    def _dms_decide(self, vals):
        self.check_access("write")
        self._dms_claim()
        if other := self.filtered(lambda one: one.state != "uploaded"):
            raise UserError(
                self.env._(
                    "%(document)s: only what was sent can be accepted or returned.",
                    document=other[0].display_name,
                )
            )
        # nobody writes by hand what happened
        self.sudo().write(vals | {"decided_by_id": self.env.uid})
        self.deal_id._dms_call_to_look()

    def action_dms_view_deal(self):
        self.ensure_one()
        return self.deal_id._get_records_action()


class DmsDealDocumentFile(models.Model):
    """One file of a document; everybody reaches it through its document alone."""

    _name = "dms.deal.document.file"
    _description = "File of a Customer Document"
    _inherit = ["dms.store.mixin", "dms.sealed.file"]
    _order = "id"

    document_id = fields.Many2one(
        "dms.deal.document", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="document_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    is_image = fields.Boolean(compute="_compute_is_image")

    @api.depends("mimetype")
    def _compute_is_image(self):
        for file in self:
            file.is_image = (file.mimetype or "").startswith("image/")

    @api.depends("document_id.kind_id.name")
    def _compute_display_name(self):
        for file in self:
            name = file.document_id.sudo().kind_id.name or ""
            file.display_name = f"{name} {file.id or ''}".strip()

    def _dms_file_name(self):
        """:return: what a browser calls the file; not what its sender called it"""
        return f"{self.display_name}.{EXTENSIONS.get(self.mimetype, 'bin')}"

    def _dms_opened(self):
        """Open the file for a person, and note in the audit who did.

        :return: bytes; the caller has checked that he may
        """
        self.ensure_one()
        # the entry names the user; he need not have a right of staff
        document = self.sudo().document_id
        self.env["dms.audit.entry"]._note("reveal", document, {"field": "file_ids"})
        return self.sudo()._dms_content()
