from odoo import api, fields, models

GATE_PASS_HELP = (
    "A gate pass is issued by itself for every car that is delivered, transferred or"
    " returned to the OEM. For stores with a guard at the gate."
)


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company"]

    dms_gate_pass = fields.Boolean("Gate Pass with Each Delivery", help=GATE_PASS_HELP)


class DmsStoreDetails(models.AbstractModel):
    _name = "dms.store.details"
    _inherit = ["dms.store.details"]

    dms_gate_pass = fields.Boolean("Gate Pass with Each Delivery", help=GATE_PASS_HELP)

    @api.model
    def _detail_fields(self):
        return [*super()._detail_fields(), "dms_gate_pass"]
