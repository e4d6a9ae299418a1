"""The demo's web server as a background process."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from . import system
from .console import Failure, step
from .odoo import Workbench, last_error
from .settings import Settings


def _pid_file(settings: Settings) -> Path:
    return settings.state / "odoo.pid"


def running(settings: Settings) -> int | None:
    """:return: the server's process id"""
    try:
        pid = int(_pid_file(settings).read_text())
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return pid if b"odoo" in command else None


def start(bench: Workbench, database: str) -> None:
    """Start the server unless it runs; return when it answers."""
    settings = bench.settings
    if running(settings):
        return wait(bench, lambda: running(settings) is not None)
    system.require_port(settings.port)
    step("starting the server")
    process = _spawn(bench, database)
    _pid_file(settings).write_text(str(process.pid))
    wait(bench, lambda: process.poll() is None)


def _spawn(bench: Workbench, database: str) -> subprocess.Popen:
    port = bench.settings.port
    own = {"http_port": port, "db_name": database, "dbfilter": f"^{database}$"}
    conf = bench.configuration("dev", "server", **own)
    with open(bench.log("server"), "w") as log:
        return subprocess.Popen(
            [str(bench.python), "-m", "odoo", "-c", str(conf)],
            env=bench.environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def wait(bench: Workbench, alive: Callable[[], bool], seconds: int = 120) -> None:
    """Until the login page answers; the first request builds the web assets."""
    url = f"http://127.0.0.1:{bench.settings.port}/web/login"
    end = time.monotonic() + seconds
    while time.monotonic() < end and alive():
        try:
            with urllib.request.urlopen(url, timeout=60):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise Failure(f"the server does not answer: {last_error(bench.log('server'))}")


def stop(settings: Settings) -> None:
    """Ask the server to end; after ten seconds end it."""
    pid = running(settings)
    if not pid:
        return
    step("stopping the server")
    os.kill(pid, signal.SIGTERM)
    for _ in range(100):
        if not running(settings):
            break
        time.sleep(0.1)
    else:
        os.kill(pid, signal.SIGKILL)
    _pid_file(settings).unlink(missing_ok=True)
