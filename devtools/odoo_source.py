"""Odoo 19 Community: the Debian package, unpacked beside the system, or one's own."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from .console import Failure, step
from .settings import Settings

PACKAGE = "odoo-19"
# The package links to these for fonts and scripts.
ASSETS = (
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata/bookworm",  # unstable's has another layout
    "fonts-ocr-b",
    "fonts-font-awesome/bookworm",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
)
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def locate(settings: Settings) -> Path:
    """:return: the folder that holds the Python package `odoo`"""
    if settings.own_odoo:
        return _own(Path(settings.own_odoo).expanduser().resolve())
    unpacked = settings.cache / "odoo"
    complete = sorted(unpacked.glob("19*/.complete"), key=os.path.getmtime)
    if complete:
        return complete[-1].parent / "usr/lib/python3/dist-packages"
    return _unpack(settings)


def _own(folder: Path) -> Path:
    release = folder / "odoo" / "release.py"
    if not release.exists():
        raise Failure(f"DMS_ODOO={folder} holds no odoo/release.py.")
    if not re.search(r"version_info = \(19,", release.read_text()):
        raise Failure(f"DMS_ODOO={folder} is not Odoo 19.")
    return folder


def addons_paths(odoo: Path) -> list[Path]:
    beside = odoo / "addons"
    return [p for p in (odoo / "odoo" / "addons", beside) if (p / "base").exists() or
            (p / "web").exists()]


def _unpack(settings: Settings) -> Path:
    step("downloading Odoo 19 (Debian package, about 125 MB)")
    folder = settings.cache / "odoo"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unpack-") as work:
        tree = Path(work) / "tree"
        version = _download(Path(work))
        step("unpacking Odoo 19")
        for archive in Path(work).glob("*.deb"):
            _run(["dpkg", "-x", str(archive), str(tree)])
        _finish(tree, folder / version)
    return folder / version / "usr/lib/python3/dist-packages"


def _finish(tree: Path, target: Path) -> None:
    dangling = [p for p in tree.rglob("*") if p.is_symlink() and not p.exists()]
    odoo = [p for p in dangling if "dist-packages" in p.parts]
    if odoo:
        raise Failure(f"Odoo's package links to files that are missing: {odoo[0]}")
    shutil.rmtree(target, ignore_errors=True)
    (tree / ".complete").touch()
    tree.rename(target)


def _download(work: Path) -> str:
    """:return: the version downloaded; apt's signed index vouches for it"""
    apt = _private_apt(work)
    _run([*apt, "-qq", "update"], cwd=work)
    _run([*apt, "-qq", "download", PACKAGE, *ASSETS], cwd=work)
    archive = next(work.glob(f"{PACKAGE}_*.deb"))
    return archive.name.split("_")[1]


def _private_apt(work: Path) -> list[str]:
    """apt-get with an index of its own: the system's packages stay untouched"""
    for folder in ("lists/partial", "archives/partial"):
        (work / folder).mkdir(parents=True)
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    suites = ("unstable", "bookworm")
    lines = [f"deb [signed-by={keyring}] {_mirror()} {suite} main" for suite in suites]
    (work / "sources.list").write_text("\n".join(lines) + "\n")
    options = {
        "Dir::Etc::SourceList": work / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": work / "lists",
        "Dir::Cache": work,
        "Dir::Cache::archives": work / "archives",
        "APT::Sandbox::User": "root",
        "Acquire::Retries": 3,
    }
    return ["apt-get", *(f"-o{name}={value}" for name, value in options.items())]


def _mirror() -> str:
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Codename: bookworm"],
        capture_output=True, text=True, check=False,
    ).stdout.split()
    if not listed:
        raise Failure("apt knows no Debian 12 mirror: check /etc/apt/sources.list, "
                      "or set DMS_ODOO to an Odoo 19 of your own.")
    return listed[0]


def add_left_out(odoo: Path, node_modules: Path) -> None:
    """The package leaves one script out, without which the web client logs an error."""
    target = odoo / LEFT_OUT
    if target.exists() or not target.parent.parent.exists():
        return
    source = node_modules / "@mediapipe/selfie_segmentation/selfie_segmentation.js"
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(source, target)


def _run(command: list[str], cwd: Path | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr.strip() or "no output").splitlines()
        raise Failure(f"{command[0]} failed (is the network up?): {lines[-1]}")
