"""Connections that go to an address that was checked, and to no other."""

from functools import partial

from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from .addresses import AddressGuard


def guard_pools(manager: PoolManager, guard: AddressGuard) -> None:
    """Let all connections of ``manager`` pass ``guard``."""
    manager.pool_classes_by_scheme = {
        "http": partial(_HTTPPool, guard),
        "https": partial(_HTTPSPool, guard),
    }


class _Guarded:
    dms_guard: AddressGuard
    dms_scheme: str

    def _new_conn(self):
        """Dial the address; TLS still checks the certificate against the name."""
        name = self._dns_host
        self._dns_host = self.dms_guard.resolve(name, self.port, self.dms_scheme)
        try:
            return super()._new_conn()
        finally:
            self._dns_host = name


class _HTTPConnection(_Guarded, HTTPConnection):
    dms_scheme = "http"


class _HTTPSConnection(_Guarded, HTTPSConnection):
    dms_scheme = "https"


class _HTTPPool(HTTPConnectionPool):
    def __init__(self, guard: AddressGuard, *args, **kwargs):
        self.ConnectionCls = type("_Bound", (_HTTPConnection,), {"dms_guard": guard})
        super().__init__(*args, **kwargs)


class _HTTPSPool(HTTPSConnectionPool):
    def __init__(self, guard: AddressGuard, *args, **kwargs):
        self.ConnectionCls = type("_Bound", (_HTTPSConnection,), {"dms_guard": guard})
        super().__init__(*args, **kwargs)
