from odoo import models
from odoo.exceptions import UserError


class DmsCertificate(models.Model):
    """When a certificate may be pledged."""

    _name = "dms.certificate"
    _inherit = ["dms.certificate"]

    def _dms_check_may_pledge(self):
        for certificate in self:
            if certificate.lender_id:
                raise UserError(certificate._dms_pledged_message())
            if certificate.holder == "customer" or certificate.sudo()._dms_is_gone():
                raise UserError(
                    self.env._(
                        "VIN %(vin)s is with its customer; its certificate %(number)s"
                        " can secure no loan.",
                        vin=certificate.vin,
                        number=certificate.number,
                    )
                )
            if certificate.handover_id.to_kind == "customer":
                raise UserError(
                    self.env._(
                        "Certificate %(number)s is on its way to the customer; refuse"
                        " that handover first.",
                        number=certificate.number,
                    )
                )

    def _dms_may_pledge(self):
        """:return: whether ``_dms_check_may_pledge`` finds nothing against it"""
        self.ensure_one()
        leaving = self.holder == "customer" or self.handover_id.to_kind == "customer"
        return not (self.lender_id or leaving or self.sudo()._dms_is_gone())

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
