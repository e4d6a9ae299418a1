import logging
from datetime import timedelta
from time import perf_counter

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..learners import figures, run_trial

DAYS = {"weekly": 7, "monthly": 30}
# the figure that decides, and whether more of it is better
DECIDING = {"auc": True, "mape": False}

_logger = logging.getLogger(__name__)


class DmsLearnerTraining(models.Model):
    """Someone, or the calendar, asked a learner to learn again; a job does it."""

    _name = "dms.learner.training"
    _description = "Training of a Learner"
    _inherit = ["dms.learner.scope"]
    _order = "id desc"
    _rec_name = "learner_id"

    learner_id = fields.Many2one(
        "dms.learner", required=True, ondelete="cascade", index=True
    )
    scope = fields.Selection(default="group")
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Done"), ("failed", "Not Possible")],
        "Status",
        required=True,
        default="waiting",
        readonly=True,
    )
    message = fields.Char("Outcome", readonly=True)
    seconds = fields.Float("Duration (s)", readonly=True)
    version_id = fields.Many2one(
        "dms.learner.version", "New Version", index="btree_not_null", readonly=True
    )

    _waiting_idx = models.Index("(id) WHERE state = 'waiting'")

    @api.model_create_multi
    def create(self, vals_list):
        trainings = super().create(vals_list)
        self.env.ref("dms_base.ir_cron_dms_learner_train")._trigger()
        return trainings

    # ------------------------------------------------------------
    # Jobs
    # ------------------------------------------------------------

    @api.model
    def _cron_schedule(self):
        """Ask the learners that are due to learn again, for each dealer group."""
        learners = self.env["dms.learner"].search(
            [("schedule", "!=", "none"), ("method", "!=", False)]
        )
        groups = self.env["dms.group"].search([("company_ids", "!=", False)])
        self.create(
            [
                {"learner_id": learner.id, "company_id": group.company_ids[0].id}
                for learner in learners
                for group in groups
                if self._is_due(learner, group)
            ]
        )

    def _is_due(self, learner, group):
        since = fields.Datetime.now() - timedelta(days=DAYS[learner.schedule])
        return not self.search_count(
            [
                ("learner_id", "=", learner.id),
                ("scope", "=", "group"),
                ("company_id", "in", group.company_ids.ids),
                ("create_date", ">", since),
            ],
            limit=1,
        )

    @api.model
    def _cron_train(self):
        """Learn what waits, one after the other."""
        waiting = [("state", "=", "waiting")]
        while training := self.search(waiting, order="id", limit=1):
            if not (training := training.try_lock_for_update()):
                break  # another worker is at it
            training._train_safely()
            left = self.search_count(waiting)
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                break

    def _train_safely(self):
        start = perf_counter()
        try:
            with self.env.cr.savepoint():
                self._train()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            _logger.exception("learner %s cannot learn", self.learner_id.code)
            self._give_up(str(error))
        self.seconds = perf_counter() - start

    def _give_up(self, message):
        self.write({"state": "failed", "message": message})

    # ------------------------------------------------------------
    # Learning
    # ------------------------------------------------------------

    def _train(self):
        """Learn from history, keep the version, and let it take over if it is better.

        A history that teaches nothing yet is no failure of the program: the training
        says so and ends.
        """
        learner = self.learner_id
        examples = learner._examples(self._dms_stores())
        if len(examples) < learner.min_examples:
            return self._give_up(self._too_few(len(examples)))
        try:
            trial = run_trial(learner._dms_core()(), examples)
        except ValueError:
            return self._give_up(self.env._("All examples had the same outcome."))
        version = self._keep(trial, examples)
        self.write({"state": "done", "version_id": version.id})
        self.message = self._judge(version)

    def _too_few(self, count):
        return self.env._(
            "%(count)s examples are too few: it learns from %(least)s on.",
            count=count,
            least=self.learner_id.min_examples,
        )

    def _keep(self, trial, examples):
        version = self.env["dms.learner.version"]._dms_record(
            self.learner_id,
            trial.trained,
            company_id=self.company_id.id,
            scope=self.scope,
            user_id=self.create_uid.id,
            data_hash=trial.data_hash,
            period_start=min(examples.moments),
            period_end=max(examples.moments),
            learnt_count=trial.learnt,
            held_out_count=trial.held_out,
            calibration=trial.calibration,
            drivers=trial.drivers,
        )
        measures = [*trial.measures, *self._champion_measures(examples)]
        version._dms_record_measures(measures)
        return version

    def _champion_measures(self, examples):
        champion = self._champion()
        if not champion:
            return []
        _early, late = examples.split()
        scores = champion._dms_trained().predict(examples.table.take(late))
        truth = [examples.target[row] for row in late]
        return [("champion", measure) for measure in figures(truth, scores)]

    def _champion(self):
        code = self.learner_id.code
        return self.env["dms.learner"]._dms_champion(code, self.company_id)

    def _judge(self, version):
        """Make the new version the champion if it may and should be.

        :return: what was decided, in words
        """
        code = next(code for code in DECIDING if version._figure(code) is not None)
        own, other = version._figure(code), version._figure(code, "champion")
        sign = 1 if DECIDING[code] else -1
        if sign * own <= sign * version._figure(code, "baseline"):
            return self.env._("Not better than the simple average: kept, not used.")
        if other is not None and sign * own < sign * other:
            return self.env._("The champion is still better: kept as challenger.")
        if not self.learner_id.promotes:
            return self.env._("Better: it waits to be made the champion.")
        version.action_promote()
        return self.env._("Better: it is the champion now.")
