"""Debian packages, disk space and ports."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

from .console import Failure, step
from .settings import Settings

GIB = 1024**3
# command or file that proves the package is there -> package
NEEDED = {
    "git": "git",
    "/usr/lib/postgresql": "postgresql",
    "wkhtmltopdf": "wkhtmltopdf",
    "chromium": "chromium",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc": "fonts-noto-cjk",
    "node": "nodejs",
    "npm": "npm",
    "dpkg": "dpkg",
}


def as_root() -> list[str]:
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        raise Failure("run as root or install sudo: system packages are needed.")
    return ["sudo"]


def _present(proof: str) -> bool:
    return Path(proof).exists() if proof.startswith("/") else bool(shutil.which(proof))


def _apt(*arguments: str) -> None:
    command = [*as_root(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    done = subprocess.run(
        [*command, "-qq", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise Failure(f"apt-get {arguments[0]} failed: {' '.join(reason)}")


def install_packages(settings: Settings) -> None:
    skip = {"/usr/lib/postgresql"} if settings.own_postgres else set()
    missing = [NEEDED[p] for p in NEEDED if p not in skip and not _present(p)]
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise Failure(f"install these first: {', '.join(missing)}.")
    step(f"installing system packages: {' '.join(missing)}")
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", *missing)


def require_disk(folder: Path, gib: float) -> None:
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free / GIB
    if free < gib:
        raise Failure(f"{folder} has {free:.1f} GB free, {gib:.0f} GB are needed.")


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def require_port(port: int) -> None:
    if not port_is_free(port):
        raise Failure(f"port {port} is taken: stop what uses it, or set DMS_PORT.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
