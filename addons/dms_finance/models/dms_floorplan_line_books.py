from odoo import api, fields, models

# Account codes of the Chinese charts (企业会计准则 / 小企业会计准则), best first.
CODES = {
    "loan": ["2001"],
    "bill": ["2201"],
    "deposit": ["1012"],
    "expense": ["560301", "6603", "5603"],
    "accrued": ["2231"],
    "bank": ["1002"],
}


class DmsFloorplanLineBooks(models.AbstractModel):
    """On which accounts of the store a line is kept; part of ``dms.floorplan.line``."""

    _name = "dms.floorplan.line.books"
    _description = "Accounts of a Floorplan Line"

    journal_id = fields.Many2one(
        "account.journal",
        required=True,
        check_company=True,
        domain=[("type", "=", "general")],
        default=lambda self: self._default_journal_id(),
    )
    liability_account_id = fields.Many2one(
        "account.account",
        compute="_compute_liability_account_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        check_company=True,
        domain=[("account_type", "=like", "liability%")],
        help="Where the store owes the lender: short-term loans or notes payable.",
    )
    deposit_account_id = fields.Many2one(
        "account.account",
        required=True,
        check_company=True,
        domain=[("account_type", "=like", "asset%")],
        default=lambda self: self._default_account("deposit"),
    )
    expense_account_id = fields.Many2one(
        "account.account",
        "Interest Account",
        required=True,
        check_company=True,
        domain=[("account_type", "=like", "expense%")],
        default=lambda self: self._default_account("expense"),
    )
    accrued_account_id = fields.Many2one(
        "account.account",
        "Accrued Interest Account",
        required=True,
        check_company=True,
        domain=[("account_type", "=like", "liability%")],
        default=lambda self: self._default_account("accrued"),
    )
    bank_account_id = fields.Many2one(
        "account.account",
        "Paid From",
        required=True,
        check_company=True,
        domain=[("account_type", "in", ("asset_cash", "asset_current"))],
        default=lambda self: self._default_account("bank"),
    )

    @api.model
    def _default_journal_id(self):
        return self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.env.company.id)],
            limit=1,
        )

    @api.model
    def _default_account(self, role):
        """:return: the account of the store's chart for a key of ``CODES``, if any"""
        accounts = self.env["account.account"].with_company(self.env.company)
        for code in CODES[role]:
            found = accounts.search(
                [
                    ("code", "=like", f"{code}%"),
                    ("company_ids", "in", self.env.company.id),
                ],
                limit=1,
            )
            if found:
                return found
        return accounts

    @api.depends("kind")
    def _compute_liability_account_id(self):
        for line in self:
            store = line.company_id or self.env.company
            line.liability_account_id = line.with_company(store)._default_account(
                line.kind or "loan"
            )
