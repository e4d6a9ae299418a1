"""HTTP on one connection."""

import json
import socket
import time
from http.server import BaseHTTPRequestHandler

from . import control
from .faults import Fault
from .ledger import Received, Reply


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    wbufsize = -1  # one write per request: an answer given twice arrives in one piece

    def do_POST(self):
        received = self._received()
        simulator = self.server.simulator
        if received.path.startswith(control.PREFIX):
            self._write(control.answer(simulator, received))
        else:
            self._serve(received)

    do_PUT = do_PATCH = do_DELETE = do_POST

    def do_GET(self):
        received = self._received()
        if received.path.startswith(control.PREFIX):
            self._write(control.answer(self.server.simulator, received))
        elif self.server.simulator.is_question(received):
            self._serve(received)
        else:
            self._write(self.server.simulator.greet(received))

    def _serve(self, received: Received) -> None:
        fault = self.server.simulator.faults.take()
        reply = self.server.simulator.answer(received, fault)
        time.sleep(fault.delay_s)
        self._reply(reply, fault)

    def _received(self) -> Received:
        length = int(self.headers.get("Content-Length") or 0)
        return Received(
            self.command,
            self.path,
            dict(self.headers.items()),
            self.rfile.read(length),
            "{}:{}".format(*self.client_address),
            self._client_certificate(),
        )

    def _client_certificate(self) -> str:
        """:return: the common name of the caller's certificate, "" without one"""
        peer = getattr(self.connection, "getpeercert", dict)() or {}
        names = dict(pair for part in peer.get("subject", ()) for pair in part)
        return names.get("commonName", "")

    def _reply(self, reply: Reply, fault: Fault) -> None:
        if fault.drop:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        for _ in range(2 if fault.twice else 1):
            self._write(reply, fault.headers)

    def _write(self, reply: Reply, headers=()) -> None:
        is_raw = isinstance(reply.content, bytes)
        body = reply.content if is_raw else json.dumps(reply.content).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        """Quiet: the ledger holds it all."""
