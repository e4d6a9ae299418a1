import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dms_base.tabular import write_xlsx

COLUMNS = (
    "sold",
    "bought",
    "sold_total",
    "bought_total",
    "difference",
    "receivable",
    "payable",
    "open_difference",
    "transport",
)


class DmsTransferStatement(models.TransientModel):
    """The settlement of a period, to print or to send."""

    _name = "dms.transfer.statement"
    _description = "Statement between Stores"

    date_from = fields.Date(
        "First Month", required=True, default=lambda self: self._default_month()
    )
    date_to = fields.Date(
        "Last Month", required=True, default=fields.Date.context_today
    )
    store_id = fields.Many2one(
        "res.partner",
        "With Store",
        domain="[('id', 'in', store_ids)]",
        help="Empty: all stores.",
    )
    store_ids = fields.Many2many("res.partner", compute="_compute_store_ids")
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(compute="_compute_file_name")

    @api.model
    def _default_month(self):
        return fields.Date.context_today(self).replace(day=1)

    @api.depends_context("allowed_company_ids")
    def _compute_store_ids(self):
        for wizard in self:
            # as partners, sister stores are known to all staff
            wizard.store_ids = self.env.companies._dms_sister_stores().partner_id

    @api.depends("date_from", "date_to")
    def _compute_file_name(self):
        for wizard in self:
            period = f"{wizard.date_from:%Y-%m} {wizard.date_to:%Y-%m}"
            wizard.file_name = self.env._("Settlement %(period)s.xlsx", period=period)

    def _dms_rows(self):
        """:return: what the user may see of the period; refuses an empty one"""
        self.ensure_one()
        first = self.date_from.replace(day=1)
        domain = [("month", ">=", first), ("month", "<=", self.date_to)]
        if stores := self.store_id.sudo().ref_company_ids.ids:
            domain += [
                "|",
                ("company_id", "in", stores),
                ("other_company_id", "in", stores),
            ]
        rows = self.env["dms.transfer.settlement"].search(domain)
        if not rows:
            raise UserError(
                self.env._("Between these stores nothing was invoiced in this period.")
            )
        # names of the other stores are shown with what was found
        return rows.sudo()

    def _dms_pairs(self):
        """:return: [(seller, buyer, rows, totals)] for the print"""
        pairs = self._dms_rows().grouped(lambda r: (r.company_id, r.other_company_id))
        return [
            (seller, buyer, rows, {name: sum(rows.mapped(name)) for name in COLUMNS})
            for (seller, buyer), rows in pairs.items()
        ]

    def action_pdf(self):
        self._dms_rows()
        report = self.env.ref("dms_vehicle.dms_transfer_statement_report")
        return report.report_action(self)

    def action_xlsx(self):
        self.file = base64.b64encode(self._dms_xlsx())
        query = f"{self._name}/{self.id}/file/{self.file_name}?download=true"
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{query}",
            "target": "download",
        }

    def _dms_xlsx(self):
        rows = self._dms_rows()
        names = ("period", "company_id", "other_company_id", *COLUMNS)
        labels = rows.fields_get(names, ["string"])
        return write_xlsx(
            [labels[name]["string"] for name in names],
            ([_cell(row[name]) for name in names] for row in rows),
        )


def _cell(value):
    return value.display_name if isinstance(value, models.BaseModel) else value
