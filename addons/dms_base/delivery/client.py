"""The HTTP client of the outbox: `requests`, with everything bounded."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from . import tls
from .addresses import AddressGuard
from .credentials import Credentials
from .exchange import Answer, NoAnswer, NotSent, Request
from .guarded import guard_pools

_CHUNK = 16384
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "open-dms"}


@dataclass(frozen=True)
class Limits:
    """Bounds of one call.

    :param connect_s: until the connection stands
    :param read_s: between two pieces of the answer
    :param total_s: for the whole answer
    """

    connect_s: float = 5.0
    read_s: float = 20.0
    total_s: float = 30.0
    answer_bytes: int = 1_000_000


class Client:
    """Calls one side with one set of credentials; threads may share it.

    TLS is verified, redirects are not followed, cookies are not kept, proxies and
    passwords of the machine's environment are not used.
    """

    def __init__(
        self,
        credentials: Credentials,
        guard: AddressGuard,
        limits: Limits | None = None,
        keep_alive: bool = True,
        clock: Callable[[], float] = time.time,
    ):
        self._credentials = credentials
        self._guard = guard
        self._limits = limits or Limits()
        self._keep_alive = keep_alive
        self._clock = clock
        self._adapter = _Adapter(credentials, guard)

    def send(self, request: Request) -> Answer:
        """Send a request and read its answer.

        :raise NotSent: if the request surely did not reach the other side
        :raise NoAnswer: if it may have
        :raise AddressRefused: if the address must not be called
        """
        self._guard.check_url(request.url)
        prepared = self._prepare(request)
        deadline = time.monotonic() + self._limits.total_s
        try:
            response = self._adapter.send(
                prepared,
                stream=True,
                timeout=(self._limits.connect_s, self._limits.read_s),
            )
        except (requests.RequestException, HTTPError) as error:
            raise _translated(error) from error
        with response:
            return self._read(response, deadline)

    def close(self) -> None:
        self._adapter.close()

    def _prepare(self, request: Request) -> requests.PreparedRequest:
        try:
            prepared = requests.Request(
                request.method, request.url, dict(request.headers), data=request.body
            ).prepare()
        except (requests.RequestException, ValueError) as error:
            raise NotSent(f"the request cannot be made: {error}") from error
        prepared.headers.update(_HEADERS)
        if not self._keep_alive:
            prepared.headers["Connection"] = "close"
        path = prepared.path_url
        prepared.headers.update(self._credentials.headers(request, path, self._clock()))
        return prepared

    def _read(self, response: requests.Response, deadline: float) -> Answer:
        """What is beyond the limits is not read; the status is known by then."""
        body, is_whole = bytearray(), True
        try:
            for piece in response.iter_content(_CHUNK):
                body += piece
                late = time.monotonic() > deadline
                if late or len(body) > self._limits.answer_bytes:
                    is_whole = False
                    break
        except (requests.RequestException, HTTPError) as error:
            raise NoAnswer(f"the answer broke off: {error}") from error
        content = bytes(body[: self._limits.answer_bytes])
        return Answer(response.status_code, dict(response.headers), content, is_whole)


class _Adapter(HTTPAdapter):
    def __init__(self, credentials: Credentials, guard: AddressGuard):
        self._context = tls.context(credentials)
        self._guard = guard
        super().__init__(pool_connections=4, pool_maxsize=32)

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)
        guard_pools(self.poolmanager, self._guard)

    def cert_verify(self, conn, url, verify, cert):
        """The context verifies, and trusts nobody else than it was told to."""
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = None


def _translated(error: Exception) -> Exception:
    """:return: NotSent or NoAnswer"""
    text = str(error) or type(error).__name__
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return NotSent(text)
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    if isinstance(reason, NewConnectionError | ConnectTimeoutError):
        return NotSent(text)
    return NoAnswer(text)
