from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..custody import NumberError, codes, parse_number
from ..vin import normalise

RESULTS = ("missing", "found", "unexpected", "unknown")


class DmsCertificateCount(models.Model):
    """A stock-take: what lies in a safe against what should lie there."""

    _name = "dms.certificate.count"
    _description = "Certificate Stock-take"
    _inherit = ["dms.store.mixin", "mail.thread"]
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    safe_id = fields.Many2one(
        "dms.certificate.safe",
        required=True,
        check_company=True,
        default=lambda self: self.env["dms.certificate.safe"]._of_store(
            self.env.company
        ),
    )
    state = fields.Selection(
        [("open", "Counting"), ("closed", "Closed")],
        default="open",
        readonly=True,
        required=True,
        copy=False,
    )
    started_at = fields.Datetime(
        "Started", default=fields.Datetime.now, readonly=True, copy=False
    )
    closed_at = fields.Datetime("Closed", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", "Closed by", readonly=True, copy=False)
    line_ids = fields.One2many("dms.certificate.count.line", "count_id", readonly=True)
    expected = fields.Integer(compute="_compute_numbers")
    found = fields.Integer(compute="_compute_numbers")
    missing = fields.Integer(compute="_compute_numbers")
    unexpected = fields.Integer(compute="_compute_numbers")
    scan = fields.Char(store=False, help="VIN or certificate number; Enter goes on.")
    last_scan = fields.Char(readonly=True, copy=False)

    _one_per_safe = models.UniqueIndex(
        "(safe_id) WHERE state = 'open'",
        "This safe is being counted already: go on with that stock-take, or close it.",
    )

    @api.depends("safe_id", "started_at")
    def _compute_name(self):
        for count in self:
            day = fields.Date.to_string(count.started_at)
            count.name = f"{count.safe_id.name or ''} {day or ''}".strip()

    @api.depends("name")
    def _compute_display_name(self):
        for count in self:
            count.display_name = count.name

    @api.depends("line_ids.result")
    def _compute_numbers(self):
        groups = self.env["dms.certificate.count.line"]._read_group(
            [("count_id", "in", self.ids)], ["count_id", "result"], ["__count"]
        )
        numbers = {(count.id, result): number for count, result, number in groups}
        for count in self:
            missing, found, unexpected, unknown = (
                numbers.get((count.id, result), 0) for result in RESULTS
            )
            count.expected = missing + found
            count.found = found
            count.missing = missing
            count.unexpected = unexpected + unknown

    @api.model_create_multi
    def create(self, vals_list):
        counts = super().create([vals | {"state": "open"} for vals in vals_list])
        # lines come with the stock-take and its scans, nobody makes them by hand
        lines = self.env["dms.certificate.count.line"].sudo()
        lines.create([vals for count in counts for vals in count._prepare_expected()])
        return counts

    def _prepare_expected(self):
        papers = self.env["dms.certificate"].search(self._expected_domain())
        return [
            {"count_id": self.id, "certificate_id": paper.id, "result": "missing"}
            for paper in papers
        ]

    def _expected_domain(self):
        """What lies in the safe by its handovers and was not sent away since."""
        return Domain("safe_id", "=", self.safe_id.id) & Domain(
            "handover_id", "=", False
        )

    def write(self, vals):
        fixed = {"state", "safe_id", "company_id", "closed_at", "closed_by_id"}
        if not self.env.su and fixed & vals.keys():
            raise UserError(self.env._("A stock-take is closed by its button."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_open_only(self):
        if self.filtered(lambda count: count.state == "closed"):
            raise UserError(
                self.env._("A closed stock-take stays: start a new one instead.")
            )

    # Scanning

    def scan_codes(self, text):
        """Tick off what was scanned or pasted: VINs or certificate numbers.

        :return: list of {"code", "result", "message"}, one per code; ``result`` is
            ``found``, ``again``, ``unexpected`` or ``unknown``
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        answers = [self._scan_one(code) for code in codes(text)]
        if answers:
            self.last_scan = answers[-1]["message"]
        return answers

    def _check_open(self):
        if self.state != "open":
            raise UserError(self.env._("This stock-take is closed: start a new one."))

    def _scan_one(self, code):
        paper = self._dms_find(code)
        line = self._line_of(paper, code)
        if line and line.result != "missing":
            return self._scan_answer(code, "again", line)
        # lines are written by scans only; the user may write this stock-take
        lines = self.env["dms.certificate.count.line"].sudo()
        seen = {"scanned_at": fields.Datetime.now(), "scanned_by_id": self.env.uid}
        if line:
            line.sudo().write(seen | {"result": "found"})
        else:
            line = lines.create([seen | self._prepare_stranger(paper, code)])
        return self._scan_answer(code, line.result, line)

    def _line_of(self, paper, code):
        if paper:
            return self.line_ids.filtered(lambda line: line.certificate_id == paper)
        return self.line_ids.filtered(lambda line: line.code == normalise(code))

    def _dms_find(self, code):
        """Return the certificate of the user's stores that a code means."""
        papers = self.env["dms.certificate"]
        vin = normalise(code)
        try:
            number = parse_number(code, "import")
        except NumberError:
            number = vin
        return papers.search(
            Domain("vin", "=", vin) | Domain("number", "in", [number, vin]), limit=1
        )

    def _prepare_stranger(self, paper, code):
        return {
            "count_id": self.id,
            "certificate_id": paper.id,
            "code": normalise(code),
            "result": "unexpected" if paper else "unknown",
        }

    def _scan_answer(self, code, result, line):
        paper = line.certificate_id
        sentences = {
            "found": self.env._("%(code)s: there.", code=code),
            "again": self.env._("%(code)s was scanned already.", code=code),
            "unexpected": self.env._(
                "%(code)s should not be here: %(holder)s.",
                code=code,
                holder=paper.holder_name or "",
            ),
            "unknown": self.env._("%(code)s: no certificate of this store.", code=code),
        }
        return {"code": code, "result": result, "message": sentences[result]}

    # Closing

    def action_close(self):
        """Close, and record what is missing as such and what turned up as found."""
        for count in self:
            count.check_access("write")
            count._check_open()
            count._record_differences()
        # checked above
        self.sudo().write(
            {
                "state": "closed",
                "closed_at": fields.Datetime.now(),
                "closed_by_id": self.env.uid,
            }
        )
        # the safe may be counted again at once, which its unique index must allow
        self.flush_recordset()
        return True

    def _record_differences(self):
        note = self.env._("Stock-take %(name)s", name=self.name)
        lines = self.line_ids
        lost = lines.filtered(lambda line: line.result == "missing").certificate_id
        lost = lost.filtered(
            lambda c: c.safe_id == self.safe_id and not (c.exception or c.handover_id)
        )
        if lost:
            lost._dms_set_exception("missing", note)
        seen = lines.filtered(lambda line: line.result in ("found", "unexpected"))
        back = seen.certificate_id.filtered(lambda c: c.exception == "missing")
        if back:
            back._dms_clear_exception(note)
