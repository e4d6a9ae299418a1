from odoo import fields, models
from odoo.exceptions import UserError

from ..asn import ALLOCATION_COLUMNS, REPORT_COLUMNS, columns
from .allocation_intake import AllocationIntake
from .car_file import read_table, rejected_cars
from .dms_vehicle_import import BATCHES
from .oem_intake import OemIntake


class OemReportBatch(OemIntake):
    """Some rows of a file of reports."""

    def __init__(self, record):
        super().__init__(record.env, record.company_id)


BATCHES |= {"oem": OemReportBatch, "allocation": AllocationIntake}
HEADERS = {
    "oem": (REPORT_COLUMNS, ("status", "at")),
    "allocation": (ALLOCATION_COLUMNS, ("reference", "product_code")),
}
ACTIONS = {
    "oem": "dms_vehicle.dms_oem_report_action",
    "allocation": "dms_vehicle.dms_allocation_action",
}


class DmsVehicleImport(models.Model):
    """Files of OEMs go the way of files of cars."""

    _inherit = "dms.vehicle.import"

    kind = fields.Selection(
        selection_add=[("oem", "OEM reports"), ("allocation", "OEM allocations")],
        ondelete={"oem": "cascade", "allocation": "cascade"},
    )

    def _rows(self):
        if self.kind not in HEADERS:
            return super()._rows()
        content = self.with_context(bin_size=False).file
        rows = read_table(self.env, self.name, content)
        if rows:
            self._check_columns(rows[0].cells)
        return [(row.number, row.cells) for row in rows]

    def _check_columns(self, cells):
        known, wanted = HEADERS[self.kind]
        found = columns(cells, known)
        if missing := [name for name in wanted if name not in found]:
            raise UserError(
                self.env._(
                    "This is no such file: no column is named %(missing)s; the first "
                    "line has: %(columns)s.",
                    missing=", ".join(missing),
                    columns=", ".join(filter(None, cells)),
                )
            )

    def _finish(self):
        res = super()._finish()
        if self.kind in HEADERS and self.problems:
            label = self.env._("Order, VIN or Allocation")
            self.rejected_file = rejected_cars(self.env, self.problems, label)
        return res

    def action_view_vehicles(self):
        self.ensure_one()
        if self.kind not in ACTIONS:
            return super().action_view_vehicles()
        action = self.env["ir.actions.act_window"]._for_xml_id(ACTIONS[self.kind])
        return dict(action, domain=[("company_id", "=", self.company_id.id)])
