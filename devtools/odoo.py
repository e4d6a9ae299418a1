"""Running Odoo: its command line, its configuration, its environment."""

import configparser
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import node_env, odoo_source, python_env, system
from .console import Failure
from .postgres import Server
from .settings import Settings


@dataclass(frozen=True)
class Workbench:
    """Everything a command needs once the machine is prepared."""

    settings: Settings
    python: Path
    odoo: Path
    node_modules: Path
    server: Server

    def environment(self) -> dict[str, str]:
        paths = [str(self.odoo), str(self.settings.root)]
        return {
            **os.environ,
            **self.server.environment(),
            "PYTHONPATH": os.pathsep.join(paths),
            "PATH": f"{self.python.parent}:{self.node_modules}/.bin:{os.environ['PATH']}",
            "DMS_STATE": str(self.settings.state),
        }

    def configuration(self, kind: str, **values: object) -> Path:
        """Write config/KIND.conf plus what only this machine knows; return its path."""
        parser = configparser.RawConfigParser()
        parser.read(self.settings.root / "config" / f"{kind}.conf")
        options = parser["options"]
        paths = [self.settings.addons, *odoo_source.addons_paths(self.odoo)]
        options["addons_path"] = ",".join(str(p) for p in paths)
        options["data_dir"] = str(self.settings.filestore)
        options.update(self._database_options())
        options.update({name: str(value) for name, value in values.items()})
        target = self.settings.state / f"{kind}.conf"
        with open(target, "w") as out:
            parser.write(out)
        target.chmod(0o600)
        return target

    def _database_options(self) -> dict[str, str]:
        names = {"db_host": "PGHOST", "db_port": "PGPORT", "db_user": "PGUSER",
                 "db_password": "PGPASSWORD"}
        known = {**os.environ, **self.server.environment()}
        return {option: known[name] for option, name in names.items() if known.get(name)}

    def run(self, *arguments: str, log: Path, **kwargs) -> None:
        """Run Odoo to its end; on failure show where its log is and its last error."""
        with open(log, "w") as out:
            done = subprocess.run(
                [str(self.python), "-m", "odoo", *arguments],
                env=self.environment(), stdout=out, stderr=out, check=False, **kwargs,
            )
        if done.returncode:
            raise Failure(f"Odoo failed: {last_error(log)} (whole log: {log})")

    def log(self, name: str) -> Path:
        return self.settings.state / f"{name}.log"


def last_error(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    telling = [line for line in lines if "Error" in line or "CRITICAL" in line]
    return (telling or lines or ["no output"])[-1]


def prepare(settings: Settings | None = None) -> Workbench:
    """Install whatever is missing; a second call finds everything in place."""
    settings = settings or Settings()
    system.require_disk(settings.cache, 3)
    system.install_packages(settings)
    settings.cache.mkdir(parents=True, exist_ok=True)
    with _only_one(settings.cache / ".lock"):
        node_modules = node_env.locate(settings)
        odoo = odoo_source.locate(settings)
        python = python_env.locate(settings)
        odoo_source.add_left_out(odoo, node_modules)
    server = Server(settings)
    settings.state.mkdir(parents=True, exist_ok=True)
    return Workbench(settings, python, odoo, node_modules, server)


def _only_one(path: Path):
    """Two checkouts must not fill the shared cache at the same time."""
    import contextlib
    import fcntl

    @contextlib.contextmanager
    def locked():
        with open(path, "w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    return locked()
