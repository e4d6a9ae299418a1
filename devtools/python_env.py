"""The pinned Python environment, shared by all checkouts with the same pins."""

import shutil
import subprocess
import sys
from pathlib import Path

from .console import Failure, step
from .settings import Settings, digest


def locate(settings: Settings) -> Path:
    """:return: the environment's python"""
    pins = settings.root / "requirements" / "dev.txt"
    release = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = settings.cache / "venv" / f"{release}-{digest(pins)}"
    if not (folder / ".complete").exists():
        _build(folder, pins)
    return folder / "bin" / "python"


def _build(folder: Path, pins: Path) -> None:
    step("building the Python environment")
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(folder / "bin" / "pip"), "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "install", "--require-hashes", "-r", str(pins)],
        capture_output=True, text=True, check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "ERROR" in line]
        raise Failure(f"pip could not install the pinned packages: {lines[0] if lines else done.stderr[-300:]}")
    (folder / ".complete").touch()
