"""Which stores sell cars on the website, which brands, and how long a car is held."""

from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import hmac

from .desk_text import deposit_words

HOLD_MINUTES = 30


class DmsStoreSettings(models.AbstractModel):
    """What each store decides on the web shop."""

    _name = "dms.store.settings"
    _inherit = ["dms.store.settings"]

    dms_shop = fields.Boolean(
        "Sells on the Website",
        help="Customers see the free cars of this store in the web shop and reserve"
        " them.",
    )
    dms_hold_minutes = fields.Integer(
        "Minutes to Pay",
        default=HOLD_MINUTES,
        help="A car that is reserved on the website is held so long for the deposit.",
    )


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    _dms_hold_range = models.Constraint(
        "CHECK (COALESCE(dms_hold_minutes, 30) BETWEEN 5 AND 1440)",
        "A car is held for 5 minutes to a day.",
    )

    def _dms_shop_deposit_words(self, product):
        """:return: what the deposit of this store means in law, in words"""
        return deposit_words(self, product._dms_shop_price(self))

    def _dms_money(self, amount):
        return self.currency_id.format(float(amount))

    def _dms_hold_time(self):
        """:return: how long a car is held for its deposit, a ``timedelta``"""
        return timedelta(minutes=self.dms_hold_minutes or HOLD_MINUTES)

    # The code at the door

    def _dms_door_key(self):
        """:return: what proves that a visitor has seen the code at the door"""
        return hmac(self.env(su=True), "dms-check-in", self.id)[:24]

    def _dms_door_path(self):
        return f"/check-in/{self.id}/{self._dms_door_key()}"


class DmsBrand(models.Model):
    _name = "dms.brand"
    _inherit = ["dms.brand"]

    is_in_shop = fields.Boolean(
        "On the Website",
        help="Published models of this brand are shown in the web shop, as long as one"
        " of its stores sells there.",
    )


class Website(models.Model):
    _name = "website"
    _inherit = ["website"]

    def _product_domain(self):
        """Cars are shown of brands that a store of this website sells here."""
        shown = Domain("dms_is_vehicle", "=", False)
        shown |= Domain("dms_brand_id", "in", self._dms_shop_brands().ids)
        return Domain(super()._product_domain()) & shown

    def _dms_shop_stores(self, brand=None):
        """:return: the stores of the website's dealer group that sell here, as sudo"""
        domain = Domain("dms_shop", "=", True) & Domain("dms_is_store", "=", True)
        # a visitor may read no company; name, town and phone of these are shown
        stores = self.env["res.company"].sudo()
        website = self.sudo() or self.get_current_website().sudo()
        if group := website.company_id.dms_group_id:
            domain &= Domain("dms_group_id", "=", group.id)
        if brand:
            domain &= Domain("dms_brand_ids", "in", brand.ids)
        return stores.search(domain, order="dms_store_code, id")

    def _dms_shop_brands(self):
        """:return: the brands in the shop, as sudo"""
        return self._dms_shop_stores().dms_brand_ids.filtered("is_in_shop")
