from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class DmsFloorplanPay(models.TransientModel):
    """Propose the entry that pays cars back; the accountant posts it."""

    _name = "dms.floorplan.pay"
    _description = "Pay Back Floorplan"

    contract_ids = fields.Many2many("dms.floorplan.contract", string="Cars")
    company_id = fields.Many2one("res.company", compute="_compute_amount")
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("Paid on", required=True, default=fields.Date.context_today)
    mode = fields.Selection(
        [("due", "What is due"), ("all", "The whole rest")],
        required=True,
        default="all",
    )
    amount = fields.Monetary(compute="_compute_amount")

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
            wizard.amount = sum(map(wizard._amount, wizard.contract_ids))

    def _amount(self, contract):
        if self.mode == "all":
            return contract.exposure if contract.state == "open" else 0.0
        due = contract.due_ids.filtered(lambda d: self.date and d.date <= self.date)
        return sum(due.mapped("open_amount"))

    def action_propose(self):
        """:return: an action that shows the entries, drafts until they are posted"""
        self.ensure_one()
        self._check_not_proposed()
        amounts = {c: a for c in self.contract_ids if (a := self._amount(c))}
        if not amounts:
            raise UserError(self.env._("Nothing is to be paid back for these cars."))
        moves = self.env["account.move"]
        for line, contracts in self.contract_ids.grouped("line_id").items():
            paid = {c: amounts[c] for c in contracts if c in amounts}
            # an F&I officer proposes what only an accountant may post
            moves |= moves.sudo().create(self._prepare_move(line, paid)).sudo(False)
        return self.env["dms.vehicle"]._open("account.move", moves)

    def _check_not_proposed(self):
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

    def _prepare_move(self, line, amounts):
        """What pays a loan back lowers the loan; a bill is covered by its deposit."""
        is_loan = line.kind == "loan"
        account = line.liability_account_id if is_loan else line.deposit_account_id
        partner = line.lender_id.commercial_partner_id
        items = [
            {
                "name": contract.vehicle_id.vin,
                "account_id": account.id,
                "partner_id": partner.id,
                "balance": amount,
                "dms_floorplan_id": contract.id,
            }
            for contract, amount in amounts.items()
        ]
        paid = {
            "name": line.name,
            "account_id": line.bank_account_id.id,
            "partner_id": partner.id,
            "balance": -sum(amounts.values()),
        }
        return {
            "move_type": "entry",
            "journal_id": line.journal_id.id,
            "company_id": line.company_id.id,
            "date": self.date,
            "ref": self.env._("Floorplan paid back, %(line)s", line=line.name),
            "line_ids": [Command.create(item) for item in (*items, paid)],
        }
