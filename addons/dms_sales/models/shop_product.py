"""Cars in the web shop: what a visitor sees of a model, and that no cart takes it."""

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.dms_vehicle.routing import Position, great_circle_km

from ..loan import AnnualError, annualised
from .money import exact

DOWN_PAYMENT = 30  # percent of the price that the estimate takes as paid at once
MOST_TERMS = 3


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template"]

    def _get_additionnal_combination_info(
        self, product_or_template, quantity, uom, date, website
    ):
        """A car is shown at what the customer pays, with VAT."""
        info = super()._get_additionnal_combination_info(
            product_or_template, quantity, uom, date, website
        )
        if product_or_template.dms_is_vehicle:
            price = product_or_template._dms_shop_price(website._dms_shop_stores()[:1])
            info |= {"price": price, "list_price": price}
            info["has_discounted_price"] = False
        return info

    def _get_sales_prices(self, website):
        prices = super()._get_sales_prices(website)
        cars = self.filtered("dms_is_vehicle")
        store = website._dms_shop_stores()[:1] if cars else None
        for car in cars:
            prices[car.id] = {"price_reduce": car._dms_shop_price(store)}
        return prices

    def _dms_shop_price(self, store):
        # what a car costs in a store is no secret, its taxes are read for that
        return self.sudo()._dms_with_tax(self.list_price, store)

    def _website_show_quick_add(self):
        return not self.dms_is_vehicle and super()._website_show_quick_add()

    def can_access_from_current_website(self, website_id=False):
        """The page of a car is there as long as the shop shows its brand."""
        res = super().can_access_from_current_website(website_id)
        cars = self.filtered("dms_is_vehicle")
        if not (res and cars):
            return res
        website = self.env["website"].get_current_website()
        return cars.sudo().dms_brand_id <= website._dms_shop_brands()

    def _dms_shop_specs(self):
        """:return: list of (label, value) of the technical data that are known"""
        self.ensure_one()
        names = (
            ("dms_kind", ""),
            ("dms_energy", ""),
            ("dms_range_km", "km"),
            ("dms_battery_kwh", "kWh"),
            ("dms_power_kw", "kW"),
            ("dms_displacement_l", "L"),
            ("dms_seats", ""),
            ("dms_payload_kg", "kg"),
        )
        car = self.sudo()  # technical data of a published model
        return [
            (label, f"{text} {unit}".strip())
            for name, unit in names
            for label, text in [car._dms_shop_spec(name)]
            if text
        ]

    def _dms_shop_spec(self, name):
        field, value = self._fields[name], self[name]
        label = field._description_string(self.env)
        if field.type == "selection":
            value = dict(field._description_selection(self.env)).get(value, "")
        return label, f"{value:g}" if isinstance(value, float) else value or ""


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product"]

    def _website_show_quick_add(self):
        return not self.dms_is_vehicle and super()._website_show_quick_add()

    def _is_add_to_cart_allowed(self):
        """A car is reserved in a store: it goes into no cart."""
        return not self.dms_is_vehicle and super()._is_add_to_cart_allowed()

    def _dms_shop_price(self, store):
        # what a car costs in a store is no secret, its taxes are read for that
        car = self.sudo()
        return car.product_tmpl_id._dms_with_tax(car.lst_price, store)

    def _dms_shop_compare(self):
        """:return: list of (label, values of each product) of technical data that at
        least one of the products has; empty without cars"""
        cars = self.filtered("dms_is_vehicle")
        specs = [dict(car.product_tmpl_id._dms_shop_specs()) for car in cars]
        labels = dict.fromkeys(label for spec in specs for label in spec)
        of_car = dict(zip(cars, specs, strict=True))
        return [
            (label, [of_car.get(product, {}).get(label, "") for product in self])
            for label in labels
        ]

    # What the page of a model shows of the stores

    def _dms_shop_facts(self, website, place=None):
        """:param place: ``Position`` of the visitor, None if he does not tell
        :return: list of dicts, a store each: ``store``, ``in_stock``, ``coming``,
            ``expected`` (date of the next arrival or False), ``km`` (None if unknown),
            ``price`` with VAT; stores that have the car first, then the nearest
        """
        self.ensure_one()
        stores = website._dms_shop_stores(self.sudo().dms_brand_id)
        free = self._dms_shop_counts(stores)
        facts = [
            {
                "store": store,
                "price": self._dms_shop_price(store),
                "km": _km(place, store._dms_position()),
                **free.get(store.id, {"in_stock": 0, "coming": 0, "expected": False}),
            }
            for store in stores
        ]
        return sorted(facts, key=_has_it_then_near)

    @api.model
    def _dms_shop_domain(self, stores):
        return Domain("product_id", "in", self.ids) & Domain(
            "company_id", "in", stores.ids
        )

    def _dms_shop_counts(self, stores):
        """:return: dict of store id to counts of free cars, by one query"""
        # visitors have no rights; these columns are made for them
        cars = self.env["dms.web.car"].sudo()
        groups = cars._read_group(
            self._dms_shop_domain(stores),
            ["company_id", "is_coming"],
            ["__count", "expected_date:min"],
        )
        found = {}
        for store, is_coming, count, expected in groups:
            facts = found.setdefault(
                store.id, {"in_stock": 0, "coming": 0, "expected": False}
            )
            facts["coming" if is_coming else "in_stock"] += count
            if is_coming:
                facts["expected"] = expected or False
        return found

    def _dms_shop_finance(self, store):
        """:return: list of dicts by the terms that hold in a store: ``name``,
        ``down``, ``amount``, ``months``, ``monthly``, ``fee``, ``annual`` (what the
        loan costs a year with its fee, on what is still owed, in percent)
        """
        price = self._dms_shop_price(store)
        # which loans a store offers is told to every customer
        terms = self.env["dms.loan.terms"].sudo()
        offered = terms._dms_offered(store, self.sudo().dms_brand_id)[:MOST_TERMS]
        return [found for one in offered if (found := one._dms_estimate(price))]


class DmsLoanTerms(models.Model):
    _name = "dms.loan.terms"
    _inherit = ["dms.loan.terms"]

    def _dms_estimate(self, price):
        """:return: what the loan of a car at this price would cost, None for no loan"""
        share = min(100 - DOWN_PAYMENT, self.max_percent or 100)
        amount = price * share // 100 // 1_000 * 1_000
        if amount <= 0:
            return None
        payments = self._dms_schedule(amount).payments
        try:
            annual = annualised(exact(amount) - exact(self.fee), payments).nominal
        except AnnualError:
            return None
        return {
            "name": self.name,
            "down": price - amount,
            "amount": amount,
            "months": self.months,
            "monthly": float(payments[0]),
            "fee": self.fee,
            "annual": f"{annual:.2f}",
        }


def _km(place, store_place):
    if not (place and place.is_set and store_place.is_set):
        return None
    return round(great_circle_km(place, store_place), 1)


def _has_it_then_near(facts):
    has = 0 if facts["in_stock"] else 1 if facts["coming"] else 2
    far = facts["km"] is None
    return (has, far, facts["km"] or 0, facts["store"].name)


def position(latitude, longitude):
    """:return: the ``Position`` of two texts from an address, None if they are none"""
    try:
        place = Position(float(latitude), float(longitude))
    except (TypeError, ValueError):
        return None
    inside = abs(place.latitude) <= 90 and abs(place.longitude) <= 180
    return place if inside else None
