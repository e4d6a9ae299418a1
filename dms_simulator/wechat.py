"""WeChat's platform for official accounts: its API, and customers who write.

The API gives tokens of access, takes answers of staff, hands out images. A customer's
message is posted to the account's address as the platform does it, in plain or in safe
mode; the sealing is done by `openssl`, so that nothing of it is our own reader's. In
another process it is told over HTTP what a customer writes::

    POST /_simulator/write
    {"hook": "http://…/dms/wechat/TOKEN", "token": "…", "sender": "oABC",
     "text": "E5 多少钱", "key": "43 characters, for safe mode"}
"""

import base64
import hashlib
import itertools
import json
import os
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import Any
from xml.sax.saxutils import escape

from .ledger import Received, Reply
from .registry import register
from .server import Simulator

TEXT_BYTES = 2048
ANSWERS = 5  # until the customer writes again
LIVES_S = 7200
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@register("wechat")
class WeChatPlatform(Simulator):
    """:ivar sent: answers that customers have got, as ``{"touser", "text"}``
    :ivar tokens: those that are good
    :ivar silent: customers who wrote more than 48 hours ago
    :ivar media: image by its number
    """

    title = "WeChat official account"

    def __init__(
        self,
        *args: Any,
        app_id: str = "wx0123456789abcdef",
        secret: str = "app-secret",
        **options: Any,
    ):
        super().__init__(*args, **options)
        self.app_id, self.secret = app_id, secret
        self.account = "gh_0123456789ab"
        self.sent: list[dict[str, str]] = []
        self.tokens: list[str] = []
        self.silent: set[str] = set()
        self.media: dict[str, bytes] = {}
        self._left: dict[str, int] = {}
        self._numbers = itertools.count(23_000_000_000_000_001)

    @property
    def actions(self) -> dict:
        """See ``control``."""
        return {("POST", "write"): self._told}

    # The API

    def key(self, received: Received) -> str:
        """A message that comes twice is two messages."""
        return uuid.uuid4().hex

    def is_question(self, received: Received) -> bool:
        return received.path.startswith("/cgi-bin/")

    def accept(self, received: Received) -> tuple[Any, Reply]:
        parts = urllib.parse.urlsplit(received.path)
        asked = dict(urllib.parse.parse_qsl(parts.query))
        name = parts.path.removeprefix("/cgi-bin/")
        if name == "stable_token":
            return name, self._token(json.loads(received.body))
        if asked.get("access_token") not in self.tokens:
            return name, _refused(40001, "invalid credential, access_token is invalid")
        acts = {
            "message/custom/send": lambda: self._send(json.loads(received.body)),
            "media/get": lambda: self._media(asked.get("media_id", "")),
            "get_api_domain_ip": lambda: Reply(200, {"ip_list": ["127.0.0.1"]}),
        }
        if name not in acts:
            return name, _refused(44002, "no such interface")
        return name, acts[name]()

    def _token(self, asked: dict) -> Reply:
        if asked.get("appid") != self.app_id:
            return _refused(40013, "invalid appid")
        if asked.get("secret") != self.secret:
            return _refused(40125, "invalid appsecret")
        if not self.tokens or asked.get("force_refresh"):
            self.tokens = [uuid.uuid4().hex]
        content = {"access_token": self.tokens[-1], "expires_in": LIVES_S}
        return Reply(200, content)

    def forget_tokens(self) -> None:
        """All tokens at hand are refused from now on."""
        self.tokens = []

    def _send(self, asked: dict) -> Reply:
        to, text = asked["touser"], asked["text"]["content"]
        if to not in self._left:
            return _refused(40003, "invalid openid")
        if to in self.silent:
            return _refused(45015, "response out of time limit or subscription is out")
        if not self._left[to]:
            return _refused(45047, "out of response count limit")
        if len(text.encode()) > TEXT_BYTES:
            return _refused(45002, "content size out of limit")
        self._left[to] -= 1
        self.sent.append({"touser": to, "text": text})
        return Reply(200, {"errcode": 0, "errmsg": "ok"})

    def _media(self, number: str) -> Reply:
        if number not in self.media:
            return _refused(40007, "invalid media_id")
        return Reply(200, self.media[number], "image/gif")

    # Customers

    def message(self, sender: str, kind: str = "text", **more: str) -> str:
        """:return: the XML of a message, with a number of its own"""
        self._left[sender] = ANSWERS
        fields = {
            "ToUserName": self.account,
            "FromUserName": sender,
            "CreateTime": str(int(time.time())),
            "MsgType": kind,
            **more,
        }
        if kind != "event":
            fields["MsgId"] = str(next(self._numbers))
        return _xml(fields)

    def text(self, sender: str, words: str) -> str:
        return self.message(sender, Content=words)

    def image(self, sender: str, content: bytes = GIF) -> str:
        number = uuid.uuid4().hex
        self.media[number] = content
        return self.message(sender, "image", MediaId=number, PicUrl="http://x.example")

    def callback(self, xml: str, token: str, key: str = "") -> tuple[dict, bytes]:
        """:return: what stands in the address, and the body

        :param key: EncodingAESKey, for safe mode
        """
        stamp, nonce = str(int(time.time())), str(uuid.uuid4().int % 10**9)
        query = {
            "signature": _sign(token, stamp, nonce),
            "timestamp": stamp,
            "nonce": nonce,
        }
        if not key:
            return query, xml.encode()
        sealed = _sealed(xml.encode(), key, self.app_id)
        query |= {
            "encrypt_type": "aes",
            "msg_signature": _sign(token, stamp, nonce, sealed),
        }
        body = _xml({"ToUserName": self.account, "Encrypt": sealed})
        return query, body.encode()

    def write(self, hook: str, token: str, xml: str, key: str = "") -> dict[str, Any]:
        """Post a message to an account's address.

        :return: ``status`` and ``text`` of the answer
        """
        query, body = self.callback(xml, token, key)
        url = f"{hook}?{urllib.parse.urlencode(query)}"
        request = urllib.request.Request(url, body, {"Content-Type": "text/xml"})
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return {"status": answer.status, "text": answer.read().decode()}
        except urllib.error.HTTPError as error:
            return {"status": error.code, "text": error.read().decode()}

    def _told(self, _simulator: Simulator, received: Received) -> Reply:
        wish = json.loads(received.body)
        xml = self.text(wish["sender"], wish["text"])
        answer = self.write(wish["hook"], wish["token"], xml, wish.get("key", ""))
        return Reply(200, answer)


def _refused(code: int, words: str) -> Reply:
    return Reply(200, {"errcode": code, "errmsg": words})


def _xml(fields: dict[str, str]) -> str:
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items())
    return f"<xml>{inner}</xml>"


def _sign(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def _sealed(xml: bytes, key: str, app_id: str) -> str:
    """AES-256-CBC: 16 random bytes, the length, the XML, the account; blocks of 32."""
    secret = base64.b64decode(key + "=")
    plain = os.urandom(16) + len(xml).to_bytes(4, "big") + xml + app_id.encode()
    count = 32 - len(plain) % 32
    plain += bytes([count]) * count
    command = ["openssl", "enc", "-aes-256-cbc", "-nopad", "-K", secret.hex()]
    done = subprocess.run(
        [*command, "-iv", secret[:16].hex()],
        input=plain,
        capture_output=True,
        check=True,
    )
    return base64.b64encode(done.stdout).decode()
