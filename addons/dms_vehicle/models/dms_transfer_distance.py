from odoo import models


class DmsTransferRequest(models.Model):
    """How far the cars of a request have to go."""

    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    def _dms_request(self):
        result = super()._dms_request()
        self._dms_measure()
        return result

    def _dms_measure(self):
        """Note the distance, where both stores are on the map and nobody typed it."""
        # where the other store is, is no secret
        known = self.sudo()
        asking, giving = known.company_id, known.giving_company_id
        if (
            not known.distance_km
            and asking._dms_is_located()
            and giving._dms_is_located()
        ):
            known.distance_km = giving._dms_distance_to(asking)["km"]
