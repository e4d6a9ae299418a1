"""Debian packages, disk space and ports."""

import os
import platform
import shutil
import socket
import time
from collections.abc import Sequence
from pathlib import Path

from .console import Failure, step
from .process import capture, last_line
from .settings import Settings

GIB = 1024**3
NEEDED_GIB = 4
POSTGRESQL = "/usr/lib/postgresql"
LIBRARIES = f"/usr/lib/{platform.machine()}-linux-gnu"
# command or file that proves the package is there -> package
NEEDED = {
    "git": "git",
    "psql": "postgresql-client",
    POSTGRESQL: "postgresql",
    "wkhtmltopdf": "wkhtmltopdf",
    "pdfsig": "poppler-utils",
    f"{LIBRARIES}/libgomp.so.1": "libgomp1",
    "chromium": "chromium",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc": "fonts-noto-cjk",
    "node": "nodejs",
    "npm": "npm",
    "dpkg": "dpkg",
}
APT = ["apt-get", "-qq", "-oDPkg::Lock::Timeout=300", "-oDpkg::Use-Pty=0"]
PATIENCE = 300  # seconds for another apt-get, perhaps that of an interrupted run


def as_root() -> list[str]:
    """:return: what to put before a command that only root may run"""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        raise Failure("run as root or install sudo: system packages are needed.")
    return ["sudo"]


def install_packages(settings: Settings) -> None:
    """Install the Debian packages that are not there yet."""
    missing = _missing({POSTGRESQL} if settings.own_postgres else set())
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise Failure(f"install these first: {', '.join(missing)}.")
    step(f"installing system packages: {' '.join(missing)}")
    _root(*APT, "-oAPT::Update::Error-Mode=any", "update")
    _root(*APT, "install", "-y", "--no-install-recommends", *missing)


def _missing(skip: set[str]) -> list[str]:
    wanted = {proof: NEEDED[proof] for proof in NEEDED if proof not in skip}
    return [wanted[proof] for proof in wanted if not _present(proof)]


def _present(proof: str) -> bool:
    return Path(proof).exists() if proof.startswith("/") else bool(shutil.which(proof))


def _root(*command: str) -> None:
    end = time.monotonic() + PATIENCE
    while said := _complaint(command):
        if "dpkg --configure -a" in said:
            _complaint(("dpkg", "--configure", "-a"))
        elif "lock" not in said:
            raise Failure(f"apt-get failed (is the network up?): {last_line(said)}")
        if time.monotonic() > end:
            raise Failure(f"another program installs packages: {last_line(said)}")
        time.sleep(3)


def _complaint(command: Sequence[str]) -> str:
    """:return: what a command says when it fails"""
    quietly = [*as_root(), "env", "DEBIAN_FRONTEND=noninteractive", *command]
    done = capture(quietly)
    return (done.stderr or done.stdout or "no output") if done.returncode else ""


def require_disk(settings: Settings) -> None:
    """Stop before anything is half written."""
    for folder in (settings.cache, settings.state):
        while not folder.exists():
            folder = folder.parent
        free = shutil.disk_usage(folder).free / GIB
        if free < NEEDED_GIB:
            raise Failure(
                f"{folder} has {free:.1f} GB free, {NEEDED_GIB} GB are needed; "
                "DMS_CACHE and DMS_STATE name other folders."
            )


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def require_port(port: int) -> None:
    """Stop with a sentence when somebody else listens on the port."""
    if not port_is_free(port):
        raise Failure(f"port {port} is taken: stop what uses it, or set DMS_PORT.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
