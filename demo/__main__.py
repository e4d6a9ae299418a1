"""Command line: ``python -m demo --config CONF --database DB``."""

import argparse
import datetime
import sys

import freezegun.api as unfrozen

from .clock import frozen
from .scope import Scope
from .session import Session


def main(arguments: list[str]) -> int:
    options = _parse(arguments)
    began = unfrozen.real_perf_counter()

    def say(text: str) -> None:
        seconds = unfrozen.real_perf_counter() - began
        print(f"==> {seconds:4.0f} s  {text}", flush=True)

    session = Session(options.config, options.database)
    from . import make, workers  # they import addons, which Odoo finds only now

    scope = Scope(options.today, options.months, options.size)
    with frozen(scope.start) as clock:
        with session.transaction() as env:
            world = make.begin(env, scope, clock)
        session.hang_up()
        say(f"{len(world.shops)} stores opened, the catalogue is in place")
        workers.run(world, make.parts(world), session.transaction, say)
        with session.transaction() as env:
            make.finish(world, env)
        say("leads are learnt from and scored")
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--config", required=True, help="Odoo's configuration file")
    parser.add_argument("--database", required=True, help="with the addons installed")
    day = datetime.date.fromisoformat
    parser.add_argument("--today", type=day, default=datetime.date.today())
    parser.add_argument("--months", type=int, default=18)
    parser.add_argument("--size", type=float, default=1.0, help="share of all cars")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
