from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

STATES = [("open", "Open"), ("registered", "Registered")]
LONGEST = 30
MOST = 3


class DmsRegistrationStep(models.Model):
    """What a registration office asks for, step by step, with its usual fee."""

    _name = "dms.registration.step"
    _description = "Step of a Registration"
    _order = "sequence, id"

    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=100)
    name = fields.Char(required=True, translate=True)
    papers = fields.Char("Papers Needed", translate=True)
    fee = fields.Float("Usual Fee (CNY)", digits=(10, 2))

    _fee_positive = models.Constraint(
        "CHECK (COALESCE(fee, 0) >= 0)", "A fee is not negative."
    )


class DmsRegistration(models.Model):
    """Plates for one car (上牌), and the mortgage of its lender (抵押登记)."""

    _name = "dms.registration"
    _description = "Registration of a Car"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "vin"

    deal_id = fields.Many2one(
        "dms.deal",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(related="deal_id.partner_id", store=True)
    vehicle_id = fields.Many2one(
        related="deal_id.vehicle_id", store=True, index="btree_not_null"
    )
    vin = fields.Char("VIN", related="vehicle_id.vin", store=True)
    line_ids = fields.One2many("dms.registration.line", "registration_id", "Steps")
    temporary_ids = fields.One2many(
        "dms.temporary.plate", "registration_id", "Temporary Plates"
    )
    plate = fields.Char("Plate No.", tracking=True, copy=False)
    plated_on = fields.Date("Registered on", readonly=True, copy=False)
    title_number = fields.Char(
        "Registration Certificate No.", copy=False, help="登记证书编号"
    )
    lender_id = fields.Many2one("res.partner", compute="_compute_lender_id")
    mortgaged_on = fields.Date("Mortgage Registered on", copy=False, tracking=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    fee_total = fields.Monetary("Fees", compute="_compute_fee_total", store=True)
    state = fields.Selection(
        STATES, "Status", compute="_compute_state", store=True, index=True
    )

    _one_per_deal = models.UniqueIndex(
        "(deal_id)", "This deal has its registration already: change it."
    )

    @api.depends("deal_id.order_id.dms_loan_ids.terms_id")
    def _compute_lender_id(self):
        for one in self:
            # who registers cars need not read orders
            loan = one.deal_id.sudo().order_id.dms_loan_ids
            one.lender_id = loan.terms_id.lender_id[:1]

    @api.depends("line_ids.fee")
    def _compute_fee_total(self):
        for one in self:
            one.fee_total = sum(one.line_ids.mapped("fee"))

    @api.depends("plated_on")
    def _compute_state(self):
        for one in self:
            one.state = "registered" if one.plated_on else "open"

    @api.model_create_multi
    def create(self, vals_list):
        registrations = super().create(vals_list)
        steps = self.env["dms.registration.step"].search([("active", "=", True)])
        self.env["dms.registration.line"].create(
            [
                {"registration_id": one.id, "step_id": step.id, "fee": step.fee}
                for one in registrations.filtered(lambda one: not one.line_ids)
                for step in steps
            ]
        )
        return registrations

    def write(self, vals):
        if not self.env.su and {"plated_on", "deal_id"} & vals.keys():
            raise UserError(
                self.env._("A car is registered by the button, when all is done.")
            )
        return super().write(vals)

    def action_register(self):
        """Write the plate onto the car: all steps are done."""
        for one in self:
            one.check_access("write")
            one._check_can_register()
            # the steps prove it: nobody types this day
            one.sudo().plated_on = fields.Date.context_today(one)
            # the registration proves the plate; who registers need not write cars
            one.vehicle_id.sudo().plate = one.plate
        return True

    def _check_can_register(self):
        if not (self.plate or "").strip():
            raise UserError(self.env._("Enter the plate number first."))
        if open_lines := self.line_ids.filtered(lambda line: not line.done_on):
            raise UserError(
                self.env._(
                    "Steps still open: %(names)s",
                    names=", ".join(open_lines.mapped("name")),
                )
            )
        if not self.vehicle_id:
            raise UserError(self.env._("The order names no car yet."))


class DmsRegistrationLine(models.Model):
    _name = "dms.registration.line"
    _description = "Step in a Registration"
    _inherit = ["dms.store.mixin"]
    _order = "sequence, id"

    registration_id = fields.Many2one(
        "dms.registration", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="registration_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    step_id = fields.Many2one("dms.registration.step", required=True)
    sequence = fields.Integer(related="step_id.sequence", store=True)
    name = fields.Char(related="step_id.name")
    papers = fields.Char(related="step_id.papers")
    currency_id = fields.Many2one(related="registration_id.currency_id")
    fee = fields.Monetary()
    done_on = fields.Date("Done on")

    _fee_positive = models.Constraint(
        "CHECK (COALESCE(fee, 0) >= 0)", "A fee is not negative."
    )

    def action_done(self):
        """Say that it is done today."""
        self.done_on = fields.Date.context_today(self)


class DmsTemporaryPlate(models.Model):
    """A temporary plate (临时号牌): at most 30 days, at most three for one car.

    Source: 机动车登记规定 article 47.
    """

    _name = "dms.temporary.plate"
    _description = "Temporary Plate"
    _inherit = ["dms.store.mixin"]
    _order = "date_from, id"
    _rec_name = "number"

    registration_id = fields.Many2one(
        "dms.registration", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="registration_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    number = fields.Char("Temporary Plate No.", required=True)
    date_from = fields.Date(
        "From", required=True, default=lambda self: fields.Date.context_today(self)
    )
    date_to = fields.Date("Until", required=True)

    @api.constrains("date_from", "date_to", "registration_id")
    def _check_temporary(self):
        for one in self:
            one._check_days()
            one._check_count()
            one._check_insured()

    def _check_days(self):
        last = self.date_from + timedelta(days=LONGEST - 1)
        if not self.date_from <= self.date_to <= last:
            raise ValidationError(
                self.env._(
                    "A temporary plate is good for at most %(days)s days: until"
                    " %(last)s.",
                    days=LONGEST,
                    last=last,
                )
            )

    def _check_count(self):
        if len(self.registration_id.temporary_ids) > MOST:
            raise ValidationError(
                self.env._(
                    "A car gets at most %(most)s temporary plates: register it.",
                    most=MOST,
                )
            )

    def _check_insured(self):
        # a plate is limited by policies, whoever enters it
        policies = self.registration_id.deal_id.sudo().policy_ids
        ends = policies.filtered(lambda one: one.kind == "compulsory").mapped("date_to")
        if ends and self.date_to > max(ends):
            raise ValidationError(
                self.env._(
                    "The compulsory insurance ends on %(day)s: no temporary plate is"
                    " good beyond that.",
                    day=max(ends),
                )
            )


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    registration_ids = fields.One2many("dms.registration", "deal_id", "Registrations")

    def action_dms_registration(self):
        """Open the registration of the deal's car; begin it if there is none."""
        self.ensure_one()
        known = self.env["dms.registration"].search([("deal_id", "=", self.id)])
        if not known:
            vals = {"deal_id": self.id, "company_id": self.company_id.id}
            known = self.env["dms.registration"].create(vals)
        return known._get_records_action()
