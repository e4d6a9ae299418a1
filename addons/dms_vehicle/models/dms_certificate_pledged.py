from odoo import models
from odoo.exceptions import UserError


class DmsCertificate(models.Model):
    """When a certificate may be pledged."""

    _name = "dms.certificate"
    _inherit = ["dms.certificate"]

    def _dms_check_may_pledge(self):
        for certificate in self:
            if problem := certificate._dms_pledge_problem():
                raise UserError(problem)

    def _dms_pledge_problem(self):
        """:return: why the certificate can secure no loan, empty if it can"""
        self.ensure_one()
        if self.lender_id:
            return self._dms_pledged_message()
        # whether the car is gone is asked of it, wherever it is now
        if self.holder == "customer" or self.sudo()._dms_is_gone():
            return self.env._(
                "VIN %(vin)s is with its customer; its certificate %(number)s"
                " can secure no loan.",
                vin=self.vin,
                number=self.number,
            )
        if self.handover_id.to_kind == "customer":
            return self.env._(
                "Certificate %(number)s is on its way to the customer; refuse"
                " that handover first.",
                number=self.number,
            )
        return ""

    def _dms_is_gone(self):
        return self.vehicle_id.state == "delivered"

    def _dms_pledged_message(self):
        if not self:
            return self.env._("This certificate is already pledged.")
        return self.env._(
            "Certificate %(number)s of %(vin)s is already pledged to %(bank)s since"
            " %(since)s. One certificate secures one loan: ask that bank to release it"
            " first.",
            number=self.number,
            vin=self.vin,
            bank=self.lender_id.name,
            since=self.pledged_since,
        )
