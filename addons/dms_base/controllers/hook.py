import logging
import time

from odoo import SUPERUSER_ID
from odoo.http import Controller, request

from .. import delivery
from ..delivery.signature import check
from .door import door
from .refusal import Refusal, answer

_logger = logging.getLogger(__name__)

BODY_LIMIT = 1_000_000


class DmsHook(Controller):
    """Where other sides send their messages. docs/connectors.md describes it."""

    @door("/dms/hook/<string:token>", BODY_LIMIT)
    def receive(self, token):
        try:
            return self._take(token)
        except Refusal as refusal:
            return refusal.answer()

    def _take(self, token):
        body = request.httprequest.get_data()  # kept: a retry reads it again
        connector = self._connector(token)
        signed = self._checked(connector, body)
        incoming = self._incoming(connector, body)
        inbox = connector.env["dms.inbox.message"]
        message, is_known = inbox._take(connector, incoming, signed.nonce, body)
        if not message:
            raise Refusal(409, "replayed", "the nonce belongs to another message")
        if is_known and message.body_digest != delivery.digest(body):
            raise Refusal(409, "key_reused", "the key stands for another content")
        return self._report(message, is_known)

    def _connector(self, token):
        # The caller is a program and no user: its signature is checked next.
        connectors = request.env["dms.connector"].with_user(SUPERUSER_ID)
        found = connectors.search([("hook_token", "=", token)])
        if not found or found.state == "draft":
            raise Refusal(404, "unknown", "there is no such hook")
        return found

    def _checked(self, connector, body):
        call = request.httprequest
        query = call.query_string.decode()
        path = f"{call.path}?{query}" if query else call.path
        secrets = connector._dms_hook_secrets()
        try:
            return check(call.headers, "POST", path, body, secrets, time.time())
        except delivery.SignatureRefused as error:
            _logger.info("hook of connector %s: %s", connector.id, error)
            status = 400 if error.code == "malformed" else 401
            raise Refusal(status, error.code, str(error)) from error

    def _incoming(self, connector, body):
        provider = connector._dms_provider()
        try:
            return provider.incoming(request.httprequest.headers, body)
        except delivery.Malformed as error:
            raise Refusal(400, "malformed", str(error)) from error

    def _report(self, message, is_known):
        """200 once it is done; 202 if we have it and still have to do it."""
        done = message.state == "done"
        content = {
            "id": message.id,
            "status": "done" if done else "accepted",
            "duplicate": is_known,
        }
        if done:
            content["result"] = message.result or None
        return answer(200 if done else 202, content)
