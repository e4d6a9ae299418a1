import re
from itertools import accumulate

from odoo import fields, models
from odoo.exceptions import UserError

from ..asn import columns
from ..models.car_file import read_cars, rejected_cars
from ..models.dms_vehicle import VIN_LENGTH
from ..vin import normalise

SEPARATORS = re.compile(r"[\s,;，；]+")
MAX_SHOWN = 50


class DmsVehicleReceive(models.TransientModel):
    """VINs typed, scanned, pasted or from the OEM's file, put on one receipt."""

    _name = "dms.vehicle.receive"
    _description = "Enter VINs"

    picking_id = fields.Many2one("stock.picking", "Receipt", required=True)
    text = fields.Text(
        "VINs",
        help="One car per line: the VIN, then optionally the model code.",
    )
    file = fields.Binary("Shipping Notice (CSV, XLSX)", attachment=False)
    filename = fields.Char("File Name")
    accepted = fields.Integer(readonly=True)
    unchanged = fields.Integer("Already There", readonly=True)
    rejected = fields.Integer(readonly=True)
    is_done = fields.Boolean("Rows Were Checked", readonly=True)
    problems = fields.Text("Reasons", readonly=True)
    rejected_file = fields.Binary("Rejected Rows", readonly=True, attachment=False)
    rejected_filename = fields.Char("Name of the Rejected Rows", readonly=True)

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
        lines = enumerate((self.text or "").splitlines(), start=1)
        rows = [(number, _typed_car(line)) for number, line in lines if line.strip()]
        if self.file:
            rows += read_cars(self.env, self.filename, self.file)
        return rows

    def _keep(self, result, rows):
        numbered = {at: row for at, row in enumerate(rows, start=1)}
        bad = [
            (numbered[problem["row"]][0], problem["vin"], problem["reason"])
            for problem in result["rejected"]
        ]
        again = [_as_typed(numbered[p["row"]][1]) for p in result["rejected"]]
        self.write(
            {
                "accepted": result["accepted"],
                "unchanged": result["unchanged"],
                "rejected": len(bad),
                "is_done": True,
                "problems": "\n".join(
                    f"{number}: {reason}" for number, _vin, reason in bad[:MAX_SHOWN]
                ),
                "rejected_file": bad and rejected_cars(self.env, bad),
                "rejected_filename": bad and self.env._("rejected.xlsx"),
                "text": "\n".join(again),
                "file": False,
            }
        )


def _typed_car(line):
    """:return: cells of a line, in which the VIN may be typed in groups"""
    words = SEPARATORS.split(line.strip())
    joined = accumulate(words)
    lengths = [len(normalise(text)) for text in joined]
    end = lengths.index(VIN_LENGTH) + 1 if VIN_LENGTH in lengths else 1
    return {"vin": "".join(words[:end]), "product_code": " ".join(words[end:])}


def _as_typed(cells):
    known = columns(cells)
    shown = [cells.get(known.get(name), "") for name in ("vin", "product_code")]
    return " ".join(text for text in shown if text)
