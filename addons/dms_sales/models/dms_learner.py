from odoo import api, models

from ..appraisal import Appraisal


class DmsLearner(models.Model):
    _inherit = "dms.learner"

    @api.model
    def _dms_cores(self):
        return super()._dms_cores() | {Appraisal.code: Appraisal}
