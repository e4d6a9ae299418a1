from odoo import api, fields, models
from odoo.fields import Domain


class DmsAuditReport(models.TransientModel):
    """Asks for a part of the audit, on the screen or as a workbook."""

    _name = "dms.audit.report"
    _description = "Audit Report"

    date_from = fields.Date("From", help="In your time zone; empty: from the start.")
    date_to = fields.Date("To", help="This day included.")
    partner_ids = fields.Many2many(
        "res.partner",
        string="Persons",
        context={"active_test": False},
        help="Who saw or changed the data of these people, their bank accounts "
        "included.",
    )
    user_ids = fields.Many2many(
        "res.users", string="Users", context={"active_test": False}
    )
    action = fields.Selection(
        selection=lambda self: self.env["dms.audit.entry"]._actions()
    )
    model_id = fields.Many2one(
        "ir.model", "Kind of record", domain=[("transient", "=", False)]
    )

    def action_show(self):
        """Show the entries, by user and then by action."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_base.dms_audit_entry_action"
        )
        context = {"search_default_group_user": 1, "search_default_group_action": 1}
        return action | {"domain": list(self._domain()), "context": context}

    def action_export(self):
        """Download the entries as a workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/dms/audit/{self.id}.xlsx",
            "target": "download",
        }

    def _domain(self):
        domain = Domain.TRUE
        if self.date_from:
            domain &= Domain("at", ">=", self.date_from)
        if self.date_to:
            domain &= Domain("at", "<", fields.Date.add(self.date_to, days=1))
        if self.partner_ids:
            entries = self.env["dms.audit.entry"]
            domain &= Domain(entries._about_persons(self.partner_ids))
        if self.user_ids:
            domain &= Domain("user_id", "in", self.user_ids.ids)
        if self.action:
            domain &= Domain("action", "=", self.action)
        if self.model_id:
            # The auditor chose the model from the list he may read.
            domain &= Domain("model", "=", self.sudo().model_id.model)
        return domain

    # ------------------------------------------------------------
    # Workbook
    # ------------------------------------------------------------

    @api.model
    def _headers(self):
        names = (
            "at",
            "user_id",
            "company_id",
            "action",
            "model_name",
            "name",
            "fields_changed",
            "address",
            "session",
        )
        info = self.env["dms.audit.entry"].fields_get(names, ["string"])
        old, new = self.env._("Old"), self.env._("New")
        labels = [info[name]["string"] for name in names]
        return [*labels[:7], old, new, *labels[7:]]

    def _rows(self, batch_size=1000):
        """Yield the cells of all entries, oldest first, one row per changed field."""
        entries = self.env["dms.audit.entry"]
        actions = dict(entries._actions())
        last_id, domain = 0, self._domain()
        while batch := entries.search(
            domain & Domain("id", ">", last_id), order="id", limit=batch_size
        ):
            for entry in batch:
                yield from entry._export_cells(actions)
            last_id = batch[-1].id
            self.env.invalidate_all()
