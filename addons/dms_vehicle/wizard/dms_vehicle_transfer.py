from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .chosen import chosen


class DmsVehicleTransfer(models.TransientModel):
    """Move cars to another place of the store, or sell them to another store."""

    _name = "dms.vehicle.transfer"
    _description = "Transfer Vehicles"

    vehicle_ids = fields.Many2many(
        "dms.vehicle",
        string="Vehicles",
        required=True,
        default=lambda self: chosen(self.env, "dms.vehicle"),
    )
    company_id = fields.Many2one(
        "res.company", "From Store", compute="_compute_company"
    )
    store_ids = fields.Many2many("res.partner", compute="_compute_company")
    # a store's staff may not read other companies, but may know them as partners
    to_store_id = fields.Many2one(
        "res.partner",
        compute="_compute_to_store_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', store_ids)]",
    )
    is_internal = fields.Boolean(compute="_compute_is_internal")
    location_id = fields.Many2one(
        "stock.location",
        "To Location",
        domain="[('usage', '=', 'internal'), ('company_id', '=', company_id)]",
    )
    line_ids = fields.One2many(
        "dms.vehicle.transfer.line",
        "transfer_id",
        "Prices",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("vehicle_ids")
    def _compute_company(self):
        for transfer in self:
            companies = transfer.vehicle_ids.company_id
            transfer.company_id = companies[:1]
            stores = companies[:1] | companies[:1]._dms_sister_stores()
            # sister stores are offered by name; they cannot be read
            transfer.store_ids = stores.sudo().partner_id

    @api.depends("company_id")
    def _compute_to_store_id(self):
        for transfer in self:
            home = transfer.company_id.partner_id
            transfer.to_store_id = transfer.to_store_id or home

    @api.depends("company_id", "to_store_id")
    def _compute_is_internal(self):
        for transfer in self:
            home = transfer.company_id.partner_id
            transfer.is_internal = transfer.to_store_id == home

    @api.depends("vehicle_ids", "to_store_id")
    def _compute_line_ids(self):
        today = fields.Date.context_today(self)
        for transfer in self:
            rules = self.env["dms.transfer.rule"]._dms_of_store(transfer.company_id)
            store = transfer.to_store_id
            transfer.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "vehicle_id": car.id,
                        "price": rules._dms_best(car, store, today)._dms_price(
                            car._dms_cost()
                        ),
                    }
                )
                for car in transfer.vehicle_ids
            ]

    def action_transfer(self):
        self.ensure_one()
        self._check()
        if self.is_internal:
            picking = self._move_inside()
            return self.env["dms.vehicle"]._open("stock.picking", picking)
        sale = self._sell_to_store()
        return self.env["dms.vehicle"]._open("sale.order", sale)

    def _check(self):
        if len(self.vehicle_ids.company_id) > 1:
            raise UserError(self.env._("Transfer the cars of one store at a time."))
        busy = self.vehicle_ids.filtered(lambda v: v.state != "in_stock")
        if busy:
            raise UserError(
                self.env._(
                    "Only cars in stock that no order has can be transferred:"
                    " %(vins)s.",
                    vins=", ".join(busy.mapped("vin")),
                )
            )
        if self.is_internal and not self.location_id:
            raise UserError(self.env._("Choose the location to move the cars to."))

    # Inside the store

    def _move_inside(self):
        warehouse = self.location_id.warehouse_id
        pickings = self.env["stock.picking"].with_company(self.company_id)
        picking = pickings.create(
            {
                "picking_type_id": warehouse.int_type_id.id,
                "location_id": warehouse.lot_stock_id.id,
                "location_dest_id": self.location_id.id,
                "move_ids": [
                    Command.create(self._prepare_move(vehicle))
                    for vehicle in self.vehicle_ids
                ],
            }
        )
        # lines created inside of their moves do not know the picking yet
        picking.move_ids.move_line_ids.picking_id = picking
        picking.action_confirm()
        picking.button_validate()
        return picking

    def _prepare_move(self, vehicle):
        line = {
            "product_id": vehicle.product_id.id,
            "lot_id": vehicle.lot_id.id,
            "quantity": 1,
            "location_id": vehicle.location_id.id,
            "location_dest_id": self.location_id.id,
        }
        return {
            "product_id": vehicle.product_id.id,
            "product_uom_qty": 1,
            "location_id": vehicle.location_id.id,
            "location_dest_id": self.location_id.id,
            "move_line_ids": [Command.create(line)],
        }

    # To another store

    def _sell_to_store(self):
        sale = (
            self.env["sale.order"]
            .with_company(self.company_id)
            .create(
                {
                    "company_id": self.company_id.id,
                    "partner_id": self.to_store_id.id,
                    "order_line": [
                        Command.create(
                            line.vehicle_id._dms_prepare_sale_line(line.price)
                        )
                        for line in self.line_ids
                    ],
                }
            )
        )
        sale.action_confirm()
        sale._dms_create_counterpart()
        return sale


class DmsVehicleTransferLine(models.TransientModel):
    _name = "dms.vehicle.transfer.line"
    _description = "Transfer Price of a Vehicle"

    transfer_id = fields.Many2one("dms.vehicle.transfer", index=True)
    vehicle_id = fields.Many2one("dms.vehicle", required=True)
    product_id = fields.Many2one(related="vehicle_id.product_id")
    currency_id = fields.Many2one(related="vehicle_id.currency_id")
    price = fields.Monetary("Price before Tax", required=True)
