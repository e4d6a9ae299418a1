"""Databases: a template per content of the addons, copies of it, the demo."""

import shutil
from pathlib import Path

from .console import step
from .odoo import Workbench
from .settings import ADDONS, Settings, digest

# What the suite stands on, installed once and shared by templates and demo.
ODOO_MODULES = (
    "account",
    "contacts",
    "l10n_cn",
    "purchase_stock",
    "sale_management",
    "sale_stock",
)
LANGUAGE = "zh_CN"
IGNORED = {"tests", "static", "readme", "docs", "demo"}


def exists(bench: Workbench, name: str) -> bool:
    query = f"SELECT 1 FROM pg_database WHERE datname = '{name}'"
    return bench.server.psql("postgres", query).stdout.strip() == "1"


def drop(bench: Workbench, name: str) -> None:
    bench.server.psql("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(_filestore(bench.settings, name), ignore_errors=True)


def rename(bench: Workbench, old: str, new: str) -> None:
    drop(bench, new)
    bench.server.psql("postgres", f'ALTER DATABASE "{old}" RENAME TO "{new}"')
    files = _filestore(bench.settings, old)
    if files.exists():
        files.rename(_filestore(bench.settings, new))


def copy(bench: Workbench, source: str, target: str) -> None:
    drop(bench, target)
    bench.server.psql("postgres", f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    files = _filestore(bench.settings, source)
    if files.exists():
        shutil.copytree(files, _filestore(bench.settings, target))


def names(bench: Workbench, prefix: str) -> list[str]:
    query = f"SELECT datname FROM pg_database WHERE datname LIKE '{prefix}%'"
    return bench.server.psql("postgres", query).stdout.split()


def base_template(bench: Workbench) -> str:
    """:return: a database with Odoo's own modules and the Chinese language"""
    prefix = bench.settings.database("odoo") + "_"
    name = prefix + digest(extra=f"{bench.odoo}{ODOO_MODULES}")
    if not exists(bench, name):
        for outdated in names(bench, prefix):
            drop(bench, outdated)
        step("installing Odoo's modules (about two minutes)")
        _build(bench, name, None, ODOO_MODULES)
    return name


def template(bench: Workbench) -> str:
    """:return: a database with the suite installed, made anew when the suite changed"""
    prefix = bench.settings.database("suite") + "_"
    name = prefix + digest(*_sources(bench.settings), extra=base_template(bench))
    if not exists(bench, name):
        for outdated in names(bench, prefix):
            drop(bench, outdated)
        base = base_template(bench)
        step("installing the suite")
        _build(bench, name, base, ADDONS)
    return name


def _build(bench: Workbench, name: str, source: str | None, modules) -> None:
    """Build under another name, so that an interrupt leaves nothing half made."""
    work = f"{name}_new"
    drop(bench, work)
    if source:
        copy(bench, source, work)
    install(bench, work, modules, "--load-language", LANGUAGE)
    rename(bench, work, name)


def install(bench: Workbench, name: str, modules, *options: str) -> None:
    conf = bench.configuration("dev")
    bench.run(
        "-c", str(conf), "-d", name, "-i", ",".join(modules), "--no-http",
        "--stop-after-init", *options, log=bench.log(f"install-{name}"),
    )


def _sources(settings: Settings) -> list[Path]:
    files = settings.addons.rglob("*")
    return sorted(
        f for f in files if f.is_file() and not IGNORED & set(f.parts)
        and f.suffix in {".py", ".xml", ".csv", ".po"}
    )


def _filestore(settings: Settings, name: str) -> Path:
    return settings.filestore / "filestore" / name
