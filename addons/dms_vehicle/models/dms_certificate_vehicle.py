from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .dms_certificate_states import CERTIFICATE_STATES

NO_PROOF = ("missing", "wrong_number")


class DmsVehicle(models.Model):
    """The car and its certificate: all staff see its state, few the paper itself."""

    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    certificate_state = fields.Selection(
        CERTIFICATE_STATES,
        "Certificate",
        compute="_compute_certificate_state",
        search="_search_certificate_state",
        help="How the certificate of the car stands; empty while none is known.",
    )

    def _compute_certificate_state(self):
        certificates = self._dms_certificates()
        for vehicle in self:
            vehicle.certificate_state = certificates.get(vehicle.id, False)

    def _dms_certificates(self):
        # its state is for everybody who sees the car; the paper may be another store's
        groups = self.env["dms.certificate"].sudo()
        found = groups.search_fetch(
            [("vehicle_id", "in", self.ids)], ["vehicle_id", "state"]
        )
        return {one.vehicle_id.id: one.state for one in found}

    @api.model
    def _search_certificate_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        certificates = self.env["dms.certificate"].sudo()  # as above
        known = [state for state in value if state]
        query = certificates._search([("state", "in", known)])
        domain = Domain("id", "in", query.subselect("vehicle_id"))
        if False in value:
            papers = certificates._search([])
            domain |= Domain("id", "not in", papers.subselect("vehicle_id"))
        return domain

    def _dms_certificate(self):
        """Return the certificate of this car as sudo, whichever store keeps it."""
        self.ensure_one()
        # who delivers a car need not handle certificates
        papers = self.env["dms.certificate"].sudo()
        return papers.search([("vehicle_id", "=", self.id)])

    def _dms_certificate_status(self):
        """Say to the public whether a bank has a right in this car, not which.

        :return: ``"free"``, ``"pledged"`` or ``"unknown"``
        """
        paper = self._dms_certificate()
        if paper.lender_id:
            return "pledged"
        known = paper and paper.holder != "oem" and paper.exception not in NO_PROOF
        return "free" if known else "unknown"

    # Delivery

    def _dms_check_certificates(self):
        """Refuse to deliver cars on which a bank has a right, or that lack the paper.

        :raise UserError: names the car, the bank and what to do
        """
        papers = self.env["dms.certificate"].sudo()  # another store's pledge counts too
        by_car = {
            paper.vehicle_id.id: paper
            for paper in papers.search([("vehicle_id", "in", self.ids)])
        }
        for vehicle in self:
            paper = by_car.get(vehicle.id, papers)
            if refusal := vehicle._dms_delivery_refusal(paper):
                raise UserError(refusal)

    def _dms_delivery_refusal(self, paper):
        if paper.lender_id:
            return self.env._(
                "VIN %(vin)s cannot be delivered: its certificate %(number)s is pledged"
                " to %(bank)s since %(since)s. Request its release under Vehicles >"
                " Certificates and wait for the bank's decision; until then the"
                " customer could not register the car.",
                vin=self.vin,
                number=paper.number,
                bank=paper.lender_id.name,
                since=paper.pledged_since,
            )
        # a setting; who delivers need not read the store
        if not self.company_id.sudo().dms_certificate_required:
            return False
        return self._dms_missing_refusal(paper)

    def _dms_missing_refusal(self, paper):
        if not paper:
            return self.env._(
                "VIN %(vin)s cannot be delivered: no certificate is known. Enter it"
                " under Vehicles > Certificates and have it confirmed in the safe.",
                vin=self.vin,
            )
        if paper.exception or paper.holder not in ("store", "customer"):
            states = dict(paper._fields["state"]._description_selection(self.env))
            return self.env._(
                "VIN %(vin)s cannot be delivered: its certificate %(number)s is not"
                " here (%(state)s, %(holder)s). Have it handed over to the store.",
                vin=self.vin,
                number=paper.number,
                state=states[paper.state],
                holder=paper.holder_name,
            )
        return False

    # Actions

    def action_view_certificate(self):
        self.ensure_one()
        certificates = self.env["dms.certificate"]
        found = certificates.search([("vehicle_id", "=", self.id)])
        action = self._open(certificates._name, found)
        if not found:
            action |= {"view_mode": "form", "res_id": False}
        return action | {"context": {"default_vehicle_id": self.id}}
