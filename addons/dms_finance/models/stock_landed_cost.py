from odoo import fields, models
from odoo.exceptions import UserError


class StockLandedCost(models.Model):
    """Transport, PDI and accessories: each car carries its own.

    What is spread over a transfer is spread over its cars; what belongs to certain
    cars only is put on them, also if they came together with others.
    """

    _inherit = "stock.landed.cost"

    target_model = fields.Selection(
        selection_add=[("vehicle", "Cars")], ondelete={"vehicle": "cascade"}
    )
    dms_vehicle_ids = fields.Many2many(
        "dms.vehicle",
        string="Cars",
        copy=False,
        domain="[('company_id', '=', company_id), ('received_date', '!=', False)]",
    )

    def compute_landed_cost(self):
        self.check_access("write")
        # who counts costs may not read every transfer of his store
        costs = self.sudo()
        costs._dms_check_own_transfers()
        return super(StockLandedCost, costs).compute_landed_cost()

    def button_validate(self):
        self.check_access("write")
        # the transfers of the cars take their new value, which an accountant sets
        # through nothing but this document
        return super(StockLandedCost, self.sudo()).button_validate()

    def _check_can_validate(self):
        result = super()._check_can_validate()
        self._dms_check_own_transfers()
        for cost in self.filtered(lambda c: c.target_model == "vehicle"):
            arrived = cost._get_targeted_move_ids().move_line_ids.lot_id
            if missing := cost.dms_vehicle_ids - arrived.dms_vehicle_ids:
                raise UserError(
                    self.env._(
                        "%(vins)s: %(store)s has not received this car. Take it off"
                        " the list, or receive it first.",
                        vins=", ".join(missing.mapped("vin")),
                        store=cost.company_id.name,
                    )
                )
        return result

    def _dms_check_own_transfers(self):
        for cost in self:
            others = cost.picking_ids.filtered(
                lambda picking, store=cost.company_id: picking.company_id != store
            )
            if others:
                raise UserError(
                    self.env._(
                        "%(transfers)s: not a transfer of %(store)s. Take it off the"
                        " list.",
                        transfers=", ".join(others.mapped("name")),
                        store=cost.company_id.name,
                    )
                )

    def _get_targeted_move_ids(self):
        moves = super()._get_targeted_move_ids()
        for cost in self.filtered(lambda c: c.target_model == "vehicle"):
            lots = cost.dms_vehicle_ids.lot_id.with_company(cost.company_id)
            arrivals = lots._dms_arrivals().values()
            moves |= moves.concat(*(line.move_id for line in arrivals))
        return moves

    def get_valuation_lines(self):
        """:return: values of adjustment lines, one for each car"""
        shared = super().get_valuation_lines()
        return [line for values in shared for line in self._dms_split(values)]

    def _dms_split(self, values):
        move = self.env["stock.move"].browse(values["move_id"])
        cars = move.move_line_ids.lot_id.dms_vehicle_ids
        if self.target_model == "vehicle":
            cars &= self.dms_vehicle_ids
        count = values["quantity"]
        each = {key: values[key] / count for key in ("quantity", "weight", "volume")}
        return [
            values
            | each
            | {
                "dms_vehicle_id": car.id,
                "former_cost": car.lot_id.with_company(self.company_id).standard_price,
            }
            for car in cars
        ] or [values]
