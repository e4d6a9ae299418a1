"""`./dms bench [NAME ARGS]`: measurements, each a module in tests/bench."""

import subprocess
import time
from pathlib import Path

from .console import Failure, say, step
from .odoo import Workbench


def run(bench: Workbench, arguments: list[str]) -> int:
    """Run one benchmark with its arguments, or all with their defaults."""
    known = names(bench.settings.root)
    if not arguments:
        return _run_all(bench, known)
    name, *rest = arguments
    if name not in known:
        raise Failure(f"there is no benchmark {name}; there are: {', '.join(known)}.")
    return _run_one(bench, name, rest)


def names(root: Path) -> list[str]:
    """:return: the benchmarks of this checkout: modules with a `main`"""
    files = (root / "tests" / "bench").glob("*.py")
    return sorted(f.stem for f in files if "\ndef main(" in f.read_text("utf-8"))


def _run_all(bench: Workbench, known: list[str]) -> int:
    lines, failed = [], False
    for name in known:
        start = time.monotonic()
        code = _run_one(bench, name, [])
        seconds = time.monotonic() - start
        lines.append(f"{name:<20} {seconds:8.1f} s  {'failed' if code else 'ok'}")
        failed |= bool(code)
    say("\n" + "\n".join(lines))
    return int(failed)


def _run_one(bench: Workbench, name: str, arguments: list[str]) -> int:
    step(f"benchmark {name}")
    command = [str(bench.python), "-m", "devtools.bench_process", name, *arguments]
    done = subprocess.run(
        command, cwd=bench.settings.root, env=bench.environment(), check=False
    )
    return done.returncode
