from odoo import models


class DmsLearnerVersion(models.Model):
    _inherit = "dms.learner.version"

    def _driver_words(self, codes):
        return super()._driver_words(codes) | self.env["crm.lead"]._dms_fact_words()
