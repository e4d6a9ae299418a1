from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.dms_base.delivery import derived_key

MAX_DAYS = 3650


class DmsOemOrder(models.AbstractModel):
    """What an order to an OEM is for; part of ``purchase.order``."""

    _name = "dms.oem.order"
    _description = "Order to an OEM"

    dms_has_cars = fields.Boolean("Orders Cars", compute="_compute_dms_has_cars")
    dms_order_type_id = fields.Many2one(
        "dms.order.type",
        "Order Type",
        default=lambda self: self.env.ref("dms_vehicle.order_type_stock", False),
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    dms_adoption_days = fields.Integer(
        "Days to Pay",
        compute="_compute_dms_adoption_days",
        store=True,
        readonly=False,
        precompute=True,
        help="From consignment to adoption of each car of this order.",
    )
    dms_oem_revision = fields.Integer(
        "Times Sent to the OEM", readonly=True, copy=False
    )
    dms_oem_report_count = fields.Integer(
        "Number of OEM Reports", compute="_compute_dms_oem_report_count"
    )

    @api.depends("order_line.product_id.dms_is_vehicle")
    def _compute_dms_has_cars(self):
        for order in self:
            order.dms_has_cars = any(order.order_line.mapped("dms_is_vehicle"))

    @api.depends("dms_order_type_id")
    def _compute_dms_adoption_days(self):
        """Without a dependency on the days of the type: what was agreed stays."""
        for order in self:
            order.dms_adoption_days = order.dms_order_type_id.adoption_days

    def _compute_dms_oem_report_count(self):
        counts = self._dms_count_by_order("dms.oem.report")
        for order in self:
            order.dms_oem_report_count = counts.get(order, 0)

    @api.constrains("dms_adoption_days")
    def _check_dms_adoption_days(self):
        if any(not 0 <= order.dms_adoption_days <= MAX_DAYS for order in self):
            raise ValidationError(
                self.env._("The days to adoption lie between 0 and 3650.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        """What a store buys from another one is no order to the OEM."""
        for vals in vals_list:
            if vals.get("dms_counterpart_sale_id"):
                vals.setdefault("dms_order_type_id", False)
        return super().create(vals_list)

    # Messages to the OEM

    def _dms_send_to_oem(self, kind):
        """Write the message in the transaction of the order; it leaves after commit."""
        for order in self.filtered("dms_has_cars"):
            if order.dms_counterpart_sale_id:
                continue
            order.order_line._dms_number_lines()
            connector = self.env["dms.connector"]._dms_of_oem(
                order.partner_id, order.company_id
            )
            if connector:
                order.dms_oem_revision += 1
                connector._dms_send(
                    kind,
                    order._dms_prepare_oem_order(),
                    record=order,
                    ordering_key=order.name,
                    idempotency_key=derived_key(kind, order.id, order.dms_oem_revision),
                )

    def _dms_prepare_oem_order(self):
        return {
            "order": self.name,
            "revision": self.dms_oem_revision,
            "store": self.company_id.dms_store_code or "",
            "type": self.dms_order_type_id.code or "",
            "lines": [
                {
                    "line": line.dms_line_number,
                    "product_code": line.product_id.default_code or "",
                    "quantity": int(line.product_qty),
                    "wanted": line.date_planned
                    and line.date_planned.date().isoformat(),
                }
                for line in self.order_line.filtered("dms_is_vehicle")
            ],
        }

    def action_dms_view_oem_reports(self):
        """Open what the OEM has said of this order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_vehicle.dms_oem_report_action"
        )
        return dict(action, domain=[("purchase_line_id.order_id", "=", self.id)])
