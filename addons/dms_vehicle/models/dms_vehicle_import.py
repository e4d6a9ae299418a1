import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from .car_file import read_cars, rejected_cars
from .import_batch import CustomerCarBatch, StockBatch

_logger = logging.getLogger(__name__)

BATCH = 2000
AT_ONCE = 200
BATCHES = {"stock": StockBatch, "customer": CustomerCarBatch}


class DmsVehicleImport(models.Model):
    """A file of cars taken in as a job: good rows go in, bad rows come back."""

    _name = "dms.vehicle.import"
    _description = "Vehicle Import"
    _inherit = ["dms.store.mixin", "mail.thread"]
    _order = "id desc"

    name = fields.Char("File Name", required=True)
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
        [
            ("draft", "New"),
            ("running", "Running"),
            ("stopped", "Stopped"),
            ("done", "Done"),
        ],
        default="draft",
        readonly=True,
        tracking=True,
    )
    position = fields.Integer("Rows Read", readonly=True)
    total = fields.Integer("Rows", readonly=True)
    accepted = fields.Integer(readonly=True)
    unchanged = fields.Integer("Already There", readonly=True)
    rejected = fields.Integer(compute="_compute_rejected", store=True)
    progress = fields.Float(compute="_compute_progress")
    problems = fields.Json("Reasons", readonly=True)
    rejected_file = fields.Binary("Rejected Rows", readonly=True, attachment=True)
    rejected_filename = fields.Char(
        "Name of the Rejected Rows", compute="_compute_rejected_filename"
    )

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
            rows = record._rows()
            if not rows:
                raise UserError(self.env._("The file has no rows below its header."))
            record.write({"state": "running", "total": len(rows)})
            if len(rows) <= AT_ONCE:
                record._work_batch(rows)
            else:
                record._wake_cron()

    def action_continue(self):
        """Go on where a stopped import ended; known cars change nothing."""
        self.filtered(lambda r: r.state == "stopped").state = "running"
        self._wake_cron()

    def _wake_cron(self):
        # only administrators read jobs; whoever imports wakes this one
        self.env.ref("dms_vehicle.ir_cron_vehicle_import").sudo()._trigger()

    def _rows(self):
        return read_cars(self.env, self.name, self.with_context(bin_size=False).file)

    def _work_batch(self, rows):
        """Take in the next of all ``rows``; safe to repeat."""
        record = self.with_company(self.company_id)
        end = min(self.position + BATCH, len(rows))
        batches = record._run_rows(rows[self.position : end])
        self.write(
            {
                "position": end,
                "accepted": self.accepted + sum(b.accepted for b in batches),
                "unchanged": self.unchanged + sum(b.unchanged for b in batches),
                "problems": (self.problems or [])
                + [list(problem) for batch in batches for problem in batch.problems],
            }
        )
        if self.position >= self.total:
            self._finish()

    def _run_rows(self, rows):
        """:return: the batches done, several if some rows had to be parted from others

        If the database or another addon refuses a car, halving finds which one.
        """
        batch = BATCHES[self.kind](self)
        try:
            with self.env.cr.savepoint():
                batch.run(rows)
            return [batch]
        except (UserError, psycopg2.IntegrityError) as error:
            if len(rows) == 1:
                return [batch.refused(*rows[0], self._reason(error))]
        half = len(rows) // 2
        return self._run_rows(rows[:half]) + self._run_rows(rows[half:])

    def _reason(self, error):
        if isinstance(error, UserError):
            return str(error)
        return self.env["dms.vehicle"]._sql_error_to_message(error)

    def _finish(self):
        values = {"state": "done"}
        if self.problems:
            values["rejected_file"] = rejected_cars(self.env, self.problems)
        self.write(values)

    @api.model
    def _cron_import(self):
        for record in self.search([("state", "=", "running")], order="id"):
            if not record._work_in_cron():
                break

    def _work_in_cron(self):
        """:return: whether time is left for the next import"""
        cron = self.env["ir.cron"]
        rows = self._rows()
        cron._commit_progress(remaining=self.total - self.position)
        while self.state == "running" and self.try_lock_for_update():
            try:
                self._work_batch(rows)
            except Exception as error:  # pylint: disable=broad-except
                self.env.cr.rollback()
                self._stop(error)
            if not cron._commit_progress(BATCH):
                return False
        return True

    def _stop(self, error):
        """Keep what is done, and tell the user why it does not go on."""
        _logger.exception("Import %s stopped at row %s", self.name, self.position)
        self.state = "stopped"
        self.message_post(
            body=self.env._(
                "Stopped after %(position)s rows: %(error)s",
                position=self.position,
                error=error,
            )
        )

    def action_view_vehicles(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_vehicle_action"
        )
        return dict(action, domain=[("company_id", "=", self.company_id.id)])
