"""How we show who we are."""

import base64
from dataclasses import dataclass, field

from .exchange import Request
from .signature import signed_headers

AUTH_KINDS = ("none", "hmac", "bearer", "basic", "mtls")

# What each kind needs; a missing one is reported before anything is sent.
NEEDED = {
    "none": (),
    "hmac": ("secret",),
    "bearer": ("token",),
    "basic": ("username", "password"),
    "mtls": ("certificate", "private_key"),
}


@dataclass(frozen=True)
class Credentials:
    """Secrets of one connector; not shown by ``repr``.

    :param certificate: ours, PEM, with intermediate ones
    :param private_key: PEM, not encrypted
    :param authority: PEM of the authority that signed the other side's certificate,
        for one that is not public; then it is the only one that is trusted
    """

    kind: str = "none"
    secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    username: str = ""
    password: str = field(default="", repr=False)
    certificate: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    authority: str = field(default="", repr=False)

    def missing(self) -> list[str]:
        """:return: the names of what this kind needs and does not have"""
        return [name for name in NEEDED[self.kind] if not getattr(self, name)]

    def headers(self, request: Request, path: str, now: float) -> dict[str, str]:
        """Headers of authentication; mTLS needs none.

        :param path: as sent, with the query
        """
        maker = getattr(self, f"_headers_{self.kind}", None)
        return maker(request, path, now) if maker else {}

    def _headers_hmac(self, request: Request, path: str, now: float):
        return signed_headers(
            self.secret, request.method, path, request.key, request.body, now
        )

    def _headers_bearer(self, request: Request, path: str, now: float):
        return {"Authorization": f"Bearer {self.token}"}

    def _headers_basic(self, request: Request, path: str, now: float):
        pair = f"{self.username}:{self.password}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
