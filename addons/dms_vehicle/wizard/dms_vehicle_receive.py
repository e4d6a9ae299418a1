from odoo import fields, models
from odoo.exceptions import UserError

from ..models.car_file import read_cars, rejected_cars


class DmsVehicleReceive(models.TransientModel):
    """VINs typed, scanned, pasted or from the OEM's file, put on one receipt."""

    _name = "dms.vehicle.receive"
    _description = "Receive Vehicles"

    picking_id = fields.Many2one("stock.picking", "Receipt", required=True)
    text = fields.Text(
        "VINs",
        help="One car per line: the VIN, then optionally the model code.",
    )
    file = fields.Binary("Shipping Notice (CSV, XLSX)", attachment=False)
    filename = fields.Char()
    accepted = fields.Integer(readonly=True)
    unchanged = fields.Integer(readonly=True)
    rejected = fields.Integer(readonly=True)
    is_done = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    rejected_file = fields.Binary("Rejected Rows", readonly=True, attachment=False)
    rejected_filename = fields.Char(readonly=True)

    def action_apply(self):
        self.ensure_one()
        rows = self._rows()
        if not rows:
            raise UserError(self.env._("Enter at least one VIN or choose a file."))
        result = self.picking_id.dms_announce([cells for _number, cells in rows])
        self._keep(result, rows)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enter VINs"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _rows(self):
        """:return: list of (line number in the source, cells by header)"""
        rows = [
            (number, dict(zip(("vin", "product_code"), line.split(), strict=False)))
            for number, line in enumerate((self.text or "").splitlines(), start=1)
            if line.strip()
        ]
        if self.file:
            rows += read_cars(self.env, self.filename, self.file)
        return rows

    def _keep(self, result, rows):
        bad = [
            (rows[problem["row"] - 1][0], problem["vin"], problem["reason"])
            for problem in result["rejected"]
        ]
        self.write(
            {
                "accepted": result["accepted"],
                "unchanged": result["unchanged"],
                "rejected": len(bad),
                "is_done": True,
                "problems": "\n".join(f"{n}: {reason}" for n, _vin, reason in bad[:50]),
                "rejected_file": bad and rejected_cars(self.env, bad),
                "rejected_filename": bad and "rejected.xlsx",
                "text": "\n".join(vin for _number, vin, _reason in bad),
                "file": False,
            }
        )
