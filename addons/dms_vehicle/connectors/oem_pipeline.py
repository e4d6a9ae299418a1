"""OEMs that take orders and report how far they are."""

from collections.abc import Mapping

from odoo.addons.dms_base.delivery import Incoming, Malformed, register
from odoo.addons.dms_base.delivery.http_json import HttpJson

REPORTS = "oem.report"


@register("oem_pipeline", "OEM orders and build status")
class OemPipeline(HttpJson):
    """Orders go out as ``oem.order``; ``oem.report`` brings ``{"rows": [...]}``."""

    def incoming(self, headers: Mapping[str, str], body: bytes) -> Incoming:
        """:raise Malformed: what will never be understood is not kept"""
        message = super().incoming(headers, body)
        if message.kind != REPORTS:
            raise Malformed(f"this connector takes {REPORTS} only")
        content = message.payload
        rows = content.get("rows") if isinstance(content, dict) else None
        if not isinstance(rows, list):
            raise Malformed('the data must be an object with a list "rows"')
        return message

    def receive(self, message):
        """:return: which rows were refused, and why"""
        reports = message.env["dms.oem.report"]
        return reports._take(message._data()["rows"], message.company_id).result()
