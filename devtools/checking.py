"""`./dms check`: the hooks of .pre-commit-config.yaml over the checkout."""

import os
import subprocess

from .console import Failure, step
from .odoo import Workbench
from .process import capture


def run(bench: Workbench, arguments: list[str]) -> int:
    targets = [a for a in arguments if not a.startswith("-")]
    files = _files(bench, targets)
    if "--fix" in arguments:
        step("formatting")
        _pre_commit(bench, files, "--hook-stage", "manual")
    step(f"checking {len(files)} files")
    return _pre_commit(bench, files)


def _files(bench: Workbench, targets: list[str]) -> list[str]:
    """Tracked files and new ones alike, so that a check before `git add` is whole."""
    root = bench.settings.root
    paths = [f"addons/{t}" if (root / "addons" / t).is_dir() else t for t in targets]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    environment = {**os.environ, **_trust(bench)}
    listed = capture([*command, "--", *paths], cwd=root, env=environment)
    if listed.returncode:
        raise Failure(f"./dms check needs a git checkout: {listed.stderr.strip()}")
    names = sorted(set(filter(None, listed.stdout.split("\0"))))
    files = [name for name in names if (root / name).is_file()]
    if not files:
        raise Failure(f"there is nothing to check in {' '.join(targets) or root}.")
    return files


def _pre_commit(bench: Workbench, files: list[str], *options: str) -> int:
    cache = bench.settings.cache / "pre-commit"
    command = [str(bench.python), "-m", "pre_commit", "run", *options, "--files"]
    done = subprocess.run(
        [*command, *files],
        cwd=bench.settings.root,
        env={**bench.environment(), **_trust(bench), "PRE_COMMIT_HOME": str(cache)},
        check=False,
    )
    return done.returncode


def _trust(bench: Workbench) -> dict[str, str]:
    """Git refuses a checkout that another user owns, as in many containers."""
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": str(bench.settings.root),
    }
