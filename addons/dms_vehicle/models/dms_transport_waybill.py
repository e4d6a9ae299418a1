from odoo import api, models


class TransportWaybill(models.AbstractModel):
    """The waybill for whoever may read the transport, with the names of both stores."""

    _name = "report.dms_vehicle.transport_waybill"
    _description = "Waybill"

    @api.model
    def _get_report_values(self, docids, data=None):
        orders = self.env["dms.transport.order"].browse(docids)
        orders.check_access("read")
        # staff of one store may not read the company of the other
        return {"docs": orders.sudo()}
