from odoo import api, models


class DmsLogEntry(models.Model):
    _inherit = "dms.log.entry"

    @api.model
    def _kind_names(self):
        # What the log says in public may be read as words by whoever reads the log.
        kinds = self.env["dms.vehicle.event.kind"].sudo()
        kinds = kinds.with_context(active_test=False).search_fetch([], ["code", "name"])
        return super()._kind_names() | {kind.code: kind.name for kind in kinds}
