from odoo import api, fields, models
from odoo.exceptions import UserError

DIRECTIONS = [("in", "To the Store"), ("out", "To the Buyer")]
STATES = [("open", "Open"), ("done", "Transferred")]
# how many days a step may take from the start
USUAL_DAYS = 7


class DmsTitleStep(models.Model):
    """What the office asks for when a used car changes hands (过户), and its fee."""

    _name = "dms.title.step"
    _description = "Step of a Transfer of Ownership"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    papers = fields.Char("Papers Needed", translate=True)
    sequence = fields.Integer(default=100)
    days = fields.Integer(
        "Done within (days)", default=USUAL_DAYS, help="After the transfer began."
    )
    fee = fields.Float("Usual Fee (CNY)", digits=(10, 2))
    direction = fields.Selection(DIRECTIONS, "Only", help="Empty: both ways.")
    active = fields.Boolean(default=True)

    _not_negative = models.Constraint(
        "CHECK (COALESCE(fee, 0) >= 0 AND COALESCE(days, 0) >= 0)",
        "Fees and days are not negative.",
    )


class DmsTitleTransfer(models.Model):
    """A used car changes hands at the registration office: steps, papers and fees."""

    _name = "dms.title.transfer"
    _description = "Transfer of Ownership"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "vin"

    vin = fields.Char("VIN", required=True, readonly=True, index=True)
    vehicle_id = fields.Many2one("dms.vehicle", "Car", index="btree_not_null")
    direction = fields.Selection(DIRECTIONS, required=True, readonly=True)
    appraisal_id = fields.Many2one(
        "dms.appraisal", readonly=True, index="btree_not_null", check_company=True
    )
    deal_id = fields.Many2one(
        "dms.deal", readonly=True, index="btree_not_null", check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Owner or Buyer",
        required=True,
        index=True,
        help="Who gave or gets it.",
    )
    begun_on = fields.Date(
        "Begun on",
        required=True,
        default=lambda self: fields.Date.context_today(self),
    )
    line_ids = fields.One2many("dms.title.transfer.line", "transfer_id", "Steps")
    currency_id = fields.Many2one(related="company_id.currency_id")
    fee_total = fields.Monetary("Fees", compute="_compute_fee_total", store=True)
    new_plate = fields.Char("New Plate No.", copy=False)
    title_number = fields.Char("Certificate of Registration No.", copy=False)
    transferred_on = fields.Date("Transferred on", readonly=True, copy=False)
    state = fields.Selection(
        STATES, "Status", compute="_compute_state", store=True, index=True
    )

    _one_per_appraisal = models.UniqueIndex(
        "(appraisal_id) WHERE appraisal_id IS NOT NULL",
        "This purchase has its transfer already.",
    )
    _one_per_deal = models.UniqueIndex(
        "(deal_id) WHERE deal_id IS NOT NULL", "This deal has its transfer already."
    )

    @api.depends("line_ids.fee")
    def _compute_fee_total(self):
        for one in self:
            one.fee_total = sum(one.line_ids.mapped("fee"))

    @api.depends("transferred_on")
    def _compute_state(self):
        for one in self:
            one.state = "done" if one.transferred_on else "open"

    @api.model_create_multi
    def create(self, vals_list):
        transfers = super().create(vals_list)
        steps = self.env["dms.title.step"].search([("active", "=", True)])
        self.env["dms.title.transfer.line"].create(
            [
                one._prepare_step(step)
                for one in transfers.filtered(lambda one: not one.line_ids)
                for step in steps
                if step.direction in (False, one.direction)
            ]
        )
        return transfers

    def _prepare_step(self, step):
        return {
            "transfer_id": self.id,
            "step_id": step.id,
            "fee": step.fee,
            "due_on": fields.Date.add(self.begun_on, days=step.days),
        }

    def write(self, vals):
        if not self.env.su and "transferred_on" in vals:
            raise UserError(
                self.env._("A car is transferred by the button, when all is done.")
            )
        return super().write(vals)

    def action_transfer(self):
        """All steps are done: the new papers are there."""
        for one in self:
            one.check_access("write")
            if open_lines := one.line_ids.filtered(lambda line: not line.done_on):
                raise UserError(
                    self.env._(
                        "Steps still open: %(names)s",
                        names=", ".join(open_lines.mapped("name")),
                    )
                )
            # the steps prove it: nobody types this day
            one.sudo().transferred_on = fields.Date.context_today(one)
            if one.new_plate:
                # the registration proves the plate; who registers need not write cars
                one.vehicle_id.sudo().plate = one.new_plate
        return True


class DmsTitleTransferLine(models.Model):
    _name = "dms.title.transfer.line"
    _description = "Step in a Transfer of Ownership"
    _inherit = ["dms.store.mixin", "dms.photo.mixin"]
    _order = "sequence, id"

    transfer_id = fields.Many2one(
        "dms.title.transfer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="transfer_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    photo_ids = fields.Many2many("ir.attachment")
    step_id = fields.Many2one("dms.title.step", required=True)
    sequence = fields.Integer(related="step_id.sequence", store=True)
    name = fields.Char(related="step_id.name")
    papers = fields.Char(related="step_id.papers")
    currency_id = fields.Many2one(related="transfer_id.currency_id")
    fee = fields.Monetary()
    due_on = fields.Date("Due on")
    done_on = fields.Date("Done on", readonly=True)
    done_by_id = fields.Many2one("res.users", "Done by", readonly=True)
    is_late = fields.Boolean("Late", compute="_compute_is_late")

    _fee_positive = models.Constraint(
        "CHECK (COALESCE(fee, 0) >= 0)", "A fee is not negative."
    )

    @api.depends("due_on", "done_on")
    @api.depends_context("tz")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.is_late = bool(
                line.due_on and not line.done_on and line.due_on < today
            )

    def action_done(self):
        """Say that it is done today, and by whom."""
        self.check_access("write")
        today = fields.Date.context_today(self)
        self.filtered(lambda line: not line.done_on).write(
            {"done_on": today, "done_by_id": self.env.uid}
        )


class DmsAppraisal(models.Model):
    _name = "dms.appraisal"
    _inherit = ["dms.appraisal"]

    transfer_ids = fields.One2many(
        "dms.title.transfer", "appraisal_id", "Transfer of Ownership"
    )

    def _dms_begin_transfer(self):
        """What is bought has to become the store's at the office."""
        for one in self:
            self.env["dms.title.transfer"].create(
                {
                    "vin": one.vin,
                    "company_id": one.company_id.id,
                    "direction": "in",
                    "appraisal_id": one.id,
                    "partner_id": one.partner_id.id,
                    "vehicle_id": one.vehicle_id.id,
                    "title_number": one.title_number,
                }
            )

    def action_view_transfer(self):
        self.ensure_one()
        return self.env["dms.vehicle"]._open("dms.title.transfer", self.transfer_ids)


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    title_transfer_ids = fields.One2many(
        "dms.title.transfer", "deal_id", "Transfers of Ownership"
    )
    is_used = fields.Boolean(related="vehicle_id.is_used", string="Used Car")

    def action_dms_title_transfer(self):
        """Open the transfer to the buyer; begin it if there is none."""
        self.ensure_one()
        transfers = self.env["dms.title.transfer"]
        known = transfers.search([("deal_id", "=", self.id)])
        if not known:
            if not self.vehicle_id:
                raise UserError(self.env._("The order names no car yet."))
            known = transfers.create(
                {
                    "vin": self.vehicle_id.vin,
                    "vehicle_id": self.vehicle_id.id,
                    "company_id": self.company_id.id,
                    "direction": "out",
                    "deal_id": self.id,
                    "partner_id": self.partner_id.id,
                }
            )
        return known._get_records_action()

    def _dms_blockers(self):
        missing = super()._dms_blockers()
        if self.state != "ordered" or not self.sudo().is_used:
            return missing
        transfers = self.sudo().title_transfer_ids
        if not transfers.filtered("transferred_on"):
            text = self.env._("The used car is not transferred to its buyer yet.")
            who = self.user_id or self.env.ref("dms_base.group_dms_sales_consultant")
            place = transfers[:1].with_env(self.env) if transfers else self
            missing.append(self._dms_blocker("transfer", text, who, place))
        return missing
