"""Lead sites and OEMs that send people who want a car as ADF, and take them so."""

from collections.abc import Mapping

from odoo.addons.dms_base.delivery import (
    Incoming,
    Malformed,
    Message,
    Provider,
    Request,
    register,
)
from odoo.addons.dms_base.delivery.signature import KEY

from ..adf import AdfError, parse

KIND = "adf.lead"


@register("adf", "Lead site (ADF 1.0)")
class AdfSite(Provider):
    """The body is the XML itself, in both directions."""

    def request(self, message: Message, endpoint: str) -> Request:
        headers = {"Content-Type": "text/xml; charset=utf-8", KEY: message.key}
        body = message.payload["xml"].encode()
        return Request("POST", endpoint, headers, body, message.key)

    def incoming(self, headers: Mapping[str, str], body: bytes) -> Incoming:
        """:raise Malformed: what is no ADF goes back with its reason"""
        try:
            parse(body)
            text = body.decode()
        except AdfError as error:
            facts = ", ".join(f"{name} {fact}" for name, fact in error.facts.items())
            raise Malformed(" ".join(filter(None, [error.code, facts]))) from error
        except UnicodeDecodeError as error:
            raise Malformed("the XML is not in UTF-8") from error
        return Incoming(KIND, {"xml": text}, headers[KEY])

    def receive(self, message):
        """:return: dict ``leads``: one answer per prospect, in their order"""
        leads, xml = message.env["crm.lead"], message._data()["xml"]
        return {"leads": leads._dms_take_adf(xml, message.company_id)}
