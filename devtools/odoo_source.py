"""Odoo 19 Community: the Debian package, unpacked beside the system, or one's own."""

import re
import shutil
import tempfile
from pathlib import Path

from .console import Failure, step
from .process import capture, last_line
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
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
SITE = "usr/lib/python3/dist-packages"


def locate(settings: Settings) -> Path:
    """:return: the folder that holds the Python package `odoo`"""
    if settings.own_odoo:
        return _own(Path(settings.own_odoo).expanduser().resolve())
    unpacked = (settings.cache / "odoo").glob("19*/.complete")
    complete = sorted(unpacked, key=lambda mark: mark.stat().st_mtime)
    tree = complete[-1].parent if complete else _unpack(settings.cache / "odoo")
    return tree / SITE


def _own(folder: Path) -> Path:
    release = folder / "odoo" / "release.py"
    if not release.exists():
        raise Failure(f"DMS_ODOO={folder} holds no odoo/release.py.")
    if not re.search(r"version_info = \(19,", release.read_text()):
        raise Failure(f"DMS_ODOO={folder} is not Odoo 19.")
    return folder


def addons_paths(odoo: Path) -> list[Path]:
    """:return: the folders of Odoo's own addons, in a package or a source checkout"""
    proofs = {odoo / "odoo" / "addons": "base", odoo / "addons": "web"}
    return [folder for folder, addon in proofs.items() if (folder / addon).exists()]


def _unpack(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for unfinished in folder.glob(".unpack-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unpack-") as work:
        step("downloading Odoo 19 (Debian package, about 125 MB)")
        version = _download(Path(work))
        step("unpacking Odoo 19")
        tree = _extract(Path(work))
        return _finish(tree, folder / version)


def _extract(work: Path) -> Path:
    tree = work / "tree"
    for archive in work.glob("*.deb"):
        _run(["dpkg", "-x", str(archive), str(tree)])
    return tree


def _finish(tree: Path, target: Path) -> Path:
    links = [p for p in (tree / SITE).rglob("*") if p.is_symlink() and not p.exists()]
    if links:
        raise Failure(f"Odoo's package links to files that are missing: {links[0]}")
    shutil.rmtree(target, ignore_errors=True)
    (tree / ".complete").touch()
    return tree.rename(target)


def _download(work: Path) -> str:
    """:return: the version downloaded; apt's signed index vouches for it"""
    apt = _private_apt(work)
    _run([*apt, "-qq", "-oAPT::Update::Error-Mode=any", "update"], cwd=work)
    _run([*apt, "-qq", "download", PACKAGE, *ASSETS], cwd=work)
    archive = next(work.glob(f"{PACKAGE}_*.deb"))
    return archive.name.split("_")[1]


def _private_apt(work: Path) -> list[str]:
    """apt-get with an index of its own: the system's packages stay untouched"""
    for folder in ("lists/partial", "archives/partial"):
        (work / folder).mkdir(parents=True)
    source = f"deb [signed-by={KEYRING}] {_mirror()}"
    lines = [f"{source} {suite} main\n" for suite in ("unstable", "bookworm")]
    (work / "sources.list").write_text("".join(lines))
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
    """The machine's own mirror; only the suite is changed."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)"]
    listed = capture([*command, "Codename: bookworm"]).stdout.split()
    if not listed:
        raise Failure(
            "apt knows no Debian 12 mirror: check /etc/apt/sources.list, "
            "or set DMS_ODOO to an Odoo 19 of your own."
        )
    return listed[0]


def add_left_out(odoo: Path, node_modules: Path) -> None:
    """The package leaves one script out, without which the web client logs an error."""
    target = odoo / LEFT_OUT
    if target.exists():
        return
    source = node_modules / "@mediapipe/selfie_segmentation/selfie_segmentation.js"
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(source, target)


def _run(command: list[str], cwd: Path | None = None) -> None:
    done = capture(command, cwd=cwd)
    if done.returncode:
        reason = last_line(done.stderr, done.stdout)
        hint = " (is the network up?)" if command[0] == "apt-get" else ""
        raise Failure(f"{command[0]} failed{hint}: {reason}")
