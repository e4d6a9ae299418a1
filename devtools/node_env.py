"""The pinned npm packages, shared by all checkouts with the same lock file."""

import os
import shutil
from pathlib import Path

from .console import Failure, step
from .process import capture, last_line
from .settings import Settings, digest
from .shelf import Shelf

NPM_CI = [
    *("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"),
    *("--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"),
]


def locate(settings: Settings) -> Path:
    """:return: the folder `node_modules`, also linked into the checkout"""
    names = [settings.root / name for name in ("package.json", "package-lock.json")]
    shelf = Shelf(settings.cache / "node", digest(*names))
    folder = shelf.get(lambda new: _build(new, names)) / "node_modules"
    _link(settings.root / "node_modules", folder)
    return folder


def _build(folder: Path, names: list[Path]) -> None:
    step("installing npm packages")
    for name in names:
        shutil.copy(name, folder)
    done = capture(NPM_CI, cwd=folder)
    if done.returncode:
        reason = next((x for x in done.stderr.splitlines() if "ERR!" in x), "")
        raise Failure(
            "npm could not install the pinned packages (is the network up?): "
            f"{last_line(reason, done.stderr)}"
        )


def _link(link: Path, target: Path) -> None:
    if link.is_symlink() and Path(os.readlink(link)) == target:
        return
    if link.is_symlink() or not link.exists():
        link.unlink(missing_ok=True)
        link.symlink_to(target)
