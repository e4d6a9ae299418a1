"""The process a benchmark runs in: `python -m devtools.bench_process NAME ARGS`."""

import importlib.util
import sys

from . import cores
from .settings import ROOT

FOLDER = ROOT / "tests" / "bench"


def main(arguments: list[str]) -> int:
    """Call the benchmark's `main` with the arguments that follow its name."""
    name, *rest = arguments
    cores.stand_alone()
    sys.path.append(str(FOLDER))
    spec = importlib.util.spec_from_file_location(
        f"bench_{name}", FOLDER / f"{name}.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.main(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
