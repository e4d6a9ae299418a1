"""`./dms i18n [ADDON ...]`: refresh the translation files from the code."""

import subprocess
from pathlib import Path

from . import databases
from .console import Failure, step
from .odoo import Workbench
from .settings import ADDONS


def run(bench: Workbench, arguments: list[str]) -> int:
    """Export every term, keep the known translations, list what lacks one."""
    unknown = set(arguments) - set(ADDONS)
    if unknown:
        raise Failure(f"there is no addon {', '.join(sorted(unknown))}.")
    addons = arguments or ADDONS
    bench.server.start()
    with databases.scratch(bench, databases.template(bench, addons), "i18n") as name:
        for addon in addons:
            export(bench, name, addon)
    return _merge(bench, addons)


def export(bench: Workbench, database: str, addon: str) -> Path:
    """:return: the template with the terms of one addon

    Odoo gives a term of a model that several addons extend to one of them only, if it
    exports all at once.
    """
    step(f"exporting the terms of {addon}")
    options = ["-c", str(bench.configuration("dev")), "-d", database]
    target = bench.settings.state / f"{addon}.pot"
    command = ["i18n", "export", *options, "-l", "pot", "-o", str(target), addon]
    bench.run(*command, log=bench.log(f"i18n-{addon}"))
    return target


def _merge(bench: Workbench, addons) -> int:
    folders = [str(bench.settings.addons / addon) for addon in addons]
    merge = [str(bench.python), "-m", "devtools.terms", str(bench.settings.state)]
    command = [*merge, *folders]
    return subprocess.run(command, env=bench.environment(), check=False).returncode
