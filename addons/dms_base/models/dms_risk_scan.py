import logging

from odoo import api, fields, models
from odoo.fields import Domain

from ..risk import parse_domain

BATCH_SIZE = 1000

_logger = logging.getLogger(__name__)


class DmsRiskRule(models.Model):
    """Running a rule on what is there already, in batches and in the background."""

    _inherit = "dms.risk.rule"

    scan_state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("failed", "Failed")],
        "Run on existing data",
        readonly=True,
        copy=False,
    )
    scan_position = fields.Integer(
        readonly=True, copy=False, help="The last record that was looked at."
    )
    scan_last = fields.Integer(
        readonly=True, copy=False, help="The last record when the run began."
    )
    scan_found = fields.Integer("Alerts found", readonly=True, copy=False)
    scan_date = fields.Datetime("Started on", readonly=True, copy=False)
    scan_progress = fields.Float("Progress", compute="_compute_scan_progress")

    _scan_idx = models.Index("(id) WHERE scan_state = 'running'")

    @api.depends("scan_state", "scan_position", "scan_last")
    def _compute_scan_progress(self):
        for rule in self:
            part = rule.scan_position / (rule.scan_last or 1)
            rule.scan_progress = 100 if rule.scan_state == "done" else 100 * part

    def action_scan(self):
        """Look at all existing records, from the first one, in the background."""
        self.check_access("write")
        self._start_scan()

    def action_stop_scan(self):
        self.write({"scan_state": False})

    def _start_scan(self):
        for rule in self:
            newest = self.env[rule.model].sudo().search([], order="id desc", limit=1)
            rule.write(
                {
                    "scan_state": "running",
                    "scan_position": 0,
                    "scan_last": newest.id,
                    "scan_found": 0,
                    "scan_date": fields.Datetime.now(),
                }
            )
        self.env.ref("dms_base.ir_cron_dms_risk_scan")._trigger()

    @api.model
    def _cron_schedule(self):
        """Start the rules that look at everything every night."""
        daily = self.search(
            [("schedule", "=", "daily"), ("scan_state", "!=", "running")]
        )
        daily._start_scan()

    @api.model
    def _cron_scan(self, batch_size=BATCH_SIZE):
        """Go on with what runs, batch by batch, until all is seen or time is over."""
        running = [("scan_state", "=", "running")]
        while rule := self.search(running, limit=1):
            if not (rule := rule.try_lock_for_update()):
                break  # another worker is at it
            rule._scan_batch(batch_size)
            left = self.search_count(running)
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                break

    def _scan_batch(self, size):
        """Look at the next records; an error ends the run and is shown."""
        records = self._next_records(size)
        before = self._failures()
        alerts = self._evaluate(records)
        vals = {"scan_found": self.scan_found + len(alerts)}
        if self._failures() > before:
            vals["scan_state"] = "failed"
        elif len(records) < size:
            vals |= {"scan_state": "done", "scan_position": self.scan_last}
        else:
            vals["scan_position"] = records[-1].id
        self.write(vals)

    def _next_records(self, size):
        domain = Domain("id", ">", self.scan_position)
        domain &= Domain("id", "<=", self.scan_last)
        domain &= Domain(parse_domain(self.domain))
        # a rule is for all stores
        return self.env[self.model].sudo().search(domain, order="id", limit=size)

    def _failures(self):
        # whether it fails matters here, not who may read why
        failures = self.env["dms.risk.failure"].sudo()
        return failures.search_count([("rule_id", "=", self.id)])
