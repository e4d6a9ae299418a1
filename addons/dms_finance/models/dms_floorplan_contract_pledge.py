from odoo import models


class DmsFloorplanContract(models.Model):
    """The certificate of a financed car secures the loan, until it is paid back."""

    _inherit = "dms.floorplan.contract"

    def _pledge_certificates(self):
        """Pledge to the lenders what certificates of these cars are known and free."""
        financed = self.filtered(lambda contract: contract.state == "open")
        self.env["dms.certificate.pledge"].create(
            [
                contract._prepare_pledge(paper)
                for contract, paper in financed._certificates()
                if not paper._dms_pledge_problem()
            ]
        )

    def _prepare_pledge(self, certificate):
        return {
            "certificate_id": certificate.id,
            "lender_id": self.line_id.lender_id.id,
            "since": self.start_date,
            "reference": self.reference or self.line_id.name,
        }

    def _request_certificates(self, receipt):
        """Ask the lenders for the certificates of cars on which nothing is owed.

        :param receipt: number of the payment, which the lender finds in his books
        """
        free = self.filtered(lambda one: one.state in ("paid", "cancelled"))
        self.env["dms.certificate.release"].create(
            [
                {"certificate_id": paper.id, "receipt": receipt}
                for contract, paper in free._certificates()
                if contract._is_secured_by(paper) and not paper.release_id
            ]
        )

    def _withdraw_requests(self, receipt):
        """Take back what a payment has asked for cars that are open again."""
        owed = self.filtered(lambda contract: contract.state == "open")
        papers = [paper.id for _contract, paper in owed._certificates()]
        asked = self.env["dms.certificate.release"].search(
            [
                ("certificate_id", "in", papers),
                ("receipt", "=", receipt),
                ("state", "=", "waiting"),
            ]
        )
        asked.cancel(self.env._("The payment %(number)s was reversed.", number=receipt))

    def _certificates(self):
        """:return: pairs of contract and the certificate of its car, where known"""
        papers = self.env["dms.certificate"].search(
            [("vehicle_id", "in", self.vehicle_id.ids)]
        )
        by_car = {paper.vehicle_id: paper for paper in papers}
        return [
            (one, by_car[one.vehicle_id]) for one in self if one.vehicle_id in by_car
        ]

    def _is_secured_by(self, certificate):
        return certificate.lender_id == self.line_id.lender_id.commercial_partner_id
