"""What benchmarks share: a database, a running Odoo, a client, figures in a table."""

import math
import os
import signal
import subprocess
import time
import urllib.request
import xmlrpc.client
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from devtools import databases, system
from devtools.odoo import Workbench, last_error, prepare


@dataclass(frozen=True)
class Odoo:
    """A running server: where it listens and which database it serves."""

    url: str
    database: str

    def client(self, login: str = "admin", password: str = "admin") -> "Client":
        """:return: an XML-RPC client that is logged in"""
        return Client(self.url, self.database, login, password)


class Client:
    """XML-RPC as an integrator uses it; one connection is kept open."""

    def __init__(self, url: str, database: str, login: str, password: str):
        common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common")
        self._user = common.authenticate(database, login, password, {})
        if not self._user:
            raise PermissionError(f"{login} cannot log in to {database}")
        self._key = (database, self._user, password)
        self._models = xmlrpc.client.ServerProxy(
            f"{url}/xmlrpc/2/object", allow_none=True
        )

    def call(self, model: str, method: str, *arguments, **options):
        """Call a public method of a model."""
        return self._models.execute_kw(*self._key, model, method, arguments, options)


@contextmanager
def suite_database(bench: Workbench, purpose: str = "bench") -> Iterator[str]:
    """A copy of the template with the whole suite, dropped at the end."""
    bench.server.start()
    source = databases.template(bench)
    with databases.scratch(bench, source, purpose) as name:
        yield name


@contextmanager
def odoo(bench: Workbench, database: str, workers: int = 0) -> Iterator[Odoo]:
    """Odoo on a free port; zero workers mean one process with threads."""
    port = system.free_port()
    log = bench.log(f"bench-{os.getpid()}")
    process = _spawn(bench, database, port, workers, log)
    try:
        server = Odoo(f"http://127.0.0.1:{port}", database)
        _wait_until_it_answers(server, process, log)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)
        log.with_suffix(".conf").unlink(missing_ok=True)
        log.unlink(missing_ok=True)


def _spawn(bench: Workbench, database: str, port: int, workers: int, log):
    conf = bench.configuration(
        "test",
        name=f"bench-{os.getpid()}",
        http_port=port,
        gevent_port=system.free_port(),
        workers=workers,
        db_name=database,
        dbfilter=f"^{database}$",
    )
    with open(log, "w") as out:
        return subprocess.Popen(
            [str(bench.python), "-m", "odoo", "-c", str(conf)],
            env=bench.environment(),
            stdout=out,
            stderr=out,
            start_new_session=True,
        )


def _wait_until_it_answers(server: Odoo, process, log, seconds: int = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/web/health", timeout=30):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"Odoo does not answer: {last_error(log)}")


def prepared() -> Workbench:
    """:return: the machine as `./dms` prepared it"""
    return prepare()


def timings(call: Callable[[], object], repeat: int, warm_up: int = 3) -> list[float]:
    """:return: the seconds of each call after some that are not counted"""
    for _ in range(warm_up):
        call()
    return [_seconds(call) for _ in range(repeat)]


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def percentile(values: Sequence[float], percent: float) -> float:
    """:return: the smallest value that at least `percent` of the values reach"""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """:return: aligned columns; numbers stand to the right"""
    texts = [list(headers), *([_text(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    numeric = [isinstance(cell, int | float) for cell in rows[0]] if rows else []
    return "\n".join(_line(line, widths, numeric) for line in texts)


def _text(cell: object) -> str:
    return f"{cell:,.3f}" if isinstance(cell, float) else str(cell)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    right = [*numeric, *[False] * (len(cells) - len(numeric))]
    columns = zip(cells, widths, right, strict=True)
    return "  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in columns).rstrip()


def ratio(ours: float, theirs: float) -> str:
    """:return: how many times faster ours is, both in seconds"""
    return f"{theirs / ours:.1f}x" if ours else "-"
