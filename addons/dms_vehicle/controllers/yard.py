import json

from odoo.http import Controller, request

from odoo.addons.dms_base.controllers.door import door
from odoo.addons.dms_base.controllers.refusal import Refusal, answer

from ..models.yard_reception import Reception

BODY_LIMIT = 1_000_000
BATCH_LIMIT = 500
SCHEME = "bearer "
CHALLENGE = (("WWW-Authenticate", "Bearer"),)


class DmsYard(Controller):
    """Where devices report who stands in which slot. docs/yard.md describes it."""

    @door("/dms/yard/v1/sightings", BODY_LIMIT)
    def sightings(self):
        try:
            device = self._device()
            answers = Reception(device).take(self._rows())
        except Refusal as refusal:
            return refusal.answer(*(CHALLENGE if refusal.status == 401 else ()))
        return answer(200, _summary(answers) | {"rows": answers})

    def _device(self):
        header = request.httprequest.headers.get("Authorization", "")
        if header[: len(SCHEME)].lower() != SCHEME:
            raise Refusal(401, "no_key", "send Authorization: Bearer KEY")
        key = header[len(SCHEME) :].strip()
        device = request.env["dms.yard.device"]._dms_of_key(key)
        if not device:
            raise Refusal(401, "unknown_key", "no device has this key")
        if device.state != "active" or not device.company_id.active:
            raise Refusal(401, "revoked_key", "the key of this device was revoked")
        return device

    def _rows(self):
        try:
            content = json.loads(request.httprequest.get_data())
        except (ValueError, RecursionError) as error:
            raise Refusal(400, "malformed", "the body is no JSON") from error
        rows = content.get("sightings") if isinstance(content, dict) else None
        if not isinstance(rows, list):
            raise Refusal(400, "malformed", 'send {"sightings": [...]}')
        if len(rows) > BATCH_LIMIT:
            detail = f"{BATCH_LIMIT} sightings at most in one message"
            raise Refusal(413, "too_many", detail)
        return rows


def _summary(answers):
    rejected = sum(answer["status"] == "rejected" for answer in answers)
    return {"accepted": len(answers) - rejected, "rejected": rejected}
