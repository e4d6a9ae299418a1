import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dms_base.tabular import TableError, read_rows, write_xlsx

from .import_batch import ImportBatch
from .row_text import table_refusal

BATCH = 500
AT_ONCE = 200


class DmsVehicleImport(models.Model):
    """A file of cars taken in as a job: good rows go in, bad rows come back."""

    _name = "dms.vehicle.import"
    _description = "Vehicle Import"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char("File Name", required=True)
    company_id = fields.Many2one(
        "res.company",
        "Store",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(
        [("stock", "Opening stock"), ("customer", "Customers' cars")],
        default="stock",
        required=True,
    )
    location_id = fields.Many2one(
        "stock.location",
        check_company=True,
        compute="_compute_location_id",
        store=True,
        readonly=False,
        domain="[('usage', '=', 'internal'), ('company_id', '=', company_id)]",
    )
    file = fields.Binary("File (CSV, XLSX)", required=True, attachment=True)
    state = fields.Selection(
        [("draft", "New"), ("running", "Running"), ("done", "Done")],
        default="draft",
        readonly=True,
        tracking=True,
    )
    position = fields.Integer(readonly=True, help="Rows read so far.")
    total = fields.Integer("Rows", readonly=True)
    accepted = fields.Integer(readonly=True)
    unchanged = fields.Integer("Already There", readonly=True)
    rejected = fields.Integer(compute="_compute_rejected", store=True)
    progress = fields.Float(compute="_compute_progress")
    problems = fields.Json(readonly=True)
    rejected_file = fields.Binary("Rejected Rows", readonly=True, attachment=True)
    rejected_filename = fields.Char(compute="_compute_rejected_filename")

    @api.depends("company_id", "kind")
    def _compute_location_id(self):
        for record in self:
            warehouse = self.env["stock.warehouse"].search(
                [("company_id", "=", record.company_id.id)], limit=1
            )
            is_stock = record.kind == "stock"
            record.location_id = is_stock and warehouse.lot_stock_id

    @api.depends("position", "total", "state")
    def _compute_progress(self):
        for record in self:
            share = record.position / record.total if record.total else 0
            record.progress = 100.0 if record.state == "done" else 100.0 * share

    @api.depends("problems")
    def _compute_rejected(self):
        for record in self:
            record.rejected = len(record.problems or [])

    @api.depends("name")
    def _compute_rejected_filename(self):
        for record in self:
            stem = (record.name or "").rpartition(".")[0] or record.name
            record.rejected_filename = self.env._("%(name)s rejected.xlsx", name=stem)

    def action_start(self):
        """Check the file as a whole, then work in batches; small files at once."""
        for record in self.filtered(lambda r: r.state == "draft"):
            total = len(record._rows())
            if not total:
                raise UserError(self.env._("The file has no rows below its header."))
            record.write({"state": "running", "total": total})
            if total <= AT_ONCE:
                record._work_batch(total)
            else:
                self.env.ref("dms_vehicle.ir_cron_vehicle_import")._trigger()

    def _rows(self):
        try:
            content = base64.b64decode(self.with_context(bin_size=False).file)
            return list(read_rows(self.name, content))
        except TableError as error:
            raise UserError(table_refusal(self.env, error)) from error

    def _work_batch(self, size=BATCH, rows=None):
        """Take in the next rows; safe to repeat, as known cars change nothing."""
        rows = (rows or self._rows())[self.position : self.position + size]
        batch = ImportBatch(self)
        batch.run(rows)
        self.write(
            {
                "position": self.position + len(rows),
                "accepted": self.accepted + batch.accepted,
                "unchanged": self.unchanged + batch.unchanged,
                "problems": (self.problems or []) + batch.problems,
            }
        )
        if self.position >= self.total:
            self._finish()

    def _finish(self):
        values = {"state": "done"}
        if self.problems:
            header = (self.env._("Row"), self.env._("VIN"), self.env._("Reason"))
            content = write_xlsx(header, self.problems)
            values["rejected_file"] = base64.b64encode(content)
        self.write(values)

    @api.model
    def _cron_import(self):
        running = self.search([("state", "=", "running")], order="id")
        for record in running:
            rows = record._rows()
            cron = self.env["ir.cron"]
            cron._commit_progress(remaining=record.total - record.position)
            while record.state == "running":
                locked = record.try_lock_for_update()
                if not locked:
                    break
                record.with_company(record.company_id)._work_batch(rows=rows)
                if not cron._commit_progress(BATCH):
                    return

    def action_view_vehicles(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_vehicle_action"
        )
        return dict(action, domain=[("company_id", "=", self.company_id.id)])
