"""A private PostgreSQL server for this checkout, or the one the environment names."""

import os
import shutil
import subprocess
from pathlib import Path

from .console import Failure, step
from .settings import Settings

ROLE = "dms"
# Development data can be made again: durability is traded for speed.
TUNING = {
    "listen_addresses": "''",
    "max_connections": "200",
    "shared_buffers": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "6GB",
    "synchronous_commit": "off",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",
}


class Server:
    """Starts, stops and describes the server; every method may be repeated."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.folder = settings.state / "pg"
        self.socket = settings.state / "run"

    @property
    def private(self) -> bool:
        return not self.settings.own_postgres

    def environment(self) -> dict[str, str]:
        """libpq's variables, for psql and for Odoo alike"""
        if not self.private:
            return {}
        return {"PGHOST": str(self.socket), "PGUSER": ROLE, "PGPORT": "5432"}

    def start(self) -> None:
        if not self.private:
            return self._require_reachable()
        if not (self.folder / "PG_VERSION").exists():
            self._create()
        if not self.running():
            step("starting the private PostgreSQL")
            self._repair_socket_folder()
            self._ctl("start", "-w", "-t", "60", "-l", str(self.folder / "server.log"))

    def stop(self) -> None:
        if self.private and self.running():
            self._ctl("stop", "-m", "fast", "-w")

    def running(self) -> bool:
        return self._ctl("status", check=False) == 0

    def _create(self) -> None:
        step("creating the private PostgreSQL")
        shutil.rmtree(self.folder, ignore_errors=True)
        self._own_folders()
        new = self.folder.with_name("pg.new")
        self._as_owner(["rm", "-rf", str(new)])
        self._as_owner([
            self._program("initdb"), "-D", str(new), "-U", ROLE, "-A", "trust",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        ])
        lines = [f"{name} = {value}" for name, value in TUNING.items()]
        lines.append(f"unix_socket_directories = '{self.socket}'")
        conf = "\n".join(lines) + "\n"
        self._as_owner(["sh", "-c", f'cat >> "{new}/postgresql.conf"'], text=conf)
        self._as_owner(["mv", str(new), str(self.folder)])

    def _own_folders(self) -> None:
        for folder in (self.settings.state, self.socket):
            folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.settings.state, "postgres")
            shutil.chown(self.socket, "postgres")
        self.socket.chmod(0o700)

    def _repair_socket_folder(self) -> None:
        """A machine that was switched off leaves a lock file behind."""
        self._own_folders()
        pid = self.folder / "postmaster.pid"
        if pid.exists() and not _alive(int(pid.read_text().split()[0])):
            pid.unlink()

    def _ctl(self, *arguments: str, check: bool = True) -> int:
        command = [self._program("pg_ctl"), "-D", str(self.folder), *arguments]
        return self._as_owner(command, check=check)

    def _as_owner(self, command: list[str], check: bool = True, text: str = "") -> int:
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            command = ["runuser", "-u", "postgres", "--", *command]
        # pg_ctl's child keeps a pipe open: a file does not wait for it
        log = self.settings.state / "pg_ctl.log"
        with open(log, "w") as out:
            done = subprocess.run(
                command, input=text, stdout=out, stderr=out, text=True, check=False,
                cwd="/",
            )
        if check and done.returncode:
            last = (log.read_text().strip().splitlines() or ["no output"])[-1]
            raise Failure(f"PostgreSQL: {last} (see {self.folder}/server.log)")
        return done.returncode

    @staticmethod
    def _program(name: str) -> str:
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        program = str(found[-1]) if found else shutil.which(name)
        if not program:
            raise Failure(f"{name} is missing: install PostgreSQL, or set PGHOST.")
        return program

    def _require_reachable(self) -> None:
        done = self.psql("postgres", "SELECT 1", check=False)
        if done.returncode:
            raise Failure(f"PostgreSQL at {self.settings.own_postgres}: "
                          f"{done.stderr.strip().splitlines()[-1]}")

    def psql(self, database: str, query: str, check: bool = True):
        done = subprocess.run(
            ["psql", "-XAtqd", database, "-v", "ON_ERROR_STOP=1", "-c", query],
            env={**os.environ, **self.environment()},
            capture_output=True, text=True, check=False,
        )
        if check and done.returncode:
            raise Failure(f"psql: {done.stderr.strip()}")
        return done


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
