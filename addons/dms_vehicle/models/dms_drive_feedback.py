from odoo import api, fields, models
from odoo.exceptions import UserError

WANTS = [
    ("offer", "I want an offer"),
    ("other", "I want to try another car"),
    ("think", "I think about it"),
    ("no", "It is not my car"),
]
MOST_COMMENT = 2000
PROMOTER, DETRACTOR = 9, 6


class DmsDrive(models.Model):
    """What the driver says afterwards, by his link."""

    _name = "dms.drive"
    _inherit = ["dms.drive"]

    feedback_at = fields.Datetime("Answered on", readonly=True, copy=False)
    recommends = fields.Integer(
        "Recommends (0-10)",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="How likely the driver recommends this car.",
    )
    nps = fields.Float(
        "Recommendation Score",
        compute="_compute_nps",
        store=True,
        aggregator="avg",
        help="100 for 9 and 10, -100 for 0 to 6, else 0; its average over the drives"
        " with an answer is the net promoter score.",
    )
    wants = fields.Selection(WANTS, "Wants Next", readonly=True, copy=False)
    comment = fields.Text("Driver's Words", readonly=True, copy=False)

    _recommends_range = models.Constraint(
        "CHECK (COALESCE(recommends, 0) BETWEEN 0 AND 10)",
        "The answer lies between 0 and 10.",
    )

    @api.depends("feedback_at", "recommends")
    def _compute_nps(self):
        for drive in self:
            score = drive.recommends
            good, bad = score >= PROMOTER, score <= DETRACTOR
            drive.nps = drive.feedback_at and 100.0 * (good - bad)

    def _dms_may_answer(self):
        self.ensure_one()
        return self.state == "back" and self.kind != "blocked" and not self.feedback_at

    def _dms_take_feedback(self, recommends, wants, comment):
        """Keep what the driver answered, once, and tell who accompanied him.

        :param int recommends: 0 to 10
        :param str wants: one of ``WANTS``
        :param str comment: what he adds
        :raise UserError: if he has answered already, or did not choose
        """
        self._dms_claim()
        if not self._dms_may_answer():
            raise UserError(self.env._("Your answer was received already. Thank you!"))
        if recommends not in range(11) or wants not in dict(WANTS):
            raise UserError(self.env._("Choose a number and what you want next."))
        self.write(
            {
                "recommends": recommends,
                "wants": wants,
                "comment": (comment or "").strip()[:MOST_COMMENT] or False,
                "feedback_at": fields.Datetime.now(),
            }
        )
        self._dms_tell(self._dms_feedback_text())

    def _dms_feedback_text(self):
        wants = dict(self._fields["wants"]._description_selection(self.env))
        return self.env._(
            "%(driver)s after the drive: %(wants)s; recommends the car %(score)s of 10."
            " %(comment)s",
            driver=self.driver_name or "",
            wants=wants[self.wants],
            score=self.recommends,
            comment=self.comment or "",
        )

    def bring_back(self, *args, **kwargs):
        check = super().bring_back(*args, **kwargs)
        self._dms_ask_feedback()
        return check

    def _dms_ask_feedback(self):
        if self.kind == "test" and self.partner_id.email:
            template = self.env.ref("dms_vehicle.mail_template_drive_feedback")
            # written by the store, whoever takes the car back
            template.sudo().send_mail(self.id)
