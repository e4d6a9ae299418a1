"""The base of all simulators: a real HTTP(S) server on this machine."""

import ssl
import threading
from http.server import ThreadingHTTPServer
from typing import Any, Protocol

from .checks import Refused
from .faults import Fault, Faults
from .handler import Handler
from .ledger import Ledger, Received, Reply


class Check(Protocol):
    def check(self, received: Received) -> None:
        """:raise Refused: if the caller is not who he must be"""


class Simulator:
    """One other side. A subclass speaks a wire format by overriding :meth:`accept`.

    ::

        with OemEcho(checks=[Bearer("token")]) as oem:
            oem.faults.add(Fault(status=503), Fault(drop="after"))
            call(oem.url)
            assert oem.ledger.effects == [...]

    :param port: 0 chooses a free one
    :param tls: makes it an HTTPS server
    :param checks: all of them must accept a caller
    """

    title = ""
    actions: dict = {}  # what else it can be told over HTTP, see ``control``

    def __init__(
        self,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        checks: list[Check] | None = None,
        host: str = "127.0.0.1",
    ):
        self.ledger = Ledger()
        self.faults = Faults()
        self.checks = checks or []
        self._server = _Server((host, port), Handler)
        self._server.simulator = self
        self._scheme = "https" if tls else "http"
        if tls:
            self._server.tls = tls

    def accept(self, received: Received) -> tuple[Any, Reply]:
        """Do what a request asks for.

        :return: the effect, which is noted, and the reply
        """
        raise NotImplementedError

    def key(self, received: Received) -> str:
        """:return: by what a repetition is recognised"""
        return received.header("Idempotency-Key")

    def answer(self, received: Received, fault: Fault) -> Reply:
        """Note a request, check it, act once per key."""
        self.ledger.note(received)
        if refusal := self._refusal(received):
            return refusal
        if not fault.has_effect:
            return Reply(fault.status or 500, {"error": "told to fail"})
        return self._once(received)

    def greet(self, received: Received) -> Reply:
        """Answer a test of the connection."""
        return self._refusal(received) or Reply(200, {"simulator": self.title})

    def is_question(self, received: Received) -> bool:
        """:return: whether a GET is business, where the wire format asks by GET"""
        return False

    def _refusal(self, received: Received) -> Reply | None:
        try:
            for check in self.checks:
                check.check(received)
        except Refused as refusal:
            return Reply(401, {"error": str(refusal)})
        return None

    def _once(self, received: Received) -> Reply:
        key = self.key(received)
        if not key:
            return Reply(400, {"error": "the header Idempotency-Key is missing"})
        return self.ledger.once(key, lambda: self.accept(received))

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        """With "localhost", which certificates for tests name."""
        return f"{self._scheme}://localhost:{self.port}"

    def serve(self) -> None:
        """Serve until :meth:`close`, or until the process is interrupted."""
        self._server.serve_forever(poll_interval=0.05)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self):
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *exc):
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    simulator: Simulator
    tls: ssl.SSLContext | None = None

    def finish_request(self, request, client_address):
        """The handshake happens here, in the thread of the connection."""
        if not self.tls:
            super().finish_request(request, client_address)
            return
        with self.tls.wrap_socket(request, server_side=True) as secure:
            super().finish_request(secure, client_address)

    def handle_error(self, request, client_address):
        """Callers that hang up are what a simulator is for."""
