from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..contract import Conditions, applies, names

WORDS = (
    *(
        "store",
        "customer",
        "model",
        "vin",
        "price",
        "price_words",
        "deposit",
        "binding",
    ),
    *("rest", "delivery", "lender", "financed", "old_car", "allowance", "date"),
)
CARS = [("new", "New cars"), ("used", "Used cars")]
ENERGIES = [("electric", "Electric cars"), ("fuel", "Other cars")]
DEPOSITS = [("earnest", "Earnest money"), ("advance", "An advance"), ("none", "None")]
HAS = [("yes", "With"), ("no", "Without")]


class DmsContractTemplate(models.Model):
    """The terms that stores sell cars by.

    A contract keeps the words it was made of: a template may change, contracts do not.
    """

    _name = "dms.contract.template"
    _description = "Contract Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Store",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: for all stores.",
    )
    brand_id = fields.Many2one("dms.brand", help="Empty: for all brands.")
    version = fields.Integer(default=1, readonly=True, copy=False)
    clause_ids = fields.One2many(
        "dms.contract.clause", "template_id", "Clauses", copy=True
    )

    @api.model
    def _dms_find(self, company, brand):
        """:return: the template for a car of a brand in a store, the nearest first"""
        found = self.search(
            [
                ("company_id", "in", [company.id, False]),
                ("brand_id", "in", [brand.id, False]),
            ]
        )
        return found.sorted(lambda one: (not one.company_id, not one.brand_id))[:1]

    def _dms_touch(self):
        for template in self:
            # the version counts changes, nobody types it
            template.sudo().version += 1


class DmsContractClause(models.Model):
    _name = "dms.contract.clause"
    _description = "Clause of a Contract"
    _order = "sequence, id"

    template_id = fields.Many2one(
        "dms.contract.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="template_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Heading", required=True, translate=True)
    body = fields.Text(
        "Terms",
        required=True,
        translate=True,
        help="Words in braces are filled in: {store}, {customer}, {model}, {vin}, "
        "{price}, {price_words}, {deposit}, {binding}, {rest}, {delivery}, {lender}, "
        "{financed}, {old_car}, {allowance}, {date}.",
    )
    is_highlighted = fields.Boolean(
        "Highlighted",
        help="Terms that limit what the store answers for, or matter much to the "
        "customer, have to be pointed out, or they do not hold (民法典 496).",
    )
    car = fields.Selection(CARS, "Only for")
    energy = fields.Selection(ENERGIES, "Only for the drive")
    deposit = fields.Selection(DEPOSITS, "Only for the deposit")
    loan = fields.Selection(HAS, "Only by loan")
    trade_in = fields.Selection(HAS, "Only by trade-in")

    @api.constrains("body", "name")
    def _check_words(self):
        for clause in self:
            unknown = names(clause.body).union(names(clause.name)).difference(WORDS)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "Nobody fills in %(words)s. Known are: %(known)s.",
                        words=", ".join(f"{{{word}}}" for word in sorted(unknown)),
                        known=", ".join(f"{{{word}}}" for word in WORDS),
                    )
                )

    def _dms_of(self, facts):
        """:param facts: ``Facts`` of the core
        :return: the clauses that belong into the contract of this deal
        """
        return self.filtered(lambda clause: applies(clause._dms_conditions(), facts))

    def _dms_conditions(self):
        """:return: the core's ``Conditions``"""
        has = {"yes": True, "no": False}
        return Conditions(
            self.car or None,
            self.energy or None,
            self.deposit or None,
            has.get(self.loan),
            has.get(self.trade_in),
        )

    @api.model_create_multi
    def create(self, vals_list):
        clauses = super().create(vals_list)
        clauses.template_id._dms_touch()
        return clauses

    def write(self, vals):
        res = super().write(vals)
        self.template_id._dms_touch()
        return res

    def unlink(self):
        templates = self.template_id
        res = super().unlink()
        templates.exists()._dms_touch()
        return res
