import logging

from odoo import api, fields, models, tools
from odoo.exceptions import ConcurrencyError, ValidationError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..risk import Finding, parse_domain, parse_parameters

PREFIX = "_dms_risk_"
OPEN_STATES = ("open", "review")
SEVERITIES = [("1", "Low"), ("2", "Medium"), ("3", "High")]

_logger = logging.getLogger(__name__)


class DmsRiskRule(models.Model):
    """What is suspicious, as data: which records, what about them, who is told.

    A record that the domain lets through is judged by the detector. Without a
    detector, each such record is an alert. A detector is a method of the model:

    ``_dms_risk_<name>(self, parameters, memo)`` -> iterable of ``risk.Finding``

    ``self`` are the records of one batch, as superuser, ``parameters`` the dict the
    rule holds; in the dict ``memo`` the rules of one evaluation share what several of
    them need to load. Parameters it does not know are refused by ``TypeError`` or
    ``ValueError``, also without records. A detector only reads, asks as many queries
    for one record as for a thousand, and judges a record by what was there when it
    came.
    """

    _name = "dms.risk.rule"
    _description = "Risk Rule"
    _order = "sequence, id"

    code = fields.Char(required=True, copy=False, help="By it programs know the rule.")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(
        "What it looks for",
        translate=True,
        help="For those who get its alerts: what the rule looks for, and what not.",
    )
    advice = fields.Text(
        "What to do", translate=True, help="The steps by which an alert is cleared up."
    )
    message = fields.Char(
        translate=True,
        help="One sentence on an alert; %(name)s stands for a value of the evidence.",
    )
    severity = fields.Selection(SEVERITIES, required=True, default="2")
    model_id = fields.Many2one(
        "ir.model",
        "Records",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("transient", "=", False)],
        help="The kind of records that are judged.",
    )
    model = fields.Char(related="model_id.model", string="Model", store=True)
    domain = fields.Char(
        required=True, default="[]", help="Only these records are judged."
    )
    method = fields.Char(
        "Detector",
        help="Judges the records of the domain. Empty: each of them is an alert.",
    )
    parameters = fields.Text(
        required=True, default="{}", help="What the detector is told, as JSON."
    )
    parameters_help = fields.Text("Parameters explained", translate=True)
    owner_group_id = fields.Many2one(
        "res.groups",
        "Responsible role",
        index="btree_not_null",
        help="Somebody with this role in the store of the alert has to look at it.",
    )
    owner_id = fields.Many2one(
        "res.users",
        "Responsible person",
        index="btree_not_null",
        help="Gets all alerts of this rule, instead of somebody of the role.",
    )
    due_days = fields.Integer(
        "Days to answer", default=3, help="After so many days an alert is late."
    )
    schedule = fields.Selection(
        [("none", "As it happens"), ("daily", "As it happens, and all every night")],
        required=True,
        default="none",
        help="Every night is for what becomes suspicious by time passing.",
    )
    failure_ids = fields.One2many(
        "dms.risk.failure", "rule_id", "Failures", groups="base.group_system"
    )
    is_failing = fields.Boolean("Fails", compute="_compute_is_failing")
    alert_ids = fields.One2many("dms.risk.alert", "rule_id", "Alerts")
    alert_count = fields.Integer("All alerts", compute="_compute_alert_count")
    open_alert_count = fields.Integer("Open alerts", compute="_compute_alert_count")

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "Another rule already has this code."
    )
    _due_days_positive = models.Constraint(
        "CHECK (due_days >= 0)", "The days to answer cannot be negative."
    )

    def _compute_is_failing(self):
        # that a rule fails is no secret, the texts of its errors are
        counts = self.env["dms.risk.failure"].sudo()._count_recent(self)
        for rule in self:
            rule.is_failing = bool(counts.get(rule.id))

    @api.depends("alert_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_alert_count(self):
        groups = self.env["dms.risk.alert"]._read_group(
            [("rule_id", "in", self.ids)], ["rule_id", "state"], ["__count"]
        )
        for rule in self:
            counts = {state: count for of, state, count in groups if of == rule}
            rule.alert_count = sum(counts.values())
            rule.open_alert_count = sum(counts.get(state, 0) for state in OPEN_STATES)

    @api.constrains("domain", "model_id")
    def _check_domain(self):
        for rule in self:
            try:
                Domain(parse_domain(rule.domain)).validate(self.env[rule.model])
            except (ValueError, TypeError, KeyError) as error:
                raise ValidationError(
                    self.env._(
                        "This is not a filter of %(records)s: %(error)s",
                        records=rule.model_id.name,
                        error=error,
                    )
                ) from error

    @api.constrains("method", "model_id")
    def _check_method(self):
        for rule in self.filtered("method"):
            if not hasattr(self.env[rule.model], PREFIX + rule.method):
                raise ValidationError(
                    self.env._(
                        "%(records)s have no detector %(method)s. There are: %(known)s",
                        records=rule.model_id.name,
                        method=rule.method,
                        known=", ".join(rule._known_methods()) or "-",
                    )
                )

    @api.constrains("parameters", "method")
    def _check_parameters(self):
        for rule in self:
            try:
                parse_parameters(rule.parameters)
                # a detector of nothing says whether it understands its parameters
                rule._find(self.env[rule.model], {})
            except (ValueError, TypeError) as error:
                raise ValidationError(
                    self.env._(
                        'Parameters are written like {"tolerance_km": 50}: %(error)s',
                        error=error,
                    )
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self.env.registry.clear_cache()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if {"active", "model_id", "sequence"} & set(vals):
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for rule, vals in zip(self, vals_list, strict=True):
            vals.setdefault("code", self.env._("%(code)s copy", code=rule.code))
        return vals_list

    def _known_methods(self):
        names = dir(self.env[self.model])
        return [name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)]

    # ------------------------------------------------------------
    # Judging
    # ------------------------------------------------------------

    @api.model
    def _dms_evaluate(self, records):
        """Let the rules for these new records judge them.

        Call it once per batch, in the transaction of the business. It costs nothing
        if no rule is for them, and what fails in a rule does not stop the business.

        :return: the new alerts, as superuser
        """
        # whoever does business need not see what is looked for
        rules = self.sudo().browse(self._listening(records._name) if records else ())
        return rules._evaluate(records)

    @tools.ormcache("model_name")
    def _listening(self, model_name):
        # the list is kept for everybody
        return self.sudo().search([("model", "=", model_name)])._ids

    def _evaluate(self, records):
        """Judge records by these rules; what fails is logged and noted on its rule.

        :return: the new alerts, as superuser
        """
        alerts = self.env["dms.risk.alert"].sudo()
        # what is judged happened, whatever its author may read
        records, memo = records.sudo(), {}
        for rule in self.sudo():
            if findings := rule._find_safely(records, memo):
                alerts |= rule._raise_safely(findings)
        return alerts

    def _find_safely(self, records, memo):
        try:
            chosen = records.filtered_domain(parse_domain(self.domain))
        except Exception as error:
            return self._fail(error)
        return self._judge_safely(chosen, memo) if chosen else []

    def _judge_safely(self, records, memo):
        # what fails in here is the business's own
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                return self._find(records, memo)
        except Exception as error:
            return self._fail(error)

    def _raise_safely(self, findings):
        alerts = self.env["dms.risk.alert"].sudo()
        # what fails in here is the business's own
        self.env.cr.flush()
        try:
            with self.env.cr.savepoint():
                return alerts._raise(self, findings)
        except Exception as error:
            self._fail(error)
            return alerts

    def _find(self, records, memo):
        """:return: list of ``risk.Finding`` on records that the domain lets through"""
        if not self.method:
            return [self._prepare_finding(record) for record in records]
        detector = getattr(records, PREFIX + self.method)
        return list(detector(parse_parameters(self.parameters), memo))

    def _prepare_finding(self, record):
        store = "company_id" in record._fields and record.company_id
        return Finding(
            subject=(record._name, record.id),
            label=record.display_name,
            company_id=(store or self.env.company).id,
            at=fields.Datetime.now(),
        )

    def _fail(self, error):
        """Note an error, unless it only says that the transaction is to be repeated."""
        if isinstance(error, (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError)):
            raise error
        _logger.error("risk rule %s fails", self.code, exc_info=error)
        self.env["dms.risk.failure"].create({"rule_id": self.id, "error": str(error)})
        return []

    def action_view_alerts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_base.dms_risk_alert_action"
        )
        return action | {
            "domain": [("rule_id", "=", self.id)],
            "context": {"search_default_by_state": 1},
        }
