from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.dms_base.models.notification import notification

from ..wizard.halves import do_in_halves
from .dms_pdi_words import PDI_STATES
from .dms_vehicle_states import IN_STOCK


class DmsVehicle(models.Model):
    """The car and its PDI."""

    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    pdi_ids = fields.One2many("dms.pdi", "vehicle_id", "PDIs")
    pdi_state = fields.Selection(
        PDI_STATES,
        "PDI",
        compute="_compute_pdi_state",
        search="_search_pdi_state",
        help="The last PDI that counts for the next delivery.",
    )

    @api.depends("pdi_ids.state", "pdi_ids.is_current")
    def _compute_pdi_state(self):
        states = self._dms_pdi_states()
        for vehicle in self:
            vehicle.pdi_state = states.get(vehicle._origin.id, False)

    def _dms_pdi_states(self):
        # its state is for everybody who sees the car
        pdis = self.env["dms.pdi"].sudo()
        domain = self._dms_pdi_counts() & Domain("vehicle_id", "in", self.ids)
        found = pdis.search_fetch(domain, ["vehicle_id", "state"], order="id")
        return {pdi.vehicle_id.id: pdi.state for pdi in found}

    @api.model
    def _dms_pdi_counts(self):
        return Domain("is_current", "=", True) & Domain("state", "!=", "cancelled")

    @api.model
    def _search_pdi_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env["dms.pdi"].flush_model()
        last = SQL(
            "SELECT DISTINCT ON (vehicle_id) vehicle_id, state FROM dms_pdi"
            " WHERE is_current AND state != 'cancelled'"
            " ORDER BY vehicle_id, id DESC"
        )
        states = tuple(state for state in value if state) or ("",)
        which = SQL("(SELECT vehicle_id FROM (%s) l WHERE state IN %s)", last, states)
        domain = Domain("id", "in", which)
        if False in value:
            known = SQL("(SELECT vehicle_id FROM (%s) l)", last)
            domain |= Domain("id", "not in", known)
        return domain

    # Starting

    def _dms_start_pdi(self):
        """Start a PDI for those of these cars that have none open.

        :return: the PDIs that were started
        """
        pdis = self.env["dms.pdi"]
        taken = pdis.sudo().search(
            [("vehicle_id", "in", self.ids), ("state", "=", "open")]
        )
        free = self - taken.vehicle_id.with_env(self.env)
        return pdis.create([{"vehicle_id": car.id} for car in free])

    def action_dms_start_pdi(self):
        """Start PDIs and show them; a car that has one open keeps it.

        Cars that cannot be inspected are named, the others get theirs.
        """
        problems = do_in_halves(self.env, self, lambda cars: cars._dms_start_pdi())
        if problems and len(problems) == len(self):
            raise UserError("\n".join(reason for _car, reason in problems))
        pdis = self.env["dms.pdi"].search(
            [("vehicle_id", "in", self.ids), ("state", "=", "open")]
        )
        action = self._open("dms.pdi", pdis)
        return _with_problems(action, problems) if problems else action

    def action_view_pdi(self):
        self.ensure_one()
        return self._open("dms.pdi", self.pdi_ids)

    # Delivery

    def _dms_check_pdi(self):
        """Refuse to deliver cars out of stock whose PDI has not been passed.

        :raise UserError: names the car and what to do
        """
        cars = self.filtered(lambda car: car.state in IN_STOCK)
        cars = cars.filtered("company_id.dms_pdi_required")
        states = cars._dms_pdi_states() if cars else {}
        for car in cars:
            if refusal := car._dms_pdi_refusal(states.get(car.id)):
                raise UserError(refusal)

    def _dms_pdi_refusal(self, state):
        refusals = {
            "open": self.env._(
                "VIN %(vin)s cannot be delivered: its PDI is not finished. Finish and"
                " sign it under Vehicles > Inspection > PDI.",
                vin=self.vin,
            ),
            "failed": self.env._(
                "VIN %(vin)s cannot be delivered: its PDI has failed. Have the defects"
                " repaired and repeat the PDI under Vehicles > Inspection > PDI.",
                vin=self.vin,
            ),
            None: self.env._(
                "VIN %(vin)s cannot be delivered: it had no PDI. Start one from the car"
                " and sign it.",
                vin=self.vin,
            ),
        }
        return refusals.get(state)

    # Cars come and go

    def _dms_pdi_arrived(self):
        """Start the PDI of cars that came in, unless one is open or was passed."""
        states = self._dms_pdi_states()
        waiting = self.filtered(
            lambda car: (
                car.company_id.dms_pdi_required
                and states.get(car.id) not in ("open", "passed")
            )
        )
        return waiting._dms_start_pdi()

    def _dms_pdi_left(self, is_over):
        """Close the open PDIs of cars that left.

        :param is_over: they left the group; what was found does not count any more
        """
        pdis = self.env["dms.pdi"].search(
            [("vehicle_id", "in", self.ids), ("is_current", "=", True)]
        )
        pdis.filtered(lambda pdi: pdi.state == "open")._dms_cancel()
        if is_over:
            pdis.is_current = False


def _with_problems(action, problems):
    message = "\n".join(reason for _car, reason in problems)
    return notification(message, good=False, type="warning", next=action)
