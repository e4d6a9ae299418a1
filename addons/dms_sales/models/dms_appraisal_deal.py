"""The car given in on the sheet of the new car's deal, without typing it again."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .sale_order_desk import OPEN as OPEN_OFFERS

FOLLOWS = {"allowance", "value", "payoff"}


class DmsDealTradeIn(models.Model):
    _name = "dms.deal.trade.in"
    _inherit = ["dms.deal.trade.in"]

    appraisal_id = fields.Many2one(
        "dms.appraisal",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        help="What the sheet says of the car given in follows from it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._dms_followed(vals) for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def _dms_followed(self, vals):
        """:return: values in which what the appraisal says stands as it says it"""
        one = self.env["dms.appraisal"].browse(vals.get("appraisal_id") or ())
        one.check_access("read")
        holds = one.state in ("offered", "accepted")
        return vals | (one._prepare_trade_in() if holds else {"appraisal_id": False})

    def write(self, vals):
        if not self.env.su:
            vals = {name: vals[name] for name in vals if name != "appraisal_id"}
            self._dms_check_follows(vals)
        return super().write(vals)

    def _dms_check_follows(self, vals):
        for car in self.filtered("appraisal_id"):
            changed = [
                name
                for name in FOLLOWS & vals.keys()
                if car.currency_id.compare_amounts(car[name], vals[name] or 0)
            ]
            if changed:
                raise UserError(
                    self.env._(
                        "What is given for the old car follows from appraisal"
                        " %(name)s: have it valued again, or give a discount.",
                        name=car.appraisal_id.name,
                    )
                )


class DmsAppraisal(models.Model):
    _name = "dms.appraisal"
    _inherit = ["dms.appraisal"]

    trade_in_ids = fields.One2many("dms.deal.trade.in", "appraisal_id", "On Sheets")

    def write(self, vals):
        if "deal_id" in vals:
            self._dms_off_the_deal()
        res = super().write(vals)
        if {"deal_id", "payoff"} & vals.keys():
            self.filtered(
                lambda one: one.state in ("offered", "accepted")
            )._dms_onto_the_deal()
        return res

    def _dms_onto_the_deal(self):
        """Put price, value and old loan on all open variants of the deal."""
        for one in self.filtered("deal_id"):
            one.deal_id.variant_ids._dms_take_in(one)

    def _dms_off_the_deal(self):
        # who takes an offer back, takes it off sheets of colleagues, too
        lines = self.sudo().trade_in_ids
        lines = lines.filtered(lambda line: line.order_id.state in OPEN_OFFERS)
        orders = lines.order_id
        lines.unlink()
        orders._dms_after_lines()

    def _prepare_trade_in(self):
        """:return: values of the car given in, of a ``dms.deal.trade.in``"""
        # what it is worth to the store goes with the deal, whoever sells
        return {
            "appraisal_id": self.id,
            "name": " ".join(filter(None, (self.title, self.plate))) or self.vin,
            "allowance": self.price,
            "value": self.sudo().value,
            "payoff": self.payoff,
        }


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order"]

    def _dms_take_in(self, appraisal):
        """Show what an appraisal offers, on those that are still offers."""
        for order in self.filtered(lambda one: one.state in OPEN_OFFERS):
            vals = appraisal._prepare_trade_in()
            # the appraisal alone says what is given for a car
            order.sudo()._dms_set_own("dms_trade_in_ids", vals)
            order._dms_after_lines()

    def action_confirm(self):
        self._dms_check_trade_in()
        return super().action_confirm()

    def _dms_check_trade_in(self):
        """A car is sold against an old one only if its owner has accepted the price."""
        # where the deal was made nobody need read appraisals
        for car in self.sudo().dms_trade_in_ids.filtered("appraisal_id"):
            if car.appraisal_id.state not in ("accepted", "bought"):
                raise UserError(
                    self.env._(
                        "%(order)s takes a car in, and its owner has not accepted"
                        " offer %(name)s: have it accepted, valued again, or take it"
                        " off the sheet.",
                        order=car.order_id.name,
                        name=car.appraisal_id.name,
                    )
                )


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal"]

    appraisal_ids = fields.One2many("dms.appraisal", "deal_id", "Appraisals")
    appraisal_count = fields.Integer(
        "Number of Appraisals", compute="_compute_appraisal_count"
    )

    @api.depends("appraisal_ids")
    def _compute_appraisal_count(self):
        groups = self.env["dms.appraisal"]._read_group(
            [("deal_id", "in", self.ids)], ["deal_id"], ["__count"]
        )
        counts = dict(groups)
        for deal in self:
            deal.appraisal_count = counts.get(deal._origin, 0)

    def action_dms_appraise(self):
        """Open the appraisal of the car given in; a new one if there is none."""
        self.ensure_one()
        known = self.env["dms.appraisal"].search([("deal_id", "=", self.id)])
        action = self.env["dms.vehicle"]._open("dms.appraisal", known)
        if not known:
            action |= {"view_mode": "form", "res_id": False}
        defaults = {
            "default_deal_id": self.id,
            "default_partner_id": self.partner_id.id,
            "default_company_id": self.company_id.id,
            "default_lead_id": self.lead_id.id,
            "default_title": self.lead_id.dms_trade_in or False,
        }
        return action | {"domain": [("deal_id", "=", self.id)], "context": defaults}

    def _dms_new_variant(self, *args, **kwargs):
        """A further variant takes the same old car in."""
        order = super()._dms_new_variant(*args, **kwargs)
        for one in self.appraisal_ids:
            if one.state in ("offered", "accepted") and not order.dms_trade_in_ids:
                order._dms_take_in(one)
        return order
