import logging
import time

from odoo import SUPERUSER_ID
from odoo.http import Controller, request, route

from odoo.addons.dms_base import delivery
from odoo.addons.dms_base.controllers.door import door
from odoo.addons.dms_base.controllers.refusal import Refusal

from ..connectors.wechat import PROVIDER
from ..wechat import Query, WeChatError, check, opened

_logger = logging.getLogger(__name__)

PATH = "/dms/wechat/<string:token>"
BODY_LIMIT = 100_000
KIND = "wechat.message"
STATUS = {"signature": 401, "clock": 401, "plain": 401, "sealed": 401, "account": 401}


class DmsWeChat(Controller):
    """Where WeChat asks whether we are there and leaves what customers write.

    It waits five seconds, then calls again, three times in all: what was stored before
    is answered as it was, and changes nothing.
    """

    @route(
        PATH,
        type="http",
        auth="public",
        methods=["GET"],
        csrf=False,
        save_session=False,
        sitemap=False,
    )
    def greet(self, token, signature="", timestamp="", nonce="", echostr="", **_rest):
        try:
            secrets = self._wechat_connector(token)._dms_hook_secrets()
            check(Query(signature, timestamp, nonce), secrets, time.time())
        except WeChatError as error:
            return self._wechat_refusal(error).answer()
        except Refusal as refusal:
            return refusal.answer()
        plain = [("Content-Type", "text/plain; charset=utf-8")]
        return request.make_response(echostr, plain)

    @door(PATH, BODY_LIMIT)
    def take(
        self,
        token,
        signature="",
        timestamp="",
        nonce="",
        msg_signature="",
        **_rest,
    ):
        query = Query(signature, timestamp, nonce, msg_signature)
        try:
            connector = self._wechat_connector(token)
            self._wechat_take(connector, query, request.httprequest.get_data())
        except Refusal as refusal:
            return refusal.answer()
        return request.make_response("success", [("Content-Type", "text/plain")])

    def _wechat_connector(self, token):
        # the caller is a program and no user: its signature is checked next
        connectors = request.env["dms.connector"].with_user(SUPERUSER_ID)
        found = connectors.search(
            [("hook_token", "=", token), ("provider", "=", PROVIDER)]
        )
        if not found or found.state == "draft":
            raise Refusal(404, "unknown", "there is no such hook")
        return found

    def _wechat_take(self, connector, query, body):
        try:
            said, xml = opened(
                query,
                body,
                connector._dms_hook_secrets(),
                time.time(),
                connector._dms_wechat_envelope(),
            )
        except WeChatError as error:
            raise self._wechat_refusal(error) from error
        incoming = delivery.Incoming(KIND, _payload(said), said.number)
        # their nonces are short: with the second they belong to, each comes once
        nonce = f"{query.timestamp}.{query.nonce}"
        inbox = connector.env["dms.inbox.message"]
        message, _known = inbox._take(connector, incoming, nonce, xml)
        if not message:
            raise Refusal(409, "replayed", "the nonce belongs to another message")

    def _wechat_refusal(self, error):
        _logger.info("a callback of WeChat is refused: %s", error)
        return Refusal(STATUS.get(error.code, 400), error.code, str(error))


def _payload(said):
    return {
        "sender": said.sender,
        "kind": said.kind,
        "text": said.text,
        "media": said.media,
    }
