"""An end to every call, whatever the other side does meanwhile.

Time-outs of sockets begin anew with each byte: a side that sends one now and then would
keep a worker busy for ever.
"""

import os
import socket
import threading
from contextlib import suppress
from contextvars import ContextVar

_current: ContextVar["Deadline | None"] = ContextVar("deadline", default=None)


class Deadline:
    """Shuts the connections that are used inside its ``with`` when the time is over.

    :param seconds: from entering on
    """

    def __init__(self, seconds: float):
        self.is_over = False
        self._handles: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._token = _current.set(self)
        self._timer.start()
        return self

    def __exit__(self, *exc) -> None:
        self._timer.cancel()
        _current.reset(self._token)
        with self._lock:
            for handle in self._handles:
                handle.close()
            self._handles.clear()

    def watch(self, connection: socket.socket) -> None:
        """A second handle serves, since TLS takes the first one away."""
        handle = socket.socket(fileno=os.dup(connection.fileno()))
        with self._lock:
            self._handles.append(handle)
        if self.is_over:
            self._shut()

    def _shut(self) -> None:
        with self._lock:
            self.is_over = True
            for handle in self._handles:
                with suppress(OSError):  # it is closed already
                    handle.shutdown(socket.SHUT_RDWR)


def watch(connection: socket.socket) -> None:
    """Let the deadline of this thread, if there is one, end ``connection``."""
    if deadline := _current.get():
        deadline.watch(connection)
