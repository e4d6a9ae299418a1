from odoo import api, models


class DmsCertificate(models.Model):
    _inherit = "dms.certificate"

    @api.model_create_multi
    def create(self, vals_list):
        """The certificate of a car that is financed already secures its loan."""
        papers = super().create(vals_list)
        # who enters certificates need not read what the store owes
        papers.sudo().vehicle_id.dms_floorplan_ids._pledge_certificates()
        return papers
