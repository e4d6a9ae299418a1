"""Databases: a template per content of the addons, copies of it, the demo."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import manifests
from .console import step
from .locks import only_one
from .odoo import Workbench
from .settings import ADDONS, Settings, digest

# What the suite stands on, installed once and shared by templates and demo.
ODOO_MODULES = (
    "account",
    "contacts",
    "crm",
    "l10n_cn",
    "payment_demo",
    "purchase_stock",
    "sale_management",
    "sale_stock",
    "website_livechat",
    "website_sale",
)
# The first one is what new users and companies start with.
LANGUAGES = "en_US,zh_CN"
CODE = {".py", ".xml", ".csv", ".po"}
NOT_IN_DATABASE = {"tests", "static", "readme", "docs", "demo"}


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


@contextmanager
def scratch(bench: Workbench, source: str, purpose: str) -> Iterator[str]:
    """A copy that only this process uses: two commands at a time do not meet."""
    prefix = f"{bench.settings.database(purpose)}_"
    name = f"{prefix}{os.getpid()}"
    for other in names(bench, prefix):
        if not Path("/proc", other.removeprefix(prefix)).exists():
            _discard(bench, other)
    copy(bench, source, name)
    try:
        yield name
    finally:
        _discard(bench, name)


def _discard(bench: Workbench, name: str) -> None:
    drop(bench, name)
    for log in bench.settings.state.glob(f"*-{name}.log"):
        log.unlink()


def names(bench: Workbench, prefix: str) -> list[str]:
    query = f"SELECT datname FROM pg_database WHERE starts_with(datname, '{prefix}')"
    return bench.server.psql("postgres", query).stdout.split()


def base_template(bench: Workbench) -> str:
    """:return: a database with Odoo's own modules and the Chinese language"""
    prefix = bench.settings.database("odoo") + "_"
    name = prefix + digest(extra=f"{bench.odoo}{ODOO_MODULES}{LANGUAGES}")
    with only_one(bench.settings.state / "odoo-template.lock"):
        if not exists(bench, name):
            _drop_all(bench, prefix)
            step("installing Odoo's modules (about two minutes)")
            _build(bench, name, None, ODOO_MODULES)
    return name


def template(bench: Workbench, addons: Iterable[str] = ADDONS) -> str:
    """:return: a database with these addons, made anew when their code changed"""
    wanted = manifests.with_dependencies(bench.settings.addons, addons)
    base = base_template(bench)
    prefix = f"{bench.settings.database('suite')}_{digest(extra=str(wanted))[:6]}_"
    name = prefix + digest(*_sources(bench.settings, wanted), extra=base)
    with only_one(bench.settings.state / f"{prefix}template.lock"):
        if not exists(bench, name):
            _drop_all(bench, prefix)
            step(f"installing {', '.join(wanted)}")
            _build(bench, name, base, wanted)
    return name


def _drop_all(bench: Workbench, prefix: str) -> None:
    for outdated in names(bench, prefix):
        drop(bench, outdated)


def _build(bench: Workbench, name: str, source: str | None, modules) -> None:
    """Build under a name of its own: a killed run's Odoo may still write to another."""
    work = f"{name}_new{os.getpid()}"
    drop(bench, work)
    if source:
        copy(bench, source, work)
    log = install(bench, work, modules, "--load-language", LANGUAGES)
    log.unlink()
    rename(bench, work, name)


def install(bench: Workbench, name: str, modules, *options: str) -> Path:
    """Install modules; :return: the log"""
    return _load(bench, name, "-i", modules, *options)


def upgrade(bench: Workbench, name: str, modules, *options: str) -> Path:
    """Bring modules to the code of this checkout; :return: the log"""
    return _load(bench, name, "-u", modules, *options)


def _load(bench: Workbench, name: str, flag: str, modules, *options: str) -> Path:
    log = bench.log(f"{'install' if flag == '-i' else 'upgrade'}-{name}")
    conf = bench.configuration("dev")
    batch = ["--no-http", "--stop-after-init", *options]
    bench.run("-c", str(conf), "-d", name, flag, ",".join(modules), *batch, log=log)
    return log


def _sources(settings: Settings, addons: Iterable[str]) -> list[Path]:
    return sorted(
        file
        for addon in addons
        for file in (settings.addons / addon).rglob("*")
        if file.suffix in CODE and not _outside_database(file, settings.addons)
    )


def _outside_database(file: Path, addons: Path) -> bool:
    return bool(NOT_IN_DATABASE & set(file.relative_to(addons).parts))


def _filestore(settings: Settings, name: str) -> Path:
    return settings.filestore / "filestore" / name
