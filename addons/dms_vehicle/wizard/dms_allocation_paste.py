import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ..asn import ALLOCATION_COLUMNS, columns

HEADER = ("配额号", "车型编码", "月份", "有效期至")


class DmsAllocationPaste(models.TransientModel):
    """Allocations copied out of a mail or a sheet; they go the way of a file."""

    _name = "dms.allocation.paste"
    _description = "Paste Allocations"

    text = fields.Text(
        "Copied Lines",
        required=True,
        help="One allocation per line: number, model code, month, last day of "
        "validity; or with a first line that names the columns.",
    )

    def action_apply(self):
        """Take the lines in and show what became of them."""
        self.ensure_one()
        lines = [line for line in self.text.splitlines() if line.strip()]
        if not lines:
            raise UserError(self.env._("Enter at least one line."))
        mark = next((mark for mark in "\t,;|" if mark in lines[0]), "\t")
        if not columns(lines[0].split(mark), ALLOCATION_COLUMNS):
            lines.insert(0, mark.join(HEADER))
        record = self.env["dms.vehicle.import"].create(
            {
                "name": self.env._("Pasted allocations.csv"),
                "kind": "allocation",
                "file": base64.b64encode("\n".join(lines).encode()),
            }
        )
        record.action_start()
        return record._get_records_action(context={})
