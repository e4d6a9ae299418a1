from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.dms_base.models.conversation import conversation_fields

from .dms_damage_words import CLAIM_STATES, SETTLEMENTS

NOTED = {
    "picking_id",
    "carrier_id",
    "delivery_note",
    "found_on",
    "line_ids",
    "estimate",
    "driver_name",
    "driver_signature",
    "note",
}
# until it is settled; what the carrier has got is not changed any more
ANSWERED = {"note", "carrier_reference", "accepted_amount", "settle_by"}


class DmsDamageReport(models.Model):
    """What a car had when a carrier brought it, and the claim for it."""

    _name = "dms.damage.report"
    _description = "Transport Damage"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    name = fields.Char("Damage No.", readonly=True, copy=False, default="/")
    vehicle_id = fields.Many2one(
        "dms.vehicle", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(default=None, readonly=True)
    vin = fields.Char("VIN", related="vehicle_id.vin", store=True)
    product_id = fields.Many2one(related="vehicle_id.product_id", string="Model")
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        CLAIM_STATES,
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand="_dms_expand_state",
    )
    picking_id = fields.Many2one(
        "stock.picking",
        "Receipt",
        check_company=True,
        index="btree_not_null",
        help="With which the car came.",
    )
    carrier_id = fields.Many2one("res.partner", index="btree_not_null", tracking=True)
    delivery_note = fields.Char("Delivery Note No.")
    found_on = fields.Date("Found on", default=fields.Date.context_today)
    line_ids = fields.One2many("dms.damage.line", "report_id", "Damages")
    line_count = fields.Integer("Number of Damages", compute="_compute_line_count")
    estimate = fields.Monetary(tracking=True, help="What the repair will cost.")
    note = fields.Text("Remarks")
    driver_name = fields.Char("Driver")
    driver_signature = fields.Binary("Signature of the Driver", copy=False)

    claimed_on = fields.Date("Claimed on", readonly=True, copy=False)
    deadline = fields.Date(
        "Answer until", readonly=True, copy=False, index="btree_not_null"
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    carrier_reference = fields.Char("Reference of the Carrier", copy=False)
    accepted_amount = fields.Monetary(
        "Amount Accepted", copy=False, tracking=True, help="What the carrier pays."
    )
    settle_by = fields.Selection(
        SETTLEMENTS, "Settle by", default="invoice", required=True
    )
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    _amounts_positive = models.Constraint(
        "CHECK (COALESCE(estimate, 0) >= 0 AND COALESCE(accepted_amount, 0) >= 0)",
        "Amounts of a damage cannot be negative.",
    )
    _state_idx = models.Index("(company_id, state, id DESC)")

    @api.depends("name", "vin")
    def _compute_display_name(self):
        for report in self:
            report.display_name = " · ".join(filter(None, [report.name, report.vin]))

    @api.depends("line_ids")
    def _compute_line_count(self):
        for report in self:
            report.line_count = len(report.line_ids)

    @api.depends("deadline", "state")
    @api.depends_context("tz")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for report in self:
            report.is_overdue = (
                report.state == "claimed"
                and bool(report.deadline)
                and report.deadline < today
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        overdue = Domain("state", "=", "claimed") & Domain("deadline", "<", today)
        return overdue if True in value else ~overdue

    # Noting

    @api.model_create_multi
    def create(self, vals_list):
        cars = self.env["dms.vehicle"]._dms_named_in(vals_list)
        cars.check_access("read")
        return super().create(
            [
                vals | self._prepare_noted(car)
                for vals, car in zip(vals_list, cars, strict=True)
            ]
        )

    @api.model
    def _prepare_noted(self, car):
        sequence = self.env["ir.sequence"].with_company(car.company_id)
        return {
            "company_id": car.company_id.id,
            "state": "draft",
            "name": sequence.next_by_code("dms.damage.report") or "/",
            "move_id": False,
        }

    def write(self, vals):
        if not self.env.su:
            self._check_may_write(vals)
        return super().write(vals)

    def _check_may_write(self, vals):
        fields_of_claim = set(vals) - conversation_fields(self.env)
        self.check_access("write")
        if fields_of_claim - NOTED - ANSWERED:
            raise UserError(self.env._("A claim goes on by its buttons."))
        if fields_of_claim - ANSWERED:
            self._check_noted()
        if fields_of_claim:
            self._check_not_over()

    def _check_noted(self):
        self._check_state(
            ("draft",),
            self.env._(
                "What was claimed is not changed any more; withdraw it instead."
            ),
        )

    def _check_not_over(self):
        self._check_state(
            ("draft", "claimed", "accepted", "refused"),
            self.env._("This claim is closed."),
        )

    def _check_state(self, states, refusal):
        wrong = self.filtered(lambda report: report.state not in states)
        if wrong:
            raise UserError(
                self.env._(
                    "%(report)s: %(reason)s",
                    report=wrong[0].display_name,
                    reason=refusal,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        self._check_noted()

    # Claiming

    def action_claim(self):
        """Claim the damage from the carrier, and watch for his answer."""
        for report in self:
            report.check_access("write")
            report._check_noted()
            report._check_complete()
            report._claim()
        return True

    def _check_complete(self):
        missing = {
            self.env._("at least one damage"): self.line_ids,
            self.env._("the carrier"): self.carrier_id,
            self.env._("a photo of each damage"): all(
                line.photo_ids for line in self.line_ids
            ),
        }
        if names := [name for name, there in missing.items() if not there]:
            raise UserError(
                self.env._(
                    "%(report)s cannot be claimed yet; enter %(missing)s.",
                    report=self.display_name,
                    missing=", ".join(names),
                )
            )

    def _claim(self):
        today = fields.Date.context_today(self)
        # a setting; who claims need not read the store
        days = self.sudo().company_id.dms_claim_days
        deadline = fields.Date.add(today, days=days)
        self._go("claimed", claimed_on=today, deadline=deadline)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            deadline,
            summary=self.env._("Answer of %(carrier)s", carrier=self.carrier_id.name),
            user_id=self.env.uid,
        )

    def _go(self, state, **vals):
        # from one state to the next by these steps alone
        self.sudo().write(vals | {"state": state})

    # The answer

    def action_accept(self):
        """Note that the carrier pays; what was estimated unless an amount is given."""
        for report in self:
            report.check_access("write")
            report._check_waits()
            amount = report.accepted_amount or report.estimate
            if not amount:
                raise UserError(
                    self.env._("Enter the amount that the carrier accepts.")
                )
            report._go("accepted", accepted_amount=amount)
            report._close_activities()
        return True

    def action_refuse(self):
        for report in self:
            report.check_access("write")
            report._check_waits()
            report._go("refused")
            report._close_activities()
        return True

    def _check_waits(self):
        self._check_state(
            ("claimed", "refused"),
            self.env._("Only what was claimed is answered by the carrier."),
        )

    def _close_activities(self):
        # of whoever made the claim
        self.sudo().activity_ids.action_feedback()

    def action_cancel(self):
        """Withdraw it: what was noted stays visible."""
        self.check_access("write")
        self._check_not_over()
        self._go("cancelled")
        self._close_activities()
        return True
