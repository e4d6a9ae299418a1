from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

MOST = 3
FOUND = 20
FOUND_ELSEWHERE = 10
OPEN = ("draft", "sent")


class DmsDeal(models.Model):
    """The desk: up to three variants side by side, each of them Odoo's quotation."""

    _name = "dms.deal"
    _inherit = ["dms.deal"]

    @api.readonly
    def dms_desk(self):
        """:return: the deal as JSON: its ``variants`` (see ``dms_desk_sheet``), the
        ``terms`` of lenders that fit, what the user may do
        """
        self.ensure_one()
        self.check_access("read")
        shown = self._dms_on_desk()
        return {
            "id": self.id,
            "name": self.name,
            "customer": self.partner_id.display_name,
            "state": self.state,
            "currency_id": self.currency_id.id,
            "variants": [order.dms_desk_sheet() for order in shown],
            "terms": self._dms_desk_terms(),
            "may_add": len(shown) < MOST and self._dms_is_open(),
            "sees_cost": self.env.user.has_group("dms_sales.group_cost"),
        }

    def _dms_is_open(self):
        return self.state in ("draft", "offered") and self.has_access("write")

    def _dms_on_desk(self):
        """:return: the offers that lie on the desk, once sold the order alone"""
        if self.state in ("ordered", "delivered"):
            return self.order_id
        living = self.variant_ids.filtered(lambda order: order.state in OPEN)
        return living.sorted("id")[:MOST]

    def _dms_desk_terms(self):
        terms = self.env["dms.loan.terms"]._dms_offered(
            self.company_id, self.product_id.dms_brand_id
        )
        return [
            {
                "id": one.id,
                "name": one.name,
                "months": one.months,
                "percent": one.percent,
                "max_percent": one.max_percent,
            }
            for one in terms
        ]

    # Variants

    def dms_desk_new(self, product_id=None, vehicle_id=None, copy_of=None):
        """Lay another variant on the desk: a copy, or a car with what is usual.

        :return: the desk
        """
        self.ensure_one()
        if len(self._dms_on_desk()) >= MOST:
            raise UserError(
                self.env._("Three variants lie on the desk: take one off first.")
            )
        if copy_of:
            self._dms_own_variant(copy_of).copy({"dms_deal_id": self.id})
        else:
            product = self.env["product.product"].browse(product_id or [])
            self._dms_new_variant(product, vehicle_id)
        return self.dms_desk()

    def _dms_new_variant(self, product, vehicle_id=False):
        """:return: a variant with a model, or a car, and what is on every sheet"""
        vals = self._prepare_variant()
        if product:
            car = {"product_id": product.id, "dms_vehicle_id": vehicle_id}
            usual = [{"product_id": one.id} for one in self._dms_usual_products()]
            # all at once: amounts are computed once
            vals["order_line"] = [Command.create(line) for line in (car, *usual)]
        return self.env["sale.order"].create(vals)

    def _dms_usual_products(self):
        return self.env["product.product"].search(
            [
                ("dms_on_every_sheet", "=", True),
                ("company_id", "in", [False, self.company_id.id]),
            ]
        )

    def _dms_own_variant(self, order_id):
        order = self.variant_ids.filtered(lambda one: one.id == order_id)
        if not order:
            raise UserError(self.env._("This variant is gone: load the desk again."))
        return order

    def dms_desk_drop(self, order_id):
        """Take a variant off the desk; what was sent stays as a cancelled one."""
        self.ensure_one()
        order = self._dms_own_variant(order_id)
        order._dms_check_open()
        order._action_cancel()
        return self.dms_desk()

    def dms_desk_choose(self, order_id):
        """Make a variant the deal."""
        self.ensure_one()
        self._dms_own_variant(order_id).action_dms_choose()
        return self.dms_desk()

    # What can be put on a sheet

    @api.readonly
    def dms_desk_products(self, block, text=""):
        """:return: products of a block: ``id``, ``name``, ``price`` with VAT"""
        self.ensure_one()
        products = self.env["product.product"].search(
            self._dms_products_domain(block, text), limit=FOUND
        )
        named = products.with_context(display_default_code=False)
        return [
            {
                "id": product.id,
                "name": product.display_name,
                "price": product.product_tmpl_id._dms_with_tax(
                    product.lst_price, self.company_id
                ),
            }
            for product in named
        ]

    def _dms_products_domain(self, block, text):
        blocks = [block, False] if block == "accessories" else [block]
        domain = Domain("dms_block", "in", blocks) & Domain("sale_ok", "=", True)
        domain &= Domain("company_id", "in", [False, self.company_id.id])
        domain &= Domain("dms_is_vehicle", "=", False)
        return domain & Domain("display_name", "ilike", text) if text else domain

    @api.readonly
    def dms_desk_cars(self, text=""):
        """:return: cars of the store that are free, those of other stores for whoever
        may see them, then models, as dicts of ``product_id``, ``vehicle_id`` (False for
        a model, or a car that has to be asked for), ``name``, ``vin``, ``days`` in
        stock, ``price`` with VAT, ``store`` of another store
        """
        self.ensure_one()
        found = self._dms_free_cars(text) + self._dms_cars_elsewhere(text)
        return found + self._dms_models(text)

    def _dms_cars_elsewhere(self, text):
        cars = self.env["dms.group.car"]
        if not cars.has_access("read"):
            return []
        domain = Domain("company_id", "!=", self.company_id.id)
        domain &= Domain("state", "=", "in_stock")
        if text:
            named = Domain("product_id", "ilike", text)
            domain &= named | Domain("vin_typed", "ilike", text)
        return [
            {
                "product_id": car.product_id.id,
                "vehicle_id": False,
                "name": car.product_id.with_context(
                    display_default_code=False
                ).display_name,
                "vin": car.vin_end,
                "days": car.days_in_stock,
                "price": car.msrp,
                "store": car.store,
            }
            for car in cars.search(domain, limit=FOUND_ELSEWHERE)
        ]

    def _dms_free_cars(self, text):
        vehicles = self.env["dms.vehicle"]
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("state", "=", "in_stock")
        if text:
            found = vehicles._find_domain(text) | Domain("product_id", "ilike", text)
            domain &= found
        cars = vehicles.search(domain, order="received_date, id", limit=FOUND)
        return [
            {
                "product_id": car.product_id.id,
                "vehicle_id": car.id,
                "name": car._dms_model_name(),
                "vin": car.vin,
                "days": car.days_in_stock,
                "price": car.msrp,
            }
            for car in cars
        ]

    def _dms_models(self, text):
        domain = Domain("dms_is_vehicle", "=", True) & Domain("sale_ok", "=", True)
        if brands := self.company_id.dms_brand_ids:
            domain &= Domain("dms_brand_id", "in", brands.ids)
        if text:
            domain &= Domain("display_name", "ilike", text)
        products = self.env["product.product"].search(domain, limit=FOUND)
        named = products.with_context(display_default_code=False)
        return [
            {
                "product_id": product.id,
                "vehicle_id": False,
                "name": product.display_name,
                "vin": "",
                "days": 0,
                "price": product.product_tmpl_id._dms_with_tax(
                    product.lst_price, self.company_id
                ),
            }
            for product in named
        ]
