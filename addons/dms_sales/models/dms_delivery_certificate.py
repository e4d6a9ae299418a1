from odoo import models


class DmsDelivery(models.Model):
    """The certificate goes to the customer with the car (合格证), and says so."""

    _name = "dms.delivery"
    _inherit = ["dms.delivery"]

    def _dms_missing_certificate(self):
        missing, place = super()._dms_missing_certificate()
        paper = self.vehicle_id.sudo() and self.vehicle_id.sudo()._dms_certificate()
        if missing or not paper or paper.holder != "store" or not paper.handover_id:
            return missing, place
        text = self.env._(
            "Certificate %(number)s is on its way (%(way)s): have that confirmed or"
            " cancelled first.",
            number=paper.number,
            way=paper.handover_id.display_name,
        )
        return text, paper.handover_id

    def _hand_over(self):
        res = super()._hand_over()
        paper = self.vehicle_id.sudo()._dms_certificate()
        if paper.holder == "store" and not paper.handover_id:
            self._dms_give_certificate(paper)
        return res

    def _dms_give_certificate(self, paper):
        # who hands over a car need not handle certificates in the safe
        given = paper.handover_ids.create(
            {
                "certificate_id": paper.id,
                "to_kind": "customer",
                "to_partner_id": self.partner_id.id,
            }
        )
        note = self.env._(
            "%(name)s has signed for it at the delivery.", name=self.signed_name
        )
        given._dms_signed_by_customer(note)


class DmsCertificateHandover(models.Model):
    _name = "dms.certificate.handover"
    _inherit = ["dms.certificate.handover"]

    def _dms_signed_by_customer(self, note):
        """Confirm what a customer has signed for: the signature is the second person.

        :param str note: where the signature is
        """
        self._dms_check_still_possible("accepted")
        self._dms_write_decision("accepted", note)
        self._dms_apply("accepted")
        self._dms_record_decision()
