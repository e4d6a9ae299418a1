"""The pinned npm packages, shared by all checkouts with the same lock file."""

import os
import shutil
import subprocess
from pathlib import Path

from .console import Failure, step
from .settings import Settings, digest


def locate(settings: Settings) -> Path:
    """:return: the folder `node_modules`, also linked into the checkout"""
    names = [settings.root / name for name in ("package.json", "package-lock.json")]
    folder = settings.cache / "node" / digest(*names)
    if not (folder / ".complete").exists():
        _build(folder, names)
    _link(settings.root / "node_modules", folder / "node_modules")
    return folder / "node_modules"


def _build(folder: Path, names: list[Path]) -> None:
    step("installing npm packages")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in names:
        shutil.copy(name, folder)
    done = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=folder, capture_output=True, text=True, check=False,
    )
    if done.returncode:
        raise Failure(f"npm could not install the pinned packages: {done.stderr[-300:]}")
    (folder / ".complete").touch()


def _link(link: Path, target: Path) -> None:
    if link.is_symlink() and Path(os.readlink(link)) == target:
        return
    if link.is_symlink() or not link.exists():
        link.unlink(missing_ok=True)
        link.symlink_to(target)
