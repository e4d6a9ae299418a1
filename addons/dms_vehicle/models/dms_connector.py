from odoo import api, fields, models


class DmsConnector(models.Model):
    _inherit = "dms.connector"

    dms_oem_id = fields.Many2one(
        "res.partner",
        "OEM",
        domain=[("is_company", "=", True)],
        help="Orders to this OEM are sent; empty: orders to all that have no "
        "connector of their own.",
    )

    @api.model
    def _provider_label(self, cls):
        if cls.name == "oem_pipeline":
            return self.env._("OEM orders and build status")
        return super()._provider_label(cls)

    @api.model
    def _dms_of_oem(self, oem, company):
        """Find the connector by which a store sends its orders to an OEM.

        :return: a connector as superuser, empty if there is none
        """
        # see ``_dms_find``
        connectors = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("provider", "=", "oem_pipeline"),
                ("state", "!=", "draft"),
                ("dms_oem_id", "in", [oem.commercial_partner_id.id, False]),
            ]
        )
        return connectors.sorted(lambda c: not c.dms_oem_id)[:1]
