from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

STATES = [("draft", "Planned"), ("ordered", "Ordered"), ("done", "Done")]


class DmsReconditioning(models.Model):
    """What is done to a used car before it is shown, by whom, for how much.

    The workshops' bills are Odoo's own; an addon that knows landed costs puts what is
    posted of them on the car.
    """

    _name = "dms.reconditioning"
    _description = "Reconditioning of a Used Car"
    _inherit = ["dms.store.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "vin"

    vehicle_id = fields.Many2one(
        "dms.vehicle",
        "Car",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('is_used', '=', True), ('state', 'in', ('in_stock', 'allocated')),"
        " ('company_id', '=', company_id)]",
    )
    vin = fields.Char("VIN", related="vehicle_id.vin", store=True, index=True)
    appraisal_id = fields.Many2one(
        "dms.appraisal", index="btree_not_null", check_company=True, readonly=True
    )
    line_ids = fields.One2many("dms.reconditioning.line", "order_id", "Work")
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_planned = fields.Monetary(
        "Planned", compute="_compute_amounts", store=True, help="Without VAT."
    )
    ready_on = fields.Date("Ready by")
    done_on = fields.Date("Done on", readonly=True, copy=False)
    state = fields.Selection(
        STATES,
        "Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )

    @api.depends("line_ids.amount")
    def _compute_amounts(self):
        for one in self:
            one.amount_planned = sum(one.line_ids.mapped("amount"))

    @api.constrains("vehicle_id", "company_id")
    def _check_vehicle_id(self):
        for one in self:
            car = one.vehicle_id
            if not car.received_date or car.company_id != one.company_id:
                raise UserError(
                    self.env._(
                        "%(vin)s does not stand in %(store)s: receive it first.",
                        vin=car.vin,
                        store=one.company_id.name,
                    )
                )

    def write(self, vals):
        if not self.env.su and {"state", "done_on"} & vals.keys():
            raise UserError(self.env._("Work is ordered and ended by the buttons."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_planned(self):
        if self.filtered(lambda one: one.state != "draft"):
            raise UserError(self.env._("Work that was ordered stays on record."))

    def action_order(self):
        """Order the work; each workshop's bill waits as a draft for the accountant."""
        for one in self:
            one.check_access("write")
            one._dms_claim()
            if one.state != "draft":
                raise UserError(self.env._("This work is ordered already."))
            lines = one.line_ids
            if not lines or not all(line.partner_id for line in lines):
                raise UserError(
                    self.env._("Enter what is to be done, and which workshop does it.")
                )
            for partner, own in lines.grouped("partner_id").items():
                one._dms_prepare_and_bill(partner, own)
            one.sudo().state = "ordered"
        return True

    def _dms_prepare_and_bill(self, partner, lines):
        # who orders work need not keep the books: an accountant checks and posts it
        moves = self.env["account.move"].sudo().with_company(self.company_id)
        bill = moves.create(
            {
                "move_type": "in_invoice",
                "company_id": self.company_id.id,
                "partner_id": partner.id,
                "invoice_origin": self.vin,
                "invoice_line_ids": [
                    Command.create(line._dms_prepare_bill_line()) for line in lines
                ],
            }
        )
        lines.sudo().bill_id = bill

    def action_done(self):
        """The car is ready to be shown."""
        for one in self:
            one.check_access("write")
            if one.state != "ordered":
                raise UserError(self.env._("Order the work first."))
            one.sudo().write(
                {"state": "done", "done_on": fields.Date.context_today(one)}
            )
        return True


class DmsReconditioningLine(models.Model):
    _name = "dms.reconditioning.line"
    _description = "Work on a Used Car"
    _inherit = ["dms.store.mixin"]
    _order = "id"

    order_id = fields.Many2one(
        "dms.reconditioning", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="order_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char("What Is Done", required=True)
    partner_id = fields.Many2one(
        "res.partner", "Workshop", index="btree_not_null", check_company=True
    )
    amount = fields.Monetary(help="Without VAT.")
    bill_id = fields.Many2one(
        "account.move", readonly=True, copy=False, index="btree_not_null"
    )

    _not_negative = models.Constraint(
        "CHECK (COALESCE(amount, 0) >= 0)", "What work costs is not negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._dms_check_planned()
        return lines

    def write(self, vals):
        self._dms_check_planned()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_planned(self):
        self._dms_check_planned()

    def _dms_check_planned(self):
        if not self.env.su and any(line.order_id.state != "draft" for line in self):
            raise UserError(
                self.env._("Work that is ordered stays: plan a further order.")
            )

    def _dms_prepare_bill_line(self):
        """:return: values of the line on the workshop's bill"""
        product = self.env.ref("dms_sales.product_reconditioning")
        return {
            "product_id": product.product_variant_id.id,
            "name": f"{self.order_id.vin}: {self.name}",
            "quantity": 1,
            "price_unit": self.amount,
            "dms_reconditioning_line_id": self.id,
        }


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line"]

    dms_reconditioning_line_id = fields.Many2one(
        "dms.reconditioning.line",
        "Work on a Used Car",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )


class DmsAppraisal(models.Model):
    _name = "dms.appraisal"
    _inherit = ["dms.appraisal"]

    reconditioning_ids = fields.One2many("dms.reconditioning", "appraisal_id")

    def action_recondition(self):
        """Open the work on this car; plan it from the damages if there is none."""
        self.ensure_one()
        orders = self.reconditioning_ids
        if not orders:
            orders = orders.create(self._prepare_reconditioning())
        return self.env["dms.vehicle"]._open("dms.reconditioning", orders)

    def _prepare_reconditioning(self):
        return {
            "appraisal_id": self.id,
            "vehicle_id": self.vehicle_id.id,
            "company_id": self.company_id.id,
            "line_ids": [
                Command.create({"name": line._dms_work(), "amount": line.cost})
                for line in self.damage_ids
                if line.cost
            ],
        }


class DmsAppraisalDamage(models.Model):
    _name = "dms.appraisal.damage"
    _inherit = ["dms.appraisal.damage"]

    def _dms_work(self):
        """:return: what is to be repaired, in words"""
        words = self._dms_words()
        return f"{words['panel']} · {words['kind']}"
