"""Running Odoo: its command line, its configuration, its environment."""

import configparser
import os
from dataclasses import dataclass
from pathlib import Path

from . import node_env, odoo_source, python_env, system, web_libraries
from .console import Failure
from .locks import only_one
from .postgres import Server
from .process import log_to
from .settings import Settings

DATABASE_OPTIONS = {
    "db_host": "PGHOST",
    "db_port": "PGPORT",
    "db_user": "PGUSER",
    "db_password": "PGPASSWORD",
}


@dataclass(frozen=True)
class Workbench:
    """Everything a command needs once the machine is prepared."""

    settings: Settings
    python: Path
    odoo: Path
    node_modules: Path
    server: Server

    def environment(self) -> dict[str, str]:
        """:return: the environment for Odoo, the linters, tests and benchmarks"""
        modules = [str(self.odoo), str(self.settings.root)]
        programs = [self.python.parent, self.node_modules / ".bin", os.environ["PATH"]]
        return {
            **os.environ,
            **self.server.environment(),
            "PYTHONPATH": os.pathsep.join(modules),
            "PATH": os.pathsep.join(map(str, programs)),
            "DMS_STATE": str(self.settings.state),
        }

    def configuration(self, kind: str, name: str = "", **values: object) -> Path:
        """Write config/KIND.conf plus what only this machine knows; return its path."""
        parser = configparser.RawConfigParser()
        parser.read(self.settings.root / "config" / f"{kind}.conf")
        options = parser["options"]
        paths = [self.settings.addons, *odoo_source.addons_paths(self.odoo)]
        options["addons_path"] = ",".join(str(p) for p in paths)
        options["data_dir"] = str(self.settings.filestore)
        options.update(self._database_options())
        options.update({option: str(value) for option, value in values.items()})
        return self._write(parser, self.settings.state / f"{name or kind}.conf")

    @staticmethod
    def _write(parser: configparser.RawConfigParser, target: Path) -> Path:
        """Another command may read the file at this moment: replace it in one go."""
        new = target.with_suffix(f".{os.getpid()}")
        with open(
            new, "w", opener=lambda path, flags: os.open(path, flags, 0o600)
        ) as f:
            parser.write(f)
        return new.replace(target)

    def _database_options(self) -> dict[str, str]:
        known = {**os.environ, **self.server.environment()}
        wanted = DATABASE_OPTIONS.items()
        return {option: known[name] for option, name in wanted if known.get(name)}

    def run(self, *arguments: str, log: Path, **options) -> None:
        """Run Odoo to its end; on failure show where its log is and its last error."""
        command = [str(self.python), "-m", "odoo", *arguments]
        if log_to(log, command, env=self.environment(), **options):
            raise Failure(f"Odoo failed: {last_error(log)} (whole log: {log})")

    def log(self, name: str) -> Path:
        return self.settings.state / f"{name}.log"


def last_error(log: Path) -> str:
    """:return: the line of a log that most likely says what went wrong"""
    lines = log.read_text(errors="replace").strip().splitlines()
    telling = [line for line in lines if "Error" in line or "CRITICAL" in line]
    return (telling or lines or ["no output"])[-1]


def prepare(settings: Settings | None = None) -> Workbench:
    """Install whatever is missing; a second call finds everything in place."""
    settings = settings or Settings()
    system.require_disk(settings)
    system.install_packages(settings)
    settings.cache.mkdir(parents=True, exist_ok=True)
    with only_one(settings.cache / ".lock"):
        node_modules = node_env.locate(settings)
        odoo = odoo_source.locate(settings)
        python = python_env.locate(settings)
        if not settings.own_odoo:
            odoo_source.add_left_out(odoo, node_modules)
        web_libraries.place(settings.addons, node_modules)
    settings.state.mkdir(parents=True, exist_ok=True)
    return Workbench(settings, python, odoo, node_modules, Server(settings))
