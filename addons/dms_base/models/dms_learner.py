from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..learners import Classifier, Share

PREFIX = "_dms_examples_"
SCHEDULES = [("none", "When Asked"), ("weekly", "Every Week"), ("monthly", "Monthly")]


class DmsLearner(models.Model):
    """What is learnt from history: by which core, from which records, for whom.

    The examples come from a method of the model that is judged:

    ``_dms_examples_<name>(self, stores, since)`` -> ``learners.Examples``

    ``self`` is empty and superuser, ``stores`` are the companies whose history counts,
    ``since`` the day it begins. It asks as many queries for one example as for a
    thousand. What was learnt are the versions: one of a store, or of the dealer group,
    is the champion, which gives the scores; all others are challengers.
    """

    _name = "dms.learner"
    _description = "Learner"
    _order = "sequence, id"

    code = fields.Char(
        required=True, copy=False, help="By it programs know the learner."
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    target = fields.Char(
        "What it predicts", translate=True, help="In words, with the unit."
    )
    description = fields.Text(
        "What it learns from",
        translate=True,
        help="For those who see its scores: from what it learns, and from what not.",
    )
    core = fields.Selection(
        selection="_selection_core",
        required=True,
        help="The way of learning: a package without Odoo.",
    )
    model_id = fields.Many2one(
        "ir.model",
        "Records",
        ondelete="cascade",
        index="btree_not_null",
        domain=[("transient", "=", False)],
        help="The kind of records it learns from.",
    )
    model = fields.Char(related="model_id.model", string="Model", store=True)
    method = fields.Char(
        "Examples",
        help="What gathers the examples. Empty: it learns from files alone.",
    )
    owner_group_id = fields.Many2one(
        "res.groups",
        "Responsible role",
        index="btree_not_null",
        help="Who uses the scores and answers for them.",
    )
    schedule = fields.Selection(
        SCHEDULES,
        "Learns",
        required=True,
        default="none",
        help="How often it learns again from the history of each dealer group.",
    )
    months = fields.Integer(
        "Months of History", default=24, help="Older records are not learnt from."
    )
    min_examples = fields.Integer(
        "Fewest Examples",
        default=300,
        help="With fewer it does not learn: what it found would be chance.",
    )
    promotes = fields.Boolean(
        "Better Ones Take Over",
        default=True,
        help="A new version becomes the champion by itself if it is better than"
        " the baseline and not worse than the champion on the same later records.",
    )
    version_ids = fields.One2many("dms.learner.version", "learner_id", "Versions")
    version_count = fields.Integer("All Versions", compute="_compute_version_count")

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "Another learner already has this code."
    )
    _positive = models.Constraint(
        "CHECK (min_examples > 0 AND months > 0)",
        "The fewest examples and the months of history are above zero.",
    )

    # ------------------------------------------------------------
    # Cores
    # ------------------------------------------------------------

    @api.model
    def _dms_cores(self):
        """:return: the learner classes by their codes; extend it in your addon"""
        return {core.code: core for core in (Share, Classifier)}

    @api.model
    def _selection_core(self):
        return [(code, code) for code in sorted(self._dms_cores())]

    def _dms_core(self):
        """:return: the learner class of this record"""
        return self._dms_cores()[self.core]

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("method", "model_id")
    def _check_method(self):
        for learner in self.filtered("method"):
            records = learner.model and self.env[learner.model]
            if records is False or not hasattr(records, PREFIX + learner.method):
                raise ValidationError(
                    self.env._(
                        "Nothing gathers the examples %(method)s of"
                        " %(records)s: choose the records and a method they have.",
                        method=learner.method,
                        records=learner.model_id.name or "-",
                    )
                )

    @api.depends("version_ids")
    def _compute_version_count(self):
        counts = dict(
            self.env["dms.learner.version"]._read_group(
                [("learner_id", "in", self.ids)], ["learner_id"], ["__count"]
            )
        )
        for learner in self:
            learner.version_count = counts.get(learner, 0)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for learner, vals in zip(self, vals_list, strict=True):
            vals.setdefault("code", self.env._("%(code)s copy", code=learner.code))
        return vals_list

    # ------------------------------------------------------------
    # Using what was learnt
    # ------------------------------------------------------------

    @api.model
    def _dms_champion(self, code, company):
        """Return the version that scores in a store: its own, else its group's.

        :return: dms.learner.version, as superuser: a score may be given to records by
            people who do not see what it was learnt from. Empty if there is none
        """
        promotions = self.env["dms.learner.promotion"].sudo()
        mine = [("learner_id.code", "=", code), ("learner_id.active", "=", True)]
        return promotions._latest(mine, company).version_id

    def _examples(self, stores):
        """:return: ``learners.Examples`` of the history of some stores"""
        self.ensure_one()
        since = fields.Date.subtract(fields.Date.today(), months=self.months)
        # who asks for learning need not see each record that is learnt from
        records = self.env[self.model].sudo()
        return getattr(records, PREFIX + self.method)(stores, since)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_train(self):
        """Learn again, in the background, from the history of the own dealer group."""
        self.ensure_one()
        trainings = self.env["dms.learner.training"]
        training = trainings.create(
            {"learner_id": self.id, "company_id": self.env.company.id}
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": training._name,
            "res_id": training.id,
            "view_mode": "form",
        }

    def action_view_versions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_base.dms_learner_version_action"
        )
        return action | {
            "domain": [("learner_id", "=", self.id)],
            "context": {"default_learner_id": self.id},
        }
