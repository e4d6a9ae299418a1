"""The pinned Python environment, shared by all checkouts with the same pins."""

import sys
from pathlib import Path

from .console import Failure, step
from .process import capture, last_line
from .settings import Settings, digest
from .shelf import Shelf


def locate(settings: Settings) -> Path:
    """:return: the environment's python"""
    pins = settings.root / "requirements" / "dev.txt"
    release = f"{sys.version_info.major}.{sys.version_info.minor}"
    shelf = Shelf(settings.cache / "venv", f"{release}-{digest(pins)}")
    return shelf.get(lambda new: _build(new, pins)) / "bin" / "python"


def _build(folder: Path, pins: Path) -> None:
    step("building the Python environment")
    _run([sys.executable, "-m", "venv", str(folder)])
    pip = [str(folder / "bin" / "pip"), "--quiet", "--disable-pip-version-check"]
    _run([*pip, "install", "--require-hashes", "-r", str(pins)])


def _run(command: list[str]) -> None:
    done = capture(command)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if "ERROR" in line]
        raise Failure(
            "the pinned Python packages could not be installed (is the network up?): "
            f"{errors[0] if errors else last_line(done.stderr, done.stdout)}"
        )
