"""The demo's web server as a background process."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
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
    settings = bench.settings
    if running(settings):
        return wait(bench)
    system.require_port(settings.port)
    step("starting the server")
    conf = bench.configuration(
        "dev", http_port=settings.port, db_name=database, dbfilter=f"^{database}$"
    )
    with open(bench.log("server"), "w") as log:
        process = subprocess.Popen(
            [str(bench.python), "-m", "odoo", "-c", str(conf)],
            env=bench.environment(), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    _pid_file(settings).write_text(str(process.pid))
    wait(bench)


def wait(bench: Workbench, seconds: int = 120) -> None:
    """Until the login page answers; the first request builds the web assets."""
    url = f"http://127.0.0.1:{bench.settings.port}/web/login"
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not running(bench.settings):
            break
        try:
            with urllib.request.urlopen(url, timeout=60):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise Failure(f"the server does not answer: {last_error(bench.log('server'))}")


def stop(settings: Settings) -> None:
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
