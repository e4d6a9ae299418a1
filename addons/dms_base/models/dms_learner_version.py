from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ..learners import digest, dumps, loads

STATES = [
    ("champion", "Champion"),
    ("challenger", "Challenger"),
    ("retired", "Was Champion"),
]


class DmsLearnerVersion(models.Model):
    """What was learnt once: from which data, how good it is, and the thing itself.

    It never changes, so a score that names its version can be given again. Which
    version is the champion stands in the promotions.
    """

    _name = "dms.learner.version"
    _description = "Version of a Learner"
    _inherit = ["dms.append.only", "dms.learner.scope"]
    _order = "id desc"
    _log_access = False

    learner_id = fields.Many2one(
        "dms.learner", required=True, ondelete="restrict", index=True
    )
    number = fields.Integer(required=True, readonly=True)
    at = fields.Datetime("Learnt On", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "Asked By", ondelete="restrict")
    origin = fields.Selection(
        [("learnt", "Learnt"), ("start", "Starting Values")],
        required=True,
        default="learnt",
        help="Starting values are set by people until there is enough history; they"
        " are not measured.",
    )
    data_hash = fields.Char(
        "Hash of the Examples",
        required=True,
        help="SHA-256 of all examples with what came of them: the same examples have"
        " the same hash.",
    )
    period_start = fields.Datetime("From", help="When the first example came.")
    period_end = fields.Datetime("Until", help="When the last example came.")
    learnt_count = fields.Integer("Examples Learnt From")
    held_out_count = fields.Integer(
        "Examples Held Out", help="The latest ones: it is judged by them."
    )
    calibration = fields.Json(help="Mean score, part that came true, rows; by score.")
    drivers = fields.Json("What Moves It", help="Columns with their mean weight.")
    content = fields.Text(
        "Saved Form",
        required=True,
        groups="base.group_system",
        help="JSON: numbers and words, nothing that could be run.",
    )
    content_hash = fields.Char(
        "Hash of the Saved Form", required=True, help="SHA-256, checked before use."
    )
    metric_ids = fields.One2many("dms.learner.metric", "version_id", "Figures")
    promotion_ids = fields.One2many(
        "dms.learner.promotion", "version_id", "Made Champion"
    )
    state = fields.Selection(
        STATES, "Role", compute="_compute_state", search="_search_state"
    )
    calibration_table = fields.Html(
        "Scores and What Came of Them", compute="_compute_tables"
    )
    drivers_table = fields.Html("What Moves the Scores", compute="_compute_tables")

    _number_uniq = models.UniqueIndex(
        "(learner_id, number)", "The learner already has a version of this number."
    )

    # ------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------

    @api.depends("learner_id", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(learner)s, version %(number)s",
                # whoever sees a score is told whose it is
                learner=version.sudo().learner_id.name,
                number=version.number,
            )

    @api.depends("promotion_ids")
    def _compute_state(self):
        champions = self._champions()
        for version in self:
            if version in champions:
                version.state = "champion"
            else:
                version.state = "retired" if version.promotion_ids else "challenger"

    def _champions(self):
        latest = self.env["dms.learner.promotion"]._read_group(
            [("learner_id", "in", self.learner_id.ids)],
            ["learner_id", "place"],
            ["id:max"],
        )
        rows = self.env["dms.learner.promotion"].browse([row[-1] for row in latest])
        return rows.version_id

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = self.search([("learner_id", "!=", False)]).filtered(
            lambda version: version.state in value
        )
        return [("id", "in", found.ids)]

    @api.depends("calibration", "drivers")
    def _compute_tables(self):
        for version in self:
            version.calibration_table = self.env["ir.qweb"]._render(
                "dms_base.dms_learner_calibration", {"bins": version.calibration or []}
            )
            version.drivers_table = self.env["ir.qweb"]._render(
                "dms_base.dms_learner_drivers", {"drivers": version._driver_rows()}
            )

    def _driver_rows(self):
        drivers = (self.drivers or [])[:15]
        most = max((weight for _code, weight in drivers), default=0) or 1
        words = self._driver_words([code for code, _weight in drivers])
        return [
            {"name": words.get(code, code), "percent": round(100 * weight / most)}
            for code, weight in drivers
        ]

    def _driver_words(self, codes):
        """:return: the columns of a learner in the user's language; extend it"""
        return {}

    # ------------------------------------------------------------
    # Learning and using
    # ------------------------------------------------------------

    @api.model
    def _dms_record(self, learner, trained, **vals):
        """Keep what was learnt.

        :param trained: ``learners.Trained``
        :param vals: other fields, at least ``company_id`` and ``data_hash``
        """
        learner._dms_claim()
        content = dumps(trained)
        last = self.search([("learner_id", "=", learner.id)], limit=1)
        return self.create(
            {
                "learner_id": learner.id,
                "number": last.number + 1,
                "content": content,
                "content_hash": digest(content),
                **vals,
            }
        )

    def _dms_record_measures(self, measures):
        """:param measures: pairs of whose predictions they are, and the figure"""
        self.ensure_one()
        return self.env["dms.learner.metric"].create(
            [
                {
                    "version_id": self.id,
                    "whose": whose,
                    "code": measure.code,
                    "value": measure.value,
                    "low": measure.low,
                    "high": measure.high,
                    "row_count": measure.rows,
                }
                for whose, measure in measures
            ]
        )

    @tools.ormcache("self.id")
    def _dms_trained(self):
        """:return: ``learners.Trained``; kept in memory, as it never changes

        :raise UserError: if the saved form is not what was saved
        """
        version = self.sudo()  # whoever gets a score need not see how it is made
        if digest(version.content) != version.content_hash:
            raise UserError(
                self.env._(
                    "%(version)s was changed after it was learnt, so it gives no scores"
                    " any more. Make another version the champion.",
                    version=version.display_name,
                )
            )
        return loads(version.content, version.learner_id._dms_cores().values())

    def _figure(self, code, whose="version"):
        """:return: a figure of this version, None if it was not measured"""
        found = self.metric_ids.filtered(
            lambda metric: metric.code == code and metric.whose == whose
        )
        return found.value if found else None

    # ------------------------------------------------------------
    # Champion and challenger
    # ------------------------------------------------------------

    def action_promote(self):
        """Make this version the champion of its store or dealer group."""
        self.ensure_one()
        self.env["dms.learner.promotion"].create({"version_id": self.id})
        return True

    def action_roll_back(self):
        """Make the champion before this one the champion again."""
        self.ensure_one()
        before = self.env["dms.learner.promotion"]._before(self)
        if not before:
            raise UserError(
                self.env._("No other version was the champion before this one.")
            )
        return before.action_promote()
