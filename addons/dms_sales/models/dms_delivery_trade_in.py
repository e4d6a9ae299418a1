from odoo import models


class DmsDelivery(models.Model):
    """The old car is the store's and set off before the new one goes."""

    _name = "dms.delivery"
    _inherit = ["dms.delivery"]

    def _dms_missing_trade_in(self):
        # the settlement is the accountant's; that it is missing is for all to know
        cars = self.deal_id.sudo().order_id.dms_trade_in_ids
        for appraisal in cars.appraisal_id:
            if appraisal.settlement_id.state != "posted":
                text = self.env._(
                    "%(appraisal)s: the car given in is not bought and set off yet.",
                    appraisal=appraisal.name,
                )
                return text, appraisal
        return False, None  # one without appraisal shows in the money that is owed
