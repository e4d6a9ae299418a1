from odoo import api, models


class DmsOfferPart(models.AbstractModel):
    """What belongs to an offer beside its lines: a change of it is one of the offer."""

    _name = "dms.offer.part"
    _description = "Part of an Offer"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._dms_offer_changed(parts.order_id)
        return parts

    def write(self, vals):
        orders = self.order_id
        res = super().write(vals)
        self._dms_offer_changed(orders | self.order_id)
        return res

    def unlink(self):
        orders = self.order_id
        res = super().unlink()
        self._dms_offer_changed(orders.exists())
        return res

    @api.model
    def _dms_offer_changed(self, orders):
        orders._dms_after_lines()
        if not self.env.su and not self._dms_is_free_after_sale():
            orders._dms_check_sold()

    @api.model
    def _dms_is_free_after_sale(self):
        """:return: whether the user may change it when the car is sold"""
        return False


class DmsDealLoan(models.Model):
    _name = "dms.deal.loan"
    _inherit = ["dms.deal.loan", "dms.offer.part"]

    @api.model
    def _dms_is_free_after_sale(self):
        # lenders decide after the order, and the loan follows what they grant
        return self.env.user.has_group("dms_base.group_dms_fi_officer")


class DmsDealTradeIn(models.Model):
    _name = "dms.deal.trade.in"
    _inherit = ["dms.deal.trade.in", "dms.offer.part"]
