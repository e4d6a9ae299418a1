import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from ..vin import decode, normalise
from .dms_vehicle_states import (
    GONE,
    HERE,
    IN_STOCK,
    OPEN_TO_GROUP,
    STATES,
    WITH_CUSTOMER,
)
from .product_template import VEHICLE_KINDS
from .vin_text import vin_refusal

VIN_LENGTH = 17
SUFFIX_LENGTH = 4
MAX_OWNERS = 200
CODE = re.compile(r"(?=.*\d)[A-Z0-9]{4,16}$")
PHONE = re.compile(r"\+?\d{7,15}$")
PLATE = re.compile(r"[^\x00-\x7f][A-Z][A-Z0-9]")


class DmsVehicle(models.Model):
    """One car for its whole life; documents move it, nobody types its state."""

    _name = "dms.vehicle"
    _description = "Vehicle"
    _inherit = ["mail.thread", "mail.activity.mixin", "dms.vehicle.history"]
    _rec_name = "vin"
    _order = "id desc"
    _check_company_auto = True

    vin = fields.Char("VIN", required=True, copy=False, tracking=True)
    vin_reversed = fields.Char(
        "VIN Backwards",
        compute="_compute_vin_reversed",
        store=True,
        precompute=True,
        help="Lets the database find a car by the last characters of its VIN.",
    )
    plate_reversed = fields.Char(
        "Plate Backwards",
        compute="_compute_plate_reversed",
        store=True,
        precompute=True,
    )
    company_id = fields.Many2one(
        "res.company",
        "Store",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
    )
    active = fields.Boolean(default=True)
    product_id = fields.Many2one(
        "product.product",
        "Model",
        index="btree_not_null",
        domain=[("dms_is_vehicle", "=", True)],
        tracking=True,
    )
    brand_id = fields.Many2one(
        related="product_id.dms_brand_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    series_id = fields.Many2one(
        related="product_id.categ_id", string="Series", store=True, precompute=True
    )
    kind = fields.Selection(
        VEHICLE_KINDS,
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
    )
    model_year = fields.Integer(
        compute="_compute_model_year", store=True, readonly=False, precompute=True
    )
    msrp = fields.Monetary("MSRP", compute="_compute_msrp", help="With sales tax.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    vin_maker = fields.Char("Maker by VIN", compute="_compute_vin_maker")
    engine_number = fields.Char("Engine or Motor No.", copy=False)
    plate = fields.Char(copy=False, tracking=True)
    odometer_km = fields.Integer("Odometer (km)", tracking=True)
    owner_id = fields.Many2one("res.partner", index="btree_not_null", tracking=True)

    lot_id = fields.Many2one(
        "stock.lot", "Serial Number", readonly=True, copy=False, index="btree_not_null"
    )
    location_id = fields.Many2one(
        "stock.location",
        compute="_compute_location_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    purchase_line_id = fields.Many2one(
        "purchase.order.line", readonly=True, copy=False, index="btree_not_null"
    )
    sale_line_ids = fields.One2many("sale.order.line", "dms_vehicle_id", readonly=True)
    state = fields.Selection(
        STATES,
        compute="_compute_state",
        store=True,
        tracking=True,
        group_expand="_dms_expand_state",
    )
    shipped_date = fields.Date("Shipped on", readonly=True, copy=False)
    expected_date = fields.Date("Expected Arrival", readonly=True, copy=False)
    received_date = fields.Date("Received on", readonly=True, copy=False)
    delivered_date = fields.Date("Delivered on", readonly=True, copy=False)
    returned_date = fields.Date("Returned to OEM on", readonly=True, copy=False)
    days_in_stock = fields.Integer(
        "Stock Age (days)",
        compute="_compute_days_in_stock",
        search="_search_days_in_stock",
    )

    _vin_uniq = models.UniqueIndex(
        "(vin)", lambda env, diag: env["dms.vehicle"]._duplicate_message(diag)
    )
    _vin_reversed_idx = models.Index("(vin_reversed text_pattern_ops)")
    _plate_reversed_idx = models.Index(
        "(plate_reversed text_pattern_ops) WHERE plate_reversed IS NOT NULL"
    )
    _plate_idx = models.Index("(plate text_pattern_ops) WHERE plate IS NOT NULL")
    _state_idx = models.Index("(company_id, state, id DESC)")
    _open_vin_end_idx = models.Index(
        f"(right(vin, 6)) WHERE active AND state IN {OPEN_TO_GROUP}"
    )
    _owner_idx = models.Index("(owner_id, id DESC) WHERE owner_id IS NOT NULL")
    _lot_uniq = models.UniqueIndex(
        "(lot_id) WHERE lot_id IS NOT NULL",
        "This serial number already belongs to another car.",
    )
    _odometer_positive = models.Constraint(
        "CHECK (COALESCE(odometer_km, 0) >= 0)", "The odometer cannot be negative."
    )

    # Computed fields

    @api.depends("vin")
    def _compute_vin_reversed(self):
        for vehicle in self:
            vehicle.vin_reversed = (vehicle.vin or "")[::-1]

    @api.depends("plate")
    def _compute_plate_reversed(self):
        for vehicle in self:
            vehicle.plate_reversed = vehicle.plate and vehicle.plate[::-1]

    @api.depends("lot_id.quant_ids.quantity", "lot_id.quant_ids.location_id")
    def _compute_location_id(self):
        """Where the car stands; one bought back is no longer with its customer."""
        for vehicle in self:
            quants = vehicle.lot_id.quant_ids.filtered(lambda q: q.quantity > 0)
            here = quants.filtered(lambda q: q.location_id.usage in HERE)
            vehicle.location_id = (here or quants).location_id[:1]

    @api.depends("location_id.company_id")
    def _compute_company_id(self):
        """The store where the car stands; the last one while it stands nowhere."""
        for vehicle in self:
            vehicle.company_id = (
                vehicle.location_id.company_id
                or vehicle.company_id
                or vehicle.purchase_line_id.company_id
                or self.env.company
            )

    @api.depends("product_id.dms_kind")
    def _compute_kind(self):
        for vehicle in self:
            vehicle.kind = vehicle.product_id.dms_kind or vehicle.kind

    @api.depends("product_id.dms_model_year", "vin")
    def _compute_model_year(self):
        for vehicle in self:
            vehicle.model_year = (
                vehicle.product_id.dms_model_year
                or vehicle.model_year
                or decode(vehicle.vin or "").year
            )

    @api.depends("product_id", "company_id")
    def _compute_msrp(self):
        # what a customer pays in a store is no secret, its taxes are read for that
        pairs = [(car.product_id, car.company_id) for car in self.sudo()]
        prices = self.env["product.product"]._dms_msrp_by_store(pairs)
        for vehicle, pair in zip(self, pairs, strict=True):
            vehicle.msrp = prices[pair]

    @api.depends("vin")
    def _compute_vin_maker(self):
        for vehicle in self:
            vehicle.vin_maker = decode(vehicle.vin or "").maker

    @api.depends(
        "location_id.usage",
        "location_id.company_id",
        "lot_id",
        "produced_date",
        "shipped_date",
        "received_date",
        "returned_date",
        "purchase_line_id.state",
        "sale_line_ids.state",
        "sale_line_ids.move_ids.state",
        "sale_line_ids.invoice_lines.parent_state",
    )
    def _compute_state(self):
        for vehicle in self:
            vehicle.state = vehicle._state_by_location() or vehicle._state_by_dates()

    def _state_by_location(self):
        location = self.location_id
        if location.usage == "customer":
            return "delivered"
        if location.usage == "transit" and not location.company_id:
            return "in_transit"
        if location.usage in HERE:
            return self._state_by_sale()
        return False

    def _state_by_sale(self):
        promises = self.sale_line_ids.filtered(lambda line: line._dms_is_promise())
        invoices = promises.invoice_lines.filtered(
            lambda line: (
                line.parent_state == "posted" and line.move_type == "out_invoice"
            )
        )
        if invoices:
            return "sold"
        return "allocated" if promises else "in_stock"

    def _state_by_dates(self):
        """State of a car that stands nowhere: still to come, gone, or never ours."""
        if self.returned_date:
            return "returned"
        if self.lot_id and self.received_date:
            return "written_off"
        if not self.purchase_line_id:
            return "external"
        if self.purchase_line_id.state == "cancel":
            return "cancelled"
        if self.shipped_date:
            return "in_transit"
        return "produced" if self.produced_date else "ordered"

    @api.depends("received_date", "delivered_date", "returned_date")
    @api.depends_context("tz")
    def _compute_days_in_stock(self):
        today = fields.Date.context_today(self)
        for vehicle in self:
            end = vehicle.delivered_date or vehicle.returned_date or today
            start = vehicle.received_date
            vehicle.days_in_stock = (end - start).days if start else 0

    @api.model
    def _search_days_in_stock(self, operator, value):
        swapped = {">": "<", ">=": "<=", "<": ">", "<=": ">="}.get(operator)
        if not swapped:
            return NotImplemented
        limit = fields.Date.add(fields.Date.context_today(self), days=-int(value))
        return Domain("state", "in", IN_STOCK) & Domain("received_date", swapped, limit)

    @api.depends("vin", "plate", "product_id")
    @api.depends_context("dms_vin_only")
    def _compute_display_name(self):
        for vehicle in self:
            parts = [vehicle.vin, vehicle.plate, vehicle._dms_model_name()]
            if self.env.context.get("dms_vin_only"):
                parts = [vehicle.vin]
            vehicle.display_name = " · ".join(part for part in parts if part)

    def _dms_model_name(self):
        return self.product_id.with_context(display_default_code=False).display_name

    # Search

    @api.model
    def _search_display_name(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        texts = [value] if isinstance(value, str) else value
        if not texts or not all(text and isinstance(text, str) for text in texts):
            return super()._search_display_name(operator, value)
        return Domain.OR(self._find_domain(text) for text in texts)

    @api.model
    def _find_domain(self, text):
        """Domain for what people type: VIN, its last characters, plate, phone, name.

        Only branches that an index answers, whatever the number of cars; a name is
        looked up among the partners first.
        """
        text = text.split(" · ")[0]
        key = _compact(text)
        if not key.isascii():
            return self._plate_domain(key) if PLATE.match(key) else self._owned(text)
        if len(key) == VIN_LENGTH:
            return Domain("vin", "=", key)
        if PHONE.match(key):
            return self._owned(key, "phone") | self._ending(key)
        return self._ending(key) if CODE.match(key) else self._owned(text)

    @api.model
    def _plate_domain(self, key):
        return Domain("plate", "=like", f"{escape_psql(key)}%")

    @api.model
    def _ending(self, key):
        pattern = f"{key[::-1]}%"
        domain = Domain("plate_reversed", "=like", pattern)
        if len(key) >= SUFFIX_LENGTH:
            domain |= Domain("vin_reversed", "=like", pattern)
        if len(key) > VIN_LENGTH // 2:
            domain |= Domain("vin", "=like", f"{key}%")
        return domain

    @api.model
    def _owned(self, text, field="name"):
        owners = self.env["res.partner"].search(
            [(field, "ilike", text.strip())], limit=MAX_OWNERS
        )
        return Domain("owner_id", "in", owners.ids)

    @api.model
    @api.readonly
    def find(self, text, limit=8):
        """Cars for the quick search: VIN or its end, plate, owner's name or phone.

        :param str text: what was typed or scanned
        :return: list of {id, vin, plate, owner, model, state, store}
        """
        if len((text or "").strip()) < 2:
            return []
        vehicles = self.search(self._find_domain(text), limit=limit)
        labels = dict(self._fields["state"]._description_selection(self.env))
        return [
            {
                "id": vehicle.id,
                "vin": vehicle.vin,
                "plate": vehicle.plate or "",
                "owner": vehicle.owner_id.name or "",
                "model": vehicle._dms_model_name() or vehicle.vin_maker or "",
                "state": labels.get(vehicle.state, ""),
                "store": vehicle.company_id.name,
            }
            for vehicle in vehicles
        ]

    # Writing

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["vin"] = self._checked_vin(vals.get("vin"))
            if vals.get("plate"):
                vals["plate"] = _compact(vals["plate"])
        self._check_not_held([vals["vin"] for vals in vals_list])
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("plate"):
            vals = dict(vals, plate=_compact(vals["plate"]))
        if "vin" not in vals:
            return super().write(vals)
        vals = dict(vals, vin=self._checked_vin(vals["vin"]))
        self._check_not_held([vals["vin"]])
        old_vins = {vehicle: vehicle.vin for vehicle in self}
        res = super().write(vals)
        for vehicle, old_vin in old_vins.items():
            vehicle._dms_rename_documents(old_vin)
        return res

    @api.constrains("company_id")
    def _check_company_id(self):
        for vehicle in self:
            holder = vehicle.location_id.company_id
            if holder and holder != vehicle.company_id:
                raise ValidationError(vehicle._held_message())

    def _dms_rename_documents(self, old_vin):
        """Carry a corrected VIN to the serial number, or to the open receipt."""
        if self.lot_id:
            self.lot_id.name = self.vin
        elif self.purchase_line_id:
            lines = self.purchase_line_id.move_ids.move_line_ids
            lines.filtered(lambda line: line.lot_name == old_vin).lot_name = self.vin

    @api.model
    def _checked_vin(self, text):
        """:return: the VIN in its standard form
        :raise ValidationError: with the reason and what to do
        """
        decoded = decode(text or "")
        if refusal := vin_refusal(self.env, decoded):
            raise ValidationError(refusal)
        return decoded.vin

    def _check_not_held(self, vins):
        """Say who holds a car before the unique index refuses it without a name."""
        domain = Domain("vin", "in", vins) & Domain("id", "not in", self.ids)
        # another store's car is refused by name, and nothing else is shown
        held = self.sudo().with_context(active_test=False).search(domain, limit=1)
        if held:
            raise ValidationError(held._held_message())
        if len(set(vins)) < len(vins):
            twice = next(vin for vin in vins if vins.count(vin) > 1)
            raise ValidationError(self.env._("VIN %(vin)s is listed twice.", vin=twice))

    @api.model
    def _duplicate_message(self, diagnostics):
        detail = (diagnostics and diagnostics.message_detail) or ""
        vin = detail.partition("=(")[2].partition(")")[0]
        # as above
        held = self.sudo().with_context(active_test=False).search([("vin", "=", vin)])
        if held:
            return held._held_message()
        return self.env._("VIN %(vin)s already exists.", vin=vin)

    def _held_message(self):
        self.ensure_one()
        labels = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "VIN %(vin)s already exists: store %(store)s holds it (%(state)s)."
            " Check the VIN, or ask that store for a transfer.",
            vin=self.vin,
            store=self.company_id.name,
            state=labels.get(self.state, ""),
        )

    def _dms_may_come_back(self):
        """:return: whether a store may order or take in this car once more"""
        self.ensure_one()
        return self.state in GONE + WITH_CUSTOMER

    def _dms_expected_again(self, company):
        """:return: values by which a car that was gone is expected at ``company``"""
        if not self._dms_may_come_back():
            return {}
        way = {"shipped_date": False, "consignment_date": False}
        if self.state not in GONE:
            return way
        return way | {
            "active": True,
            "company_id": company.id,
            "received_date": False,
            "delivered_date": False,
            "returned_date": False,
        }

    def _dms_other_model(self, product):
        """:return: why the car cannot be a ``product``, False if it can"""
        if self.product_id in (product, self.env["product.product"]):
            return False
        return self.env._(
            "VIN %(vin)s is a %(car)s, not a %(product)s.",
            vin=self.vin,
            car=self.product_id.display_name,
            product=product.display_name,
        )

    def _dms_take_lot(self, lot, details):
        """Connect an announced car, or one that comes back, to its serial number."""
        if refusal := self._dms_other_model(lot.product_id):
            raise ValidationError(refusal)
        if self.location_id.usage in HERE and self.lot_id != lot:
            raise ValidationError(self._held_message())
        self.write(details | {"lot_id": lot.id, "product_id": lot.product_id.id})

    def _dms_check_to_come_or_here(self):
        """Refuse to sell cars that no store has or expects."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for vehicle in self:
            if vehicle.state in (*GONE, "delivered"):
                raise ValidationError(
                    self.env._(
                        "VIN %(vin)s cannot be sold: %(state)s. Choose another car.",
                        vin=vehicle.vin,
                        state=labels[vehicle.state],
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_without_documents(self):
        used = self.filtered(lambda v: v.lot_id or v.sale_line_ids)
        used |= self._dms_with_history()
        if used:
            raise ValidationError(
                self.env._(
                    "%(vins)s: a car with documents or a history cannot be deleted;"
                    " archive it.",
                    vins=", ".join(used.mapped("vin")),
                )
            )

    def _dms_cost(self):
        """:return: what the car cost its store, or will by its order, before tax"""
        self.ensure_one()
        # callers decide who sees it; the documents behind it need not be read
        car = self.sudo()
        if car.lot_id:
            return car.lot_id.with_company(car.company_id).standard_price
        return car.purchase_line_id._dms_unit_cost()

    # Actions

    def _dms_own(self, xmlid):
        """Return an action that shows what belongs to this car, to add to it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        defaults = {
            "default_vehicle_id": self.id,
            "default_company_id": self.company_id.id,
        }
        return dict(action, domain=[("vehicle_id", "=", self.id)], context=defaults)

    def action_view_moves(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "stock.stock_move_line_action"
        )
        return dict(action, domain=[("lot_id", "=", self.lot_id.id)], context={})

    def action_view_purchase(self):
        self.ensure_one()
        return self._open("purchase.order", self.purchase_line_id.order_id)

    def action_view_sale(self):
        self.ensure_one()
        return self._open("sale.order", self.sale_line_ids.order_id)

    def action_view_owner(self):
        self.ensure_one()
        return self._open("res.partner", self.owner_id)

    def _open(self, model, records):
        action = {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(model).display_name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("id", "in", records.ids)],
        }
        if len(records) == 1:
            action.update(view_mode="form", res_id=records.id)
        return action


def _compact(text):
    """Codes without the blanks, dots and dashes that people write into them."""
    return normalise(text).replace("·", "")
