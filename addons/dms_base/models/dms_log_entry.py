from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..merkle import EntryError, canonical, decode
from .notification import notification

MAX_BODY = 60_000


class DmsLogEntry(models.Model):
    """One event, written in the transaction of the business it is about."""

    _name = "dms.log.entry"
    _description = "Log Entry"
    _inherit = ["dms.append.only", "dms.store.mixin"]
    _order = "id desc"
    _rec_name = "subject"
    _log_access = False

    kind = fields.Char(
        required=True, help="What programs call it, for example vehicle.sold."
    )
    kind_name = fields.Char(
        "What happened", compute="_compute_kind_name", search="_search_kind_name"
    )
    subject = fields.Char(required=True, help="What it happened to, for a car its VIN.")
    at = fields.Datetime("Time", required=True)
    store = fields.Char(
        "Store code",
        required=True,
        help="Dealer group and store as they were called at that time.",
    )
    body = fields.Text(
        "Content",
        required=True,
        help="The facts as canonical JSON. Everybody can read them: no personal data.",
    )
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    leaf_index = fields.Integer(
        "Place in the log",
        compute="_compute_leaf",
        help="Counted from 0; -1 while the entry waits for its place.",
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("recorded", "Recorded")],
        compute="_compute_leaf",
        search="_search_state",
        help="An entry waits about a minute until it gets its place in the log.",
    )

    _subject_idx = models.Index("(subject, id)")
    _kind_idx = models.Index("(kind, id)")
    _at_idx = models.Index("USING brin (at)")

    def init(self):
        result = super().init()
        self._dms_wait_in("dms_log_waiting")
        return result

    @api.model
    def _kind_names(self):
        """Return by kind what happened, in the user's language; addons add theirs."""
        return {
            "audit.closed": self.env._("Part of the audit closed"),
            "audit.removed": self.env._("Part of the audit removed"),
            "log.key": self.env._("Key of the log changed"),
        }

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind_name(self):
        names = self._kind_names()
        for entry in self:
            entry.kind_name = names.get(entry.kind, entry.kind)

    @api.model
    def _search_kind_name(self, operator, value):
        if operator != "ilike":
            return NotImplemented
        text = value.lower()
        found = [
            kind for kind, name in self._kind_names().items() if text in name.lower()
        ]
        return Domain("kind", "in", found) | Domain("kind", "ilike", value)

    def _compute_leaf(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT entry_id, id - 1 FROM dms_log_leaf WHERE entry_id = ANY(%s)",
                self.ids,
            )
        )
        indexes = dict(rows)
        for entry in self:
            entry.leaf_index = indexes.get(entry.id, -1)
            entry.state = "recorded" if entry.id in indexes else "waiting"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        # the queue itself is closed; what waits in it is shown by the entries
        queue = self.env["dms.log.waiting"].sudo()._search([])
        waiting = Domain("id", "in", queue)
        domains = {"waiting": waiting, "recorded": ~waiting}
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _append(self, vals_list):
        """Add entries to the log, in the transaction of the caller.

        One INSERT, no lock: the sequencer gives them their places later. The entries
        are published, and nothing can ever be taken back. They must never carry
        personal data; put a salted hash where a person has to be named.

        :param vals_list: dicts of ``kind`` (``vehicle.sold``), ``subject`` (for a car
            its VIN), ``company_id`` and ``body``: a dict of JSON values without
            floats, keys of a-z, 0-9 and _, whole numbers below 2^53
        :return: the entries
        :raise EntryError: a ValueError that names what cannot be written
        """
        if not vals_list:
            return self.browse()
        rows = [self._prepare_row(vals) for vals in vals_list]
        columns = ("kind", "subject", "company_id", "body", "store", "at", "user_id")
        return self._dms_insert(
            columns, [tuple(row[name] for name in columns) for row in rows]
        )

    @api.model
    def _prepare_row(self, vals):
        body = canonical(vals["body"])
        if not isinstance(vals["body"], dict) or len(body.encode()) > MAX_BODY:
            raise EntryError(f"body is a JSON object of at most {MAX_BODY} bytes")
        for name in ("kind", "subject"):
            self._check_label(name, vals[name])
        # the code of the store is no secret, whoever records something about it
        company = self.env["res.company"].sudo().browse(vals["company_id"])
        return {
            "kind": vals["kind"],
            "subject": vals["subject"],
            "company_id": company.id,
            "body": body,
            "store": self._store_code(company),
            "at": fields.Datetime.now(),
            "user_id": self.env.uid,
        }

    @api.model
    def _check_label(self, name, value):
        if not isinstance(value, str) or not value or not value.isprintable():
            raise EntryError(f"{name} is printable text")

    @api.model
    def _store_code(self, company):
        """Return what the published entry calls the store."""
        group, store = company.dms_group_id.code, company.dms_store_code
        return f"{group}/{store}" if group and store else f"#{company.id}"

    def action_check(self):
        """Prove here and now that the entry stands in the log as it was recorded."""
        self.ensure_one()
        if self.state == "waiting":
            raise UserError(
                self.env._(
                    "This entry waits for its place in the log. Check again in a "
                    "minute."
                )
            )
        problem = self.env["dms.log"]._find_problem(self.leaf_index)
        return notification(problem or self._describe_proof(), good=not problem)

    def _describe_proof(self):
        # a checkpoint is public
        checkpoint = self.env["dms.log.checkpoint"].sudo()._latest()
        return self.env._(
            "Proven: this entry stands in the log at place %(index)s, below the "
            "signed checkpoint of %(size)s entries.",
            index=self.leaf_index,
            size=checkpoint.size,
        )

    def _content(self):
        """Return what the published leaf says, None while the entry waits."""
        self.ensure_one()
        if self.leaf_index < 0:
            return None
        (leaf,) = self.env["dms.log"]._leaves(self.leaf_index, self.leaf_index + 1)
        return decode(leaf)
