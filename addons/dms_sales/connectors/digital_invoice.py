"""The tax platform that numbers fully digital motor invoices (数电票)."""

import json
from typing import Any

from odoo.addons.dms_base.delivery import (
    Answer,
    Message,
    Provider,
    Request,
    canonical_json,
    register,
)

CAR, ISSUE, TAKE_BACK = "motor_invoice.car", "motor_invoice.issue", "motor_invoice.red"
PATHS = {CAR: "vehicle", ISSUE: "issue", TAKE_BACK: "red"}


@register("digital_invoice", "Digital motor invoices")
class DigitalInvoice(Provider):
    """Asks what the registry knows of a VIN, then has the invoice numbered.

    A refusal is an answer, too: it comes with HTTP 200 and a ``code`` other than "0",
    and the invoice shows its words.
    """

    def request(self, message: Message, endpoint: str) -> Request:
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.key,
        }
        url = f"{endpoint.rstrip('/')}/{PATHS[message.kind]}"
        body = canonical_json(message.payload | {"nsrsbh": message.account})
        return Request("POST", url, headers, body, message.key)

    def delivered(self, message: Any, answer: Answer) -> None:
        """Let the invoice go on, or show why not."""
        invoice = message.env[message.res_model].browse(message.res_id)
        invoice._dms_answered(message.kind, json.loads(answer.body))
        # who the buyer is was said; it need not be kept
        message.payload = json.dumps(invoice._dms_without_person(message._data()))
