from datetime import timedelta

from odoo import Command

from odoo.addons.dms_base.money import cents

from ..floorplan import interest
from .exact import money


class AccrualRun:
    """Interest of one line up to a day, booked as the difference to what is booked."""

    def __init__(self, line, until):
        """:param until: first day whose interest is not booked yet"""
        self.line = line
        self.env = line.env
        self.until = until
        self.last_day = until - timedelta(days=1)
        self.contracts = self.env["dms.floorplan.contract"].search(
            [
                ("line_id", "=", line.id),
                ("state", "!=", "draft"),
                ("start_date", "<", until),
                ("interest_final", "=", False),
            ],
            order="id",
        )

    def book(self):
        """:return: the posted entry, none if there is nothing to book"""
        differences = self._differences()
        move = self._post(differences) if differences else self.env["account.move"]
        self._finish()
        return move

    def _differences(self):
        """:return: per contract the cents that are not booked yet, or too much"""
        movements, booked = self.contracts._movements(), self.contracts._booked()
        differences = {}
        for contract in self.contracts:
            arguments = contract._interest_arguments(movements[contract.id])
            total = cents(interest(*arguments, self.until))
            if difference := total - money(booked.get(contract.id)):
                differences[contract] = difference
        return differences

    def _post(self, differences):
        move = self.env["account.move"].create(
            self._prepare_move(sum(differences.values()))
        )
        # parts are made with their entry only, never by hand
        self.env["dms.floorplan.accrual"].sudo().create(
            [self._prepare_part(move, *pair) for pair in differences.items()]
        )
        # differences that cancel each other out are kept with an entry over zero
        move.action_post()
        return move

    def _prepare_move(self, total):
        line, label = self.line, self._label()
        shared = {"name": label, "partner_id": line.lender_id.id}
        amount = float(total)
        return {
            "move_type": "entry",
            "journal_id": line.journal_id.id,
            "company_id": line.company_id.id,
            "date": self.last_day,
            "ref": label,
            "line_ids": [
                Command.create(
                    shared
                    | {"account_id": line.expense_account_id.id, "balance": amount}
                ),
                Command.create(
                    shared
                    | {"account_id": line.accrued_account_id.id, "balance": -amount}
                ),
            ],
        }

    def _label(self):
        return self.env._(
            "Floorplan interest %(month)s, %(line)s",
            month=f"{self.last_day:%Y-%m}",
            line=self.line.name,
        )

    def _prepare_part(self, move, contract, difference):
        return {
            "company_id": self.line.company_id.id,
            "contract_id": contract.id,
            "line_id": self.line.id,
            "vehicle_id": contract.vehicle_id.id,
            "move_id": move.id,
            "month": self.last_day.replace(day=1),
            "amount": float(difference),
        }

    def _finish(self):
        """Leave out from now on what bears no interest any more."""
        ended = self.contracts.filtered(
            lambda c: c.state == "cancelled" or c._interest_ends_before(self.until)
        )
        ended.interest_final = True
