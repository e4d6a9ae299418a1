from ..floorplan import Terms, deposit_interest
from .exact import money
from .floorplan_entry import prepare_entry


class Payment:
    """What pays a loan back lowers the loan; a bill is covered by its deposit."""

    def __init__(self, line, day, amounts):
        """:param amounts: per contract what is paid for it"""
        self.line = line
        self.env = line.env
        self.day = day
        self.amounts = {car: money(amount) for car, amount in amounts.items()}

    @property
    def from_bank(self):
        """:return: what leaves the bank account"""
        return sum(self.amounts.values(), money(0))

    def prepare_move(self):
        """:return: the values of the entry"""
        items = [*self._items(), self._item(self.line.bank_account_id, -self.from_bank)]
        return prepare_entry(self.line, self.day, self._label(), items)

    def _label(self):
        return self.env._("Floorplan paid back, %(line)s", line=self.line.name)

    def _items(self):
        is_loan = self.line.kind == "loan"
        account = self.line["liability_account_id" if is_loan else "deposit_account_id"]
        return [self._item(account, paid, car) for car, paid in self.amounts.items()]

    def _item(self, account, amount, contract=None):
        return {
            "name": contract.vehicle_id.vin if contract else self.line.name,
            "account_id": account.id,
            "partner_id": self.line.lender_id.commercial_partner_id.id,
            "balance": float(amount),
            "dms_floorplan_id": contract.id if contract else False,
        }


class Settlement(Payment):
    """A bill falls due: it is paid from the deposit, what is missing from the bank.

    With it the bank pays the interest on the deposit of the day of drawing.
    """

    def __init__(self, line, day, contracts):
        super().__init__(line, day, {car: car.exposure for car in contracts})
        self.interest = sum(map(self._interest, contracts), money(0))

    @property
    def from_bank(self):
        return super().from_bank - self.interest

    def _label(self):
        return self.env._(
            "Bill settled from its deposit, %(line)s", line=self.line.name
        )

    def _items(self):
        for car in self.amounts:
            yield self._item(self.line.liability_account_id, money(car.owed), car)
            yield self._item(self.line.deposit_account_id, -money(car.deposited), car)
        yield self._item(self.line.expense_account_id, -self.interest)

    def _interest(self, car):
        terms = Terms.from_json(car.terms)
        days = (min(self.day, car.maturity_date) - car.start_date).days
        percent = terms.deposit_interest_percent
        return deposit_interest(money(car.deposit_due), percent, days, terms.day_count)
