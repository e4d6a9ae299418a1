"""Command line: ``python -m demo --config CONF --database DB``."""

import argparse
import datetime

import sys

import freezegun.api as unfrozen

from .scope import Scope


def main(arguments: list[str]) -> int:
    options = _parse(arguments)
    began = unfrozen.real_perf_counter()

    def say(text: str) -> None:
        print(f"==> {unfrozen.real_perf_counter() - began:5.0f} s  {text}", flush=True)

    with _environment(options.config, options.database) as env:
        from .make import make

        scope = Scope(options.today, options.months, options.pace)
        make(env, scope, say, env.cr.commit)
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--config", required=True, help="Odoo's configuration file")
    parser.add_argument("--database", required=True, help="with the addons installed")
    day = datetime.date.fromisoformat
    parser.add_argument("--today", type=day, default=datetime.date.today())
    parser.add_argument("--months", type=int, default=18)
    parser.add_argument("--pace", type=float, default=1.0, help="1 is full size")
    return parser.parse_args(arguments)


def _environment(config: str, database: str):
    """Load Odoo with the database; a context manager that yields an environment."""
    from .session import environment

    return environment(config, database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
