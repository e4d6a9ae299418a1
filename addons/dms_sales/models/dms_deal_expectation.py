from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from odoo.addons.dms_base.money import HUNDRED, ZERO, cents

from ..desk import Line
from .money import exact

BLOCKS = [
    ("car", "Car"),
    ("accessories", "Accessories"),
    ("insurance", "Insurance"),
    ("registration", "Registration"),
    ("loan", "Loan"),
    ("rebate", "Rebate"),
    ("commission", "Commission"),
]
BASES = [
    ("charge", "What the Customer Pays"),
    ("list", "List Price of the Car"),
    ("cost", "Cost of the Car"),
]


class DmsDealExpectation(models.Model):
    """What a store expects to earn or spend with a deal beside its lines.

    Rebates of the OEM, an insurer's commission, the commission of who sells: known by
    rule long before they are posted.
    """

    _name = "dms.deal.expectation"
    _description = "Expected Income of a Deal"
    _inherit = ["dms.store.mixin"]
    _order = "block, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    brand_id = fields.Many2one("dms.brand", help="Empty: for every brand.")
    block = fields.Selection(BLOCKS, "Block of the Sheet", required=True)
    is_cost = fields.Boolean("Is Spent", help="Else it is earned.")
    amount = fields.Monetary("Amount per Deal")
    percent = fields.Float(digits=(6, 3))
    base = fields.Selection(BASES, "Percent of", default="charge")
    vat_percent = fields.Float(
        "VAT (%)", digits=(5, 2), default=6, help="Contained in what is earned."
    )
    date_from = fields.Date("Valid from")
    date_to = fields.Date("Valid until")
    currency_id = fields.Many2one(related="company_id.currency_id")

    _not_negative = models.Constraint(
        "CHECK (COALESCE(amount, 0) >= 0 AND COALESCE(percent, 0) >= 0"
        " AND COALESCE(vat_percent, 0) >= 0)",
        "Amounts and percentages are not negative.",
    )

    @api.constrains("block", "is_cost")
    def _check_commission_is_spent(self):
        for rule in self:
            if rule.block == "commission" and not rule.is_cost:
                raise ValidationError(
                    self.env._("The commission of who sells is spent, not earned.")
                )

    @api.model
    def _dms_rules(self, store, brand, day):
        """:return: the rules that hold for a brand in a store on a day, as sudo"""
        # each sheet asks for them, and who reads a sheet may not read the rules
        return self.sudo().browse(self._dms_rule_ids(store.id, brand.id, day))

    @api.model
    @tools.ormcache("store_id", "brand_id", "day")
    def _dms_rule_ids(self, store_id, brand_id, day):
        rules = self.sudo().search(  # cached for all who ask
            [("company_id", "=", store_id), ("brand_id", "in", [False, brand_id])]
        )
        return rules.filtered(
            lambda rule: (
                (not rule.date_from or rule.date_from <= day)
                and (not rule.date_to or day <= rule.date_to)
            )
        ).ids

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _dms_lines(self, lines):
        """:param lines: those of the sheet so far
        :return: what these rules add to it
        """
        for rule in self:
            amount = rule._dms_amount(lines)
            if amount and rule.is_cost:
                yield Line(rule.block, cost=amount, name=rule.name)
            elif amount:
                percent = exact(rule.vat_percent)
                yield Line(rule.block, income=amount, percent=percent, name=rule.name)

    def _dms_amount(self, lines):
        """:return: yuan by this rule; nothing for a block that the sheet lacks"""
        cars = [line for line in lines if line.block == "car"]
        wanted = {"rebate": "car", "commission": "car"}.get(self.block, self.block)
        own = [line for line in lines if line.block == wanted]
        if not own:
            return ZERO
        base = {
            "charge": sum((line.charge for line in own), ZERO),
            "list": sum((line.by_list for line in cars), ZERO),
            "cost": sum((line.cost for line in cars), ZERO),
        }[self.base or "charge"]
        share = cents(base * exact(self.percent * 10) / 10 / HUNDRED)
        return exact(self.amount) + max(share, ZERO)
