from .exact import money
from .floorplan_entry import prepare_entry


class Charge:
    """What a lender charges as interest, paid against what the store has accrued."""

    def __init__(self, line, until, day, amount, reference=False):
        """
        :param until: last day of the lender's statement
        :param day: when the money leaves the bank
        :param amount: what the lender takes
        """
        self.line, self.until, self.day = line, until, day
        self.amount = money(amount)
        self.reference = reference
        self.accrued = money(line._interest_unpaid(until))

    @property
    def difference(self):
        """:return: what the lender charges beyond what is accrued, or less than it"""
        return self.amount - self.accrued

    def prepare_move(self):
        """:return: the values of the entry"""
        items = [
            self._item("accrued_account_id", self.accrued),
            self._item("expense_account_id", self.difference),
            self._item("bank_account_id", -self.amount),
        ]
        charged = {"dms_charged_line_id": self.line.id}
        return prepare_entry(self.line, self.day, self._label(), items, **charged)

    def _label(self):
        label = self.line.env._(
            "Floorplan interest paid up to %(day)s, %(line)s",
            day=self.until.isoformat(),
            line=self.line.name,
        )
        return f"{label}, {self.reference}" if self.reference else label

    def _item(self, account, amount):
        return {
            "name": self._label(),
            "account_id": self.line[account].id,
            "partner_id": self.line.lender_id.commercial_partner_id.id,
            "balance": float(amount),
        }
