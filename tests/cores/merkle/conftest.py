"""The verifier as a reader has it: built, and put into a folder of its own."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cores.merkle.vectors import ROOT


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """A folder with nothing but the verifier in it."""
    folder = tmp_path_factory.mktemp("site")
    build = _copy_of_sources(tmp_path_factory.mktemp("build"))
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-index"]
    options = ["--no-build-isolation", "--disable-pip-version-check", "-w", str(build)]
    subprocess.run(
        [*command, *options, str(build / "verifier")],
        check=True,
        env={**os.environ, "PYTHONPATH": ""},
    )
    (wheel,) = build.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def _copy_of_sources(folder: Path) -> Path:
    """Build elsewhere: setuptools leaves its work beside the sources."""
    for name in ("verifier", "addons/dms_base/merkle", "addons/dms_base/timestamp"):
        unwanted = shutil.ignore_patterns("build", "*.egg-info", "__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=unwanted)
    return folder


@pytest.fixture
def run(site, tmp_path):
    """:return: runs the command on JSON or text, gives exit code and what it says;
    ``before``: folders whose modules come before those installed
    """

    def run(passport, *options, lang="en", previous=None, before=()):
        arguments = [_file(tmp_path / "passport.json", passport), "--lang", lang]
        if previous is not None:
            arguments += ["--previous", _file(tmp_path / "previous", previous)]
        # a bare environment: neither Odoo nor the repository is in reach
        done = subprocess.run(
            [sys.executable, "-m", "dms_verify", *arguments, *options],
            cwd=tmp_path,
            env={"PYTHONPATH": _path(*before, site), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr

    return run


def _path(*folders: Path) -> str:
    return os.pathsep.join(map(str, folders))


def _file(path: Path, content) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, "utf-8")
    return str(path)
