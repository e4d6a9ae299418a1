import re

from odoo import models

CHANNEL = re.compile(r"dms_yard_site_(\d{1,9})$")


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Let a screen follow the plan of a site that its user may look at."""
        asked = [int(m[1]) for c in channels if (m := CHANNEL.match(str(c)))]
        others = [c for c in channels if not CHANNEL.match(str(c))]
        if not asked:
            return super()._build_bus_channel_list(others)
        sites = self.env["dms.yard.site"].browse(asked).exists()
        allowed = sites._filtered_access("read")
        return super()._build_bus_channel_list([*others, *allowed])
