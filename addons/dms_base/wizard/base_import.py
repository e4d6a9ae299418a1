from odoo import models


class BaseImport(models.TransientModel):
    _inherit = "base_import.import"

    def execute_import(self, fields, columns, options, dryrun=False):
        entries = self.env["dms.audit.entry"]
        mark = entries._mark()
        result = super().execute_import(fields, columns, options, dryrun)
        if dryrun:
            entries._forget_since(mark)
        return result
