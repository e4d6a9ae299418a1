"""Command line: `python -m devtools COMMAND [ARGUMENTS]`, called by `./dms`."""

import os
import shutil
import subprocess
import sys

from . import databases, server, system, testing
from .console import Failure, report, say, step
from .odoo import Workbench, prepare
from .postgres import Server
from .settings import Settings


def demo(arguments: list[str]) -> int:
    from . import demo as dealership

    settings = Settings()
    if not server.running(settings):
        system.require_port(settings.port)  # not only after minutes of installing
    return dealership.run(prepare(settings))


def stop(arguments: list[str]) -> int:
    settings = Settings()
    server.stop(settings)
    Server(settings).stop()
    return 0


def test(arguments: list[str]) -> int:
    return testing.run(prepare(), arguments)


def check(arguments: list[str]) -> int:
    from . import checking

    return checking.run(prepare(), arguments)


def bench(arguments: list[str]) -> int:
    from . import benching

    return benching.run(prepare(), arguments)


def update(arguments: list[str]) -> int:
    from . import demo as dealership

    return dealership.update(prepare())


def i18n(arguments: list[str]) -> int:
    from . import translating

    return translating.run(prepare(), arguments)


def screenshots(arguments: list[str]) -> int:
    from . import screenshots as photographer

    return photographer.run(prepare())


def shell(arguments: list[str]) -> int:
    work = prepare()
    work.server.start()
    name = work.settings.database("demo")
    conf = work.configuration("dev", "shell", db_name=name)
    command = [str(work.python), "-m", "odoo", "shell", "-c", str(conf), "-d", name]
    command += ["--no-http"]
    return subprocess.run(command, env=work.environment(), check=False).returncode


def clean(arguments: list[str]) -> int:
    settings = Settings()
    stop([])
    if settings.own_postgres:
        work = Workbench(settings, None, None, None, Server(settings))
        for name in databases.names(work, "dms_"):
            if name.endswith(settings.key) or f"_{settings.key}_" in name:
                databases.drop(work, name)
    step(f"removing {settings.state}")
    shutil.rmtree(settings.state, ignore_errors=True)
    if "--all" in arguments:
        step(f"removing {settings.cache}")
        shutil.rmtree(settings.cache, ignore_errors=True)
    return 0


COMMANDS = {
    f.__name__: f
    for f in (demo, stop, test, check, bench, update, i18n, screenshots, shell, clean)
}


def main(arguments: list[str]) -> int:
    name, rest = arguments[0], arguments[1:]
    if name not in COMMANDS:
        return report(Failure(f"there is no command {name}; ./dms help lists them."))
    try:
        return COMMANDS[name](rest)
    except Failure as failure:
        return report(failure)
    except KeyboardInterrupt:
        say()
        return report(Failure("interrupted; run the same command again to go on."))


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main(sys.argv[1:]))
