from odoo import api, fields, models
from odoo.exceptions import UserError

from .dms_gate_pass import STAFF
from .dms_gate_states import FOR_GOOD


class StockPicking(models.Model):
    """Cars that leave for good get their gate pass with the stock move."""

    _name = "stock.picking"
    _inherit = ["stock.picking"]

    dms_gate_pass_ids = fields.One2many(
        "dms.gate.pass", "picking_id", "Gate Passes", readonly=True, groups=STAFF
    )
    dms_gate_pass_count = fields.Integer(
        "Number of Gate Passes", compute="_compute_dms_gate_pass_count"
    )
    dms_lacks_gate_pass = fields.Boolean(
        "Lacks a Gate Pass", compute="_compute_dms_gate_pass_count"
    )

    @api.depends("state", "dms_gate_pass_ids.state", "move_line_ids.lot_id")
    def _compute_dms_gate_pass_count(self):
        for picking in self:
            # who ships need not read passes
            passes = picking.sudo().dms_gate_pass_ids
            picking.dms_gate_pass_count = len(passes)
            picking.dms_lacks_gate_pass = (
                picking.state == "done"
                and bool(picking._dms_gate_reason())
                and bool(picking._dms_cars_without_pass())
            )

    def _action_done(self):
        leaving = self.filtered(lambda picking: picking._dms_wants_passes())
        leaving._dms_refuse_cars_outside()
        result = super()._action_done()
        for picking in leaving.filtered(lambda picking: picking.state == "done"):
            # whoever ships a car has its pass issued, whatever his role
            picking.sudo()._dms_issue_passes()
        return result

    def _dms_wants_passes(self):
        # a setting; who delivers need not read the store
        return self.company_id.sudo().dms_gate_pass and self._dms_gate_reason()

    def _dms_gate_reason(self):
        """:return: the reason for which cars leave by this move, False for none"""
        by_usage = {usage: reason for reason, usage in FOR_GOOD.items()}
        if self.location_id.usage != "internal" or not self._dms_car_lines():
            return False
        return by_usage.get(self.location_dest_id.usage, False)

    def _dms_gate_cars(self):
        # who ships a car need not read every car
        return self._dms_car_lines().filtered("quantity").lot_id.sudo().dms_vehicle_ids

    def _dms_cars_without_pass(self):
        # who delivers need not read passes
        passes = self.sudo().dms_gate_pass_ids
        given = passes.filtered(lambda one: one.state in ("issued", "out"))
        return self._dms_gate_cars() - given.vehicle_id

    def _dms_refuse_cars_outside(self):
        """A car that drives outside by another pass is not delivered meanwhile."""
        # the pass may be of the store that lent the car
        passes = self.env["dms.gate.pass"].sudo()
        cars = self._dms_gate_cars()
        out = passes.search(
            [
                ("vehicle_id", "in", cars.ids),
                ("state", "=", "out"),
                ("must_return", "=", True),
            ],
            limit=1,
        )
        if out:
            raise UserError(
                self.env._(
                    "%(vin)s is out by gate pass %(name)s. Have it taken back at the"
                    " gate before it leaves for good.",
                    vin=out.vin,
                    name=out.name,
                )
            )

    def _dms_issue_passes(self):
        """Issue the passes of the cars of this move that have none.

        A pass that was issued for a test drive or the like is cancelled: the car
        leaves for good.
        """
        self.ensure_one()
        cars = self._dms_cars_without_pass()
        passes = self.env["dms.gate.pass"]
        # passes that others issued give way to that of the delivery
        unused = passes.sudo().search(
            [("vehicle_id", "in", cars.ids), ("state", "=", "issued")]
        )
        unused.cancel()
        return passes.create([self._dms_prepare_pass(car) for car in cars])

    def _dms_prepare_pass(self, car):
        reason = self._dms_gate_reason()
        driver = self.partner_id if reason == "delivery" else self.partner_id.browse()
        return {
            "company_id": self.company_id.id,
            "vehicle_id": car.id,
            "reason": reason,
            "picking_id": self.id,
            "driver_id": driver.id,
        }

    # Actions

    def action_dms_issue_passes(self):
        """Issue the gate passes of this move, by whoever has the right."""
        self._dms_issue_passes()
        return self.action_dms_view_gate_passes()

    def action_dms_view_gate_passes(self):
        self.ensure_one()
        passes = self.dms_gate_pass_ids
        return self.env["dms.vehicle"]._open("dms.gate.pass", passes)
