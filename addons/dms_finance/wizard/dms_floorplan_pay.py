from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.floorplan_payment import Payment, Settlement


class DmsFloorplanPay(models.TransientModel):
    """Propose the entry that pays cars back; the accountant posts it."""

    _name = "dms.floorplan.pay"
    _description = "Pay Back Floorplan"

    contract_ids = fields.Many2many("dms.floorplan.contract", string="Cars")
    company_id = fields.Many2one("res.company", compute="_compute_amount")
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("Paid on", required=True, default=fields.Date.context_today)
    mode = fields.Selection(
        [
            ("due", "What is due"),
            ("all", "The whole rest"),
            ("bill", "The bill at maturity, from its deposit"),
        ],
        required=True,
        default="all",
    )
    amount = fields.Monetary(
        "From the Bank", compute="_compute_amount", help="What leaves the bank account."
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        model = self.env.context.get("active_model")
        chosen = self.env.context.get("active_ids", [])
        if model == "dms.floorplan.contract":
            values["contract_ids"] = [Command.set(chosen)]
        elif model == "dms.floorplan.due":
            contracts = self.env[model].browse(chosen).contract_id
            values["contract_ids"] = [Command.set(contracts.ids)]
            values["mode"] = "due"
        return values

    @api.depends("contract_ids", "date", "mode")
    def _compute_amount(self):
        for wizard in self:
            wizard.company_id = wizard.contract_ids.company_id[:1]
            payments = wizard._payments() if wizard.date else []
            wizard.amount = float(sum(payment.from_bank for payment in payments))

    def _payments(self):
        """:return: a payment per line, none for lines with nothing to pay"""
        by_line = self.contract_ids.grouped("line_id").items()
        if self.mode == "bill":
            owed = {
                line: cars.filtered(lambda c: c.kind == "bill" and c.owed > 0)
                for line, cars in by_line
            }
            return [Settlement(line, self.date, c) for line, c in owed.items() if c]
        due = {
            line: {car: amount for car in cars if (amount := self._amount(car))}
            for line, cars in by_line
        }
        return [
            Payment(line, self.date, amounts)
            for line, amounts in due.items()
            if amounts
        ]

    def _amount(self, contract):
        if contract.state != "open":
            return 0.0
        if self.mode == "all":
            return contract.exposure
        due = contract.due_ids.filtered(lambda d: d.date <= self.date)
        return sum(due.mapped("open_amount"))

    def action_propose(self):
        """:return: an action that shows the entries, drafts until they are posted"""
        moves = self._propose()
        if moves.has_access("read"):
            return self.env["dms.vehicle"]._open("account.move", moves)
        return self._tell_proposed()

    def _tell_proposed(self):
        """Tell who may not read entries what becomes of what he proposed."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Proposed. The cars are paid back once an accountant posts the"
                    " entry."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _propose(self):
        """:return: the draft entries, one per line"""
        self.ensure_one()
        self._check_not_proposed()
        payments = self._payments()
        if not payments:
            raise UserError(
                self.env._(
                    "Nothing is to be paid back for these cars: choose another day, or"
                    " another way to pay."
                )
            )
        # an F&I officer proposes what only an accountant may post
        moves = self.env["account.move"].sudo()
        moves = moves.create([payment.prepare_move() for payment in payments])
        return moves.sudo(False)

    def _check_not_proposed(self):
        # an F&I officer reads no entries, but is told which one waits
        waiting = self.contract_ids.sudo().item_ids.filtered(
            lambda item: item.parent_state == "draft"
        )
        if waiting:
            raise UserError(
                self.env._(
                    "%(vins)s: an entry (%(entries)s) is waiting to be posted already."
                    " Post or delete it first.",
                    vins=", ".join(waiting.dms_floorplan_id.vehicle_id.mapped("vin")),
                    entries=", ".join(waiting.move_id.mapped("display_name")),
                )
            )
