"""The client that shows the platform a token of access, and renews it."""

import json
from dataclasses import replace
from urllib.parse import quote

from odoo.addons.dms_base.delivery import Answer, Client, NoAnswer, NotSent, Request

from ..wechat import STALE, Token, Tokens, errcode, reason

# Several processes and threads call for one account. The platform gives them the same
# token for as long as it lives (its "stable" token), so each may ask and keep it.
TOKENS = Tokens()
PATH = "/cgi-bin/stable_token"


class WeChatClient:
    """A ``delivery.Client`` for one account.

    :param app_id: number of the account
    :param secret: its AppSecret
    :param endpoint: where the platform's API is
    :param tokens: those of this process by default
    """

    def __init__(
        self,
        client: Client,
        app_id: str,
        secret: str,
        endpoint: str,
        tokens: Tokens | None = None,
    ):
        self._client = client
        self._app_id = app_id
        self._secret = secret
        self._endpoint = endpoint.rstrip("/")
        self._tokens = tokens or TOKENS

    def send(self, request: Request) -> Answer:
        """Send with the token at hand; once more if it is refused.

        :raise NotSent: also if the platform gives no token
        """
        token = self._token()
        answer = self._call(request, token)
        if errcode(answer.body) not in STALE:
            return answer
        return self._call(request, self._another(token))

    def close(self) -> None:
        self._client.close()

    def _token(self) -> str:
        return self._tokens.get(self._account, self._fetch)

    def _another(self, refused: str) -> str:
        """Ask for the token anew, and for a new one if it is the same."""
        self._tokens.forget(self._account, refused)
        token = self._token()
        if token == refused:
            self._tokens.forget(self._account, refused)
            token = self._tokens.get(self._account, lambda: self._fetch(force=True))
        return token

    @property
    def _account(self) -> tuple[str, str, str]:
        return self._endpoint, self._app_id, self._secret

    def _fetch(self, force: bool = False) -> Token:
        content = {
            "grant_type": "client_credential",
            "appid": self._app_id,
            "secret": self._secret,
            "force_refresh": force,
        }
        headers = {"Content-Type": "application/json"}
        body = json.dumps(content).encode()
        request = Request("POST", f"{self._endpoint}{PATH}", headers, body)
        now = self._tokens.now()
        try:
            answer = self._client.send(request)
        except NoAnswer as error:  # a token has no effect
            raise NotSent(str(error)) from error
        return _token_of(answer, now)

    def _call(self, request: Request, token: str) -> Answer:
        sign = "&" if "?" in request.url else "?"
        url = f"{request.url}{sign}access_token={quote(token)}"
        try:
            return self._client.send(replace(request, url=url))
        except (NotSent, NoAnswer) as error:
            # errors name the address they happened at, and people read them
            text = str(error).replace(quote(token), "…")
            is_question = request.method == "GET"  # asked again without effect
            raise (NotSent if is_question else type(error))(text) from None


def _token_of(answer: Answer, now: float) -> Token:
    if answer.status != 200 or errcode(answer.body):
        why = reason(answer.body) or f"HTTP {answer.status}"
        raise NotSent(f"the platform gives no access token: {why}")
    try:
        said = json.loads(answer.body)
        return Token(str(said["access_token"]), now + float(said["expires_in"]))
    except (ValueError, KeyError, TypeError) as error:
        raise NotSent("the platform's access token cannot be read") from error
