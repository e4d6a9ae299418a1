"""`./dms test`: plain pytest on the cores, pytest-odoo on the addons, one total.

What is more than one file is shared among the processors by pytest-xdist.
"""

import os
import subprocess
from pathlib import Path

from . import databases
from .console import Failure, say, step
from .odoo import Workbench
from .results import Total, read
from .settings import ADDONS

NOT_TESTS = {"bench", "__pycache__"}
PLAIN = ["-p", "no:odoo", "--import-mode=importlib"]
# Each has a database, an Odoo and a browser of its own: memory is the limit.
MOST_WORKERS = 4


def run(bench: Workbench, arguments: list[str]) -> int:
    """Targets come first; from the first option on, everything goes to pytest."""
    targets, options = _split(arguments)
    paths = [_path(bench, target) for target in targets] or _everything(bench)
    total = Total()
    for title, kind, pytest in (
        ("testing the cores", "tests/cores", _plain),
        ("testing the addons", None, _with_odoo),
        ("testing installation", "tests/install", _plain_with_database),
    ):
        chosen = [path for path in paths if _kind(bench, path) == kind]
        if chosen:
            step(title)
            total += pytest(bench, chosen, options)
    say(f"\n{total}")
    return total.exit_code


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    first = next((i for i, a in enumerate(arguments) if a.startswith("-")), None)
    return arguments[:first], arguments[first:] if first is not None else []


def _everything(bench: Workbench) -> list[Path]:
    folders = sorted(p for p in (bench.settings.root / "tests").iterdir() if p.is_dir())
    tests = [folder for folder in folders if folder.name not in NOT_TESTS]
    return [*(bench.settings.addons / addon for addon in ADDONS), *tests]


def _path(bench: Workbench, target: str) -> Path:
    root = bench.settings.root
    for candidate in (root / "addons" / target, root / target, Path(target)):
        if Path(str(candidate).split("::")[0]).exists():
            return candidate.absolute()
    raise Failure(f"there is no addon, folder or file {target} to test.")


def _kind(bench: Workbench, path: Path) -> str | None:
    """:return: the folder of tests that run without Odoo in their process"""
    for folder in ("tests/cores", "tests/install"):
        if path.is_relative_to(bench.settings.root / folder):
            return folder
    return None


def _plain(bench: Workbench, paths, options: list[str], share="load") -> Total:
    workers = _workers(paths, share)
    return _pytest(bench, [*PLAIN, *workers, *options, *map(str, paths)])


def _plain_with_database(bench: Workbench, paths, options: list[str]) -> Total:
    bench.server.start()
    databases.base_template(bench)
    # the tests of one addon's life are steps: a file stays in one process
    return _plain(bench, paths, options, share="loadfile")


def _workers(paths: list[Path], share: str) -> list[str]:
    """:return: the options of pytest-xdist; one file is not worth a second process"""
    if len(paths) == 1 and paths[0].suffix:
        return []
    processors = len(os.sched_getaffinity(0))
    return ["-n", str(min(processors, MOST_WORKERS)), "--dist", share]


def _with_odoo(bench: Workbench, paths: list[Path], options: list[str]) -> Total:
    bench.server.start()
    source = databases.template(bench, _addons(bench, paths))
    conf = bench.configuration("test")
    with databases.scratch(bench, source, "test") as name:
        odoo = ["--odoo-config", str(conf), "--odoo-database", name, "--odoo-http"]
        plugin = ["-p", "devtools.pytest_bundles"]
        odoo += _workers(paths, "loadscope")
        return _pytest(bench, [*plugin, *odoo, *options, *map(str, paths)])


def _addons(bench: Workbench, paths: list[Path]) -> list[str]:
    """What the tests need installed: one addon does not wait for those above it."""
    folder = bench.settings.addons
    if not all(path.is_relative_to(folder) and path != folder for path in paths):
        return list(ADDONS)
    named = {path.relative_to(folder).parts[0] for path in paths}
    return [addon for addon in ADDONS if addon in named]


def _pytest(bench: Workbench, arguments: list[str]) -> Total:
    report = bench.settings.state / f"total-{os.getpid()}.json"
    report.unlink(missing_ok=True)
    command = [str(bench.python), "-m", "pytest", "-p", "devtools.pytest_total"]
    done = subprocess.run(
        [*command, *arguments],
        cwd=bench.settings.root,
        env={**bench.environment(), "DMS_TOTAL": str(report)},
        check=False,
    )
    total = read(report, done.returncode)
    report.unlink(missing_ok=True)
    return total
