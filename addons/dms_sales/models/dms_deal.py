from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dms_deal_state import STATES


class DmsDeal(models.Model):
    """One car sold: the sheet around its quotations, from the first offer on.

    The variants laid before a customer are quotations, Odoo's own; one of them is the
    deal. What the documents prove is computed, nobody types it.
    """

    _name = "dms.deal"
    _description = "Deal"
    _inherit = [
        "dms.store.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "portal.mixin",
    ]
    _order = "id desc"

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        tracking=True,
        check_company=True,
    )
    lead_id = fields.Many2one(
        "crm.lead", index="btree_not_null", copy=False, check_company=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Sales Consultant",
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        check_company=True,
    )
    variant_ids = fields.One2many("sale.order", "dms_deal_id", "Variants")
    fleet_line_ids = fields.One2many(
        "sale.order.line",
        "dms_deal_id",
        "Line of a Fleet Order",
        help="The car of this deal, where one order sells several.",
    )
    order_id = fields.Many2one(
        "sale.order",
        "Chosen Variant",
        compute="_compute_order_id",
        store=True,
        index="btree_not_null",
        help="The confirmed one, or the one the customer chose.",
    )
    car_line_id = fields.Many2one(
        "sale.order.line",
        compute="_compute_car_line_id",
        store=True,
        index="btree_not_null",
    )
    product_id = fields.Many2one(
        related="car_line_id.product_id",
        string="Model",
        store=True,
        index="btree_not_null",
    )
    vehicle_id = fields.Many2one(
        related="car_line_id.dms_vehicle_id",
        string="Car",
        store=True,
        index="btree_not_null",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_total = fields.Monetary("Total", compute="_compute_amount_total", store=True)
    date_order = fields.Datetime(
        related="order_id.date_order", string="Ordered on", store=True
    )
    delivered_date = fields.Date(related="vehicle_id.delivered_date", store=True)
    state = fields.Selection(
        STATES,
        "Status",
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
    )

    _state_idx = models.Index("(company_id, state, id DESC)")

    # Computed fields

    @api.depends(
        "variant_ids.state", "variant_ids.dms_is_chosen", "fleet_line_ids.order_id"
    )
    def _compute_order_id(self):
        for deal in self:
            deal.order_id = deal.fleet_line_ids.order_id[:1] or deal._dms_chosen()

    def _dms_chosen(self):
        """:return: the confirmed quotation, else the one chosen, else the first"""
        confirmed = self.variant_ids.filtered(lambda order: order.state == "sale")
        chosen = self.variant_ids.filtered("dms_is_chosen")
        living = self.variant_ids.filtered(lambda order: order.state != "cancel")
        return (confirmed or chosen or living or self.variant_ids).sorted("id")[:1]

    @api.depends("order_id.order_line.dms_block", "fleet_line_ids")
    def _compute_car_line_id(self):
        for deal in self:
            cars = deal.order_id.order_line._dms_cars()
            deal.car_line_id = deal.fleet_line_ids[:1] or cars[:1]

    def _dms_lines(self):
        """:return: the order lines of this deal

        What a fleet order sells beside its cars belongs to the first of them.
        """
        lines = self.order_id.order_line
        cars = lines._dms_cars()
        if len(cars) < 2:
            return lines
        return self.car_line_id | (
            lines - cars if self.car_line_id == cars[:1] else lines.browse()
        )

    @api.depends("order_id.amount_total", "car_line_id.price_total")
    def _compute_amount_total(self):
        for deal in self:
            is_one_of_many = len(deal.order_id.order_line._dms_cars()) > 1
            amounts = deal._dms_lines().mapped("price_total")
            total = deal.order_id.amount_total
            deal.amount_total = sum(amounts) if is_one_of_many else total

    @api.depends(
        "variant_ids.state", "order_id.state", "car_line_id.qty_delivered", "order_id"
    )
    def _compute_state(self):
        for deal in self:
            deal.state = deal._dms_state()

    def _dms_state(self):
        if self.order_id.state == "sale":
            return "delivered" if self.car_line_id.qty_delivered > 0 else "ordered"
        states = set((self.variant_ids | self.order_id).mapped("state"))
        if states == {"cancel"}:
            return "cancelled"
        return "offered" if "sent" in states else "draft"

    @api.model
    def _group_expand_state(self, states, domain):
        return [state for state, _label in STATES if state in states]

    def _compute_access_url(self):
        res = super()._compute_access_url()
        for deal in self:
            deal.access_url = f"/my/deals/{deal.id}"
        return res

    # Rules

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code(self._name) or "/"
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_without_orders(self):
        if kept := self.filtered(lambda deal: deal.state in ("ordered", "delivered")):
            raise ValidationError(
                self.env._(
                    "%(deals)s: a deal with a confirmed order stays; cancel the order.",
                    deals=", ".join(kept.mapped("name")),
                )
            )

    # Actions

    def action_dms_add_variant(self):
        """Lay another quotation before the customer; the last one is its start."""
        self.ensure_one()
        last = self.variant_ids.sorted("id")[-1:]
        if last:
            order = last.copy({"dms_deal_id": self.id})
        else:
            order = self.env["sale.order"].create(self._prepare_variant())
        return self.env["dms.vehicle"]._open("sale.order", order)

    def _prepare_variant(self):
        """:return: values of the first quotation"""
        return {
            "dms_deal_id": self.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "opportunity_id": self.lead_id.id,
        }

    def action_dms_view_variants(self):
        self.ensure_one()
        orders = self.variant_ids | self.order_id
        return self.env["dms.vehicle"]._open("sale.order", orders)
