class Intake:
    """Rows from outside: good ones are taken in, bad ones come back with a reason.

    All that costs a query is done once for all rows. Subclasses read a row, and say
    what it is about.

    :ivar problems: (line number, what the row is about, reason) of each bad row
    """

    # the word for what a row is about, in what programs are told
    subject = "about"

    def __init__(self, env, company):
        self.env = env
        self.company = company
        self.accepted = 0
        self.unchanged = 0
        self.problems = []

    def result(self):
        """:return: what became of the rows, as programs are told"""
        return {
            "accepted": self.accepted,
            "unchanged": self.unchanged,
            "rejected": [
                {"row": number, self.subject: about, "reason": reason}
                for number, about, reason in self.problems
            ],
        }

    def refused(self, number, cells, reason):
        """:return: this intake, with nothing but one row, which is refused"""
        self.accepted, self.unchanged, self.problems = 0, 0, []
        self._reject(number, self._about(cells), reason)
        return self

    def joined(self, other):
        """:return: this intake, with what became of other rows too"""
        self.accepted = self.accepted + other.accepted
        self.unchanged = self.unchanged + other.unchanged
        self.problems = self.problems + other.problems
        return self

    def _about(self, cells):
        raise NotImplementedError

    def _reject(self, number, about, reason):
        self.problems.append((number, about, reason))
