"""`./dms test`: plain pytest on the cores, pytest-odoo on the rest, one summary."""

import subprocess
from pathlib import Path

from . import databases, system
from .console import Failure, step
from .odoo import Workbench
from .settings import ADDONS


def run(bench: Workbench, arguments: list[str]) -> int:
    targets = [a for a in arguments if not a.startswith("-")]
    options = [a for a in arguments if a.startswith("-")]
    paths = [_path(bench, target) for target in targets] or [
        bench.settings.root / "tests" / "cores",
        *(bench.settings.addons / addon for addon in ADDONS),
        bench.settings.root / "tests" / "odoo",
    ]
    cores = [p for p in paths if _is_core(bench, p)]
    others = [p for p in paths if p not in cores and p.exists()]
    codes = [_pytest_cores(bench, cores, options)] if cores else []
    codes += [_pytest_odoo(bench, others, options)] if others else []
    return max(codes, default=1)


def _path(bench: Workbench, target: str) -> Path:
    root = bench.settings.root
    for candidate in (root / "addons" / target, root / target, Path(target)):
        if Path(str(candidate).split("::")[0]).exists():
            return candidate.absolute()
    raise Failure(f"there is no addon, folder or file {target} to test.")


def _is_core(bench: Workbench, path: Path) -> bool:
    return path.is_relative_to(bench.settings.root / "tests" / "cores")


def _pytest_cores(bench: Workbench, paths: list[Path], options: list[str]) -> int:
    step("testing the cores")
    return _pytest(bench, ["-p", "no:odoo", *options, *map(str, paths)])


def _pytest_odoo(bench: Workbench, paths: list[Path], options: list[str]) -> int:
    bench.server.start()
    database = bench.settings.database("test")
    databases.copy(bench, databases.template(bench), database)
    conf = bench.configuration("test", http_port=system.free_port())
    step("testing the addons")
    odoo = ["--odoo-config", str(conf), "--odoo-database", database, "--odoo-http"]
    return _pytest(bench, [*odoo, *options, *map(str, paths)])


def _pytest(bench: Workbench, arguments: list[str]) -> int:
    command = [str(bench.python), "-m", "pytest", *arguments]
    done = subprocess.run(
        command, cwd=bench.settings.root, env=bench.environment(), check=False
    )
    return done.returncode
