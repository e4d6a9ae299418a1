from typing import Any, NamedTuple

from odoo.exceptions import UserError

from odoo.addons.dms_base.money import exact, percent_of

from ..floorplan import fee
from .exact import money
from .floorplan_entry import prepare_entry


class Drawn(NamedTuple):
    """A car whose price a lender pays; ``bill`` and ``order_line`` may be empty."""

    vehicle: Any
    amount: float
    order_line: Any
    bill: Any


class Draw:
    """A lender pays for cars: contracts, one posted entry, dues.

    With a posted bill the OEM is paid by it. Without one the money of a loan comes to
    the bank account; a bank acceptance is handed to the OEM, who is paid in advance.
    """

    def __init__(self, line, day, cars, reference=False):
        # contracts and dues are made by drawings only, never by hand
        self.line = line.sudo().with_company(line.company_id)
        self.env = self.line.env
        self.day = day
        self.cars = cars
        self.reference = reference

    def make(self):
        """:return: the contracts
        :raise UserError: if a car is financed already, or the limit is exceeded
        """
        contracts = self.env["dms.floorplan.contract"]
        if not self.cars:
            return contracts
        self.line._dms_claim()
        self._check_free()
        contracts = contracts.create([self._prepare_contract(car) for car in self.cars])
        move = self.env["account.move"].create(self._prepare_move(contracts))
        contracts.draw_move_id = move
        move.action_post()
        contracts._make_dues()
        contracts._pledge_certificates()
        self._settle_bills(move)
        self.line._check_limit(sum(contracts.mapped("exposure")))
        return contracts

    def _check_free(self):
        for car in self.cars:
            # the store that had the car before may have it financed still
            held = car.vehicle.sudo().dms_floorplan_ids.filtered(
                lambda contract: contract.state == "open"
            )
            if held:
                raise UserError(
                    self.env._(
                        "%(vin)s is financed already by %(lender)s since %(day)s. Pay"
                        " it back before it is drawn again.",
                        vin=car.vehicle.vin,
                        lender=held[0].lender_id.name,
                        day=held[0].start_date,
                    )
                )

    def _prepare_contract(self, car):
        terms = self.line._terms()
        amount = money(car.amount)
        return {
            "company_id": self.line.company_id.id,
            "line_id": self.line.id,
            "vehicle_id": car.vehicle.id,
            "reference": self.reference,
            "start_date": self.day,
            "maturity_date": self.line._maturity(self.day),
            "principal": float(amount),
            "deposit_due": float(percent_of(amount, terms.deposit_percent)),
            "days_after_sale": self.line.days_after_sale,
            "terms": terms.as_json(),
            "bill_id": car.bill.id,
            "purchase_line_id": car.order_line.id,
        }

    # The entry

    def _prepare_move(self, contracts):
        label = self.env._("Floorplan drawing, %(line)s", line=self.line.name)
        items = [
            *self._paid_items(),
            *self._contract_items(contracts),
            *self._bank_items(contracts),
        ]
        label = " ".join(filter(None, [label, self.reference]))
        return prepare_entry(self.line, self.day, label, items)

    def _paid_items(self):
        """What the lender's money is used for: bills, prepayments, or the bank."""
        paid = {}
        for car in self.cars:
            receiver = self._receiver(car)
            paid[receiver] = paid.get(receiver, money(0)) + money(car.amount)
        return [
            {
                "name": name,
                "account_id": account.id,
                "partner_id": partner.id,
                "balance": float(amount),
            }
            for (name, account, partner), amount in paid.items()
        ]

    def _receiver(self, car):
        """:return: label, account and partner of the item that takes the money"""
        if car.bill:
            partner = car.bill.commercial_partner_id
            return car.bill.name, _payable(car.bill).account_id, partner
        order = car.order_line.order_id.with_company(self.line.company_id)
        if order and self.line.kind == "bill":
            partner = order.partner_id.commercial_partner_id
            return order.name, partner.property_account_payable_id, partner
        return self.line.name, self._bank, self._lender

    def _contract_items(self, contracts):
        for contract in contracts:
            shared = {
                "name": contract.vehicle_id.vin,
                "partner_id": self._lender.id,
                "dms_floorplan_id": contract.id,
            }
            liability = self.line.liability_account_id.id
            yield shared | {"account_id": liability, "balance": -contract.principal}
            if contract.deposit_due:
                deposit = self.line.deposit_account_id.id
                yield shared | {"account_id": deposit, "balance": contract.deposit_due}

    def _bank_items(self, contracts):
        """Deposit and fee leave the bank account."""
        drawn = sum((money(c.principal) for c in contracts), money(0))
        deposit = sum((money(c.deposit_due) for c in contracts), money(0))
        charge = fee(drawn, exact(self.line.fee_percent))
        shared = {"partner_id": self._lender.id, "name": self.line.name}
        if charge:
            expense = self.line.expense_account_id.id
            yield shared | {"account_id": expense, "balance": float(charge)}
        if deposit or charge:
            total = -float(deposit + charge)
            yield shared | {"account_id": self._bank.id, "balance": total}

    @property
    def _bank(self):
        return self.line.bank_account_id

    @property
    def _lender(self):
        return self.line.lender_id.commercial_partner_id

    def _settle_bills(self, move):
        for bill in {car.bill for car in self.cars if car.bill}:
            items = move.line_ids.filtered(
                lambda i, bill=bill: (
                    i.account_id.reconcile
                    and i.name == bill.name
                    and i.account_id == _payable(bill).account_id
                )
            )
            (items | _payable(bill)).filtered(lambda i: not i.reconciled).reconcile()


def _payable(bill):
    return bill.line_ids.filtered(
        lambda item: item.account_id.account_type == "liability_payable"
    )[:1]
