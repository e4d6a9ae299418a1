"""`./dms demo` and `./dms update`: the demo dealer group and its server."""

import subprocess

from demo import staff, stores

from . import databases, server
from .console import Failure, say, step
from .locks import only_one
from .odoo import Workbench, last_error
from .settings import ADDONS

ADMIN = ("admin", "System administrator / 系统管理员")


def run(bench: Workbench) -> int:
    """Start the demo; build it first if there is none."""
    bench.server.start()
    name = bench.settings.database("demo")
    with only_one(bench.settings.state / "demo.lock"):
        if not databases.exists(bench, name):
            _build(bench, name)
    _serve(bench, name)
    return 0


def update(bench: Workbench) -> int:
    """Bring the demo's addons to the code of this checkout."""
    bench.server.start()
    name = bench.settings.database("demo")
    if not databases.exists(bench, name):
        raise Failure("there is no demo to update; ./dms demo makes one.")
    server.stop(bench.settings)
    step(f"updating {', '.join(ADDONS)}")
    databases.upgrade(bench, name, ADDONS)
    _serve(bench, name)
    return 0


def _build(bench: Workbench, name: str) -> None:
    """Build under another name, so that an interrupt leaves nothing half made."""
    work = f"{name}_new"
    databases.copy(bench, databases.template(bench), work)
    step("making the dealer group and its history (about four minutes)")
    _fill(bench, work)
    databases.rename(bench, work, name)


def _fill(bench: Workbench, name: str) -> None:
    conf = bench.configuration("dev", "demo")
    log = bench.log("demo")
    command = [str(bench.python), "-m", "demo", "--config", str(conf)]
    with open(log, "w") as errors:
        done = subprocess.run(
            [*command, "--database", name],
            cwd=bench.settings.root,
            env=bench.environment(),
            stderr=errors,
            check=False,
        )
    if done.returncode:
        raise Failure(f"the demo failed: {last_error(log)} (whole log: {log})")


def _serve(bench: Workbench, name: str) -> None:
    url = f"http://localhost:{bench.settings.port}"
    if not server.running(bench.settings):
        _set_address(bench, name, url)
    server.start(bench, name)
    say(_welcome(url))


def _set_address(bench: Workbench, name: str, url: str) -> None:
    """Links in mails and QR codes lead to this server; nobody's log-in changes that."""
    for key, value in (("web.base.url", url), ("web.base.url.freeze", "True")):
        bench.server.psql(
            name,
            "INSERT INTO ir_config_parameter (key, value) "
            f"VALUES ('{key}', '{value}') "
            f"ON CONFLICT (key) DO UPDATE SET value = '{value}'",
        )


def _welcome(url: str) -> str:
    people = [(each.login, staff.TITLES[each.role]) for each in staff.SHOWN]
    logins = [f"  {login:<14} {title}" for login, title in (ADMIN, *people)]
    return "\n".join(
        [
            "",
            f"  {stores.GROUP[0]} is open: {url}/odoo",
            f"  The password of all of them is {stores.PASSWORD}",
            "",
            *logins,
            "",
            "  Integrators use API keys; their group admin issues them.",
            "  ./dms stop ends the demo, ./dms demo starts it again.",
        ]
    )
