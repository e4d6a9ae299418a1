import json

from odoo import fields, models


class DmsMessageMixin(models.AbstractModel):
    """What a message that came in and one that goes out have in common."""

    _name = "dms.message.mixin"
    _description = "Message of a Connector"
    _inherit = ["dms.store.mixin"]
    _order = "id desc"
    _rec_name = "kind"
    _dms_audit = False  # the messages themselves say what happened to them

    connector_id = fields.Many2one(
        "dms.connector",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(readonly=True)
    kind = fields.Char(required=True, readonly=True)
    payload = fields.Text("Content", required=True, readonly=True, help="JSON.")
    attempts = fields.Integer(readonly=True, copy=False)

    def _check_may_manage(self):
        """Who may change a connector may decide on its messages."""
        self.check_access("read")
        self.connector_id.check_access("write")

    def _note_decision(self, decision):
        if self:
            details = {"decision": decision}
            self.env["dms.audit.entry"]._note("other", self, details)

    def _data(self):
        """:return: the content as a JSON value"""
        self.ensure_one()
        return json.loads(self.payload)
