"""A private PostgreSQL server for this checkout, or the one the environment names."""

import os
import shutil
from pathlib import Path
from subprocess import CompletedProcess

from .console import Failure, step
from .locks import only_one
from .process import capture, last_line, log_to
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
        self.socket = settings.socket

    @property
    def private(self) -> bool:
        return not self.settings.own_postgres

    def environment(self) -> dict[str, str]:
        """libpq's variables, for psql and for Odoo alike"""
        if not self.private:
            return {}
        return {"PGHOST": str(self.socket), "PGUSER": ROLE, "PGPORT": "5432"}

    def start(self) -> None:
        """Create the server if there is none, start it if it does not run."""
        if not self.private:
            return self._require_reachable()
        self._own_folders()
        with only_one(self.settings.state / "pg.lock"):
            if not (self.folder / "PG_VERSION").exists():
                self._create()
            if not self.running():
                step("starting the private PostgreSQL")
                self._remove_stale_lock()
                log = self.folder / "server.log"
                self._ctl("start", "-w", "-t", "60", "-l", str(log))

    def stop(self) -> None:
        if self.private and self.running():
            step("stopping the private PostgreSQL")
            self._ctl("stop", "-m", "fast", "-w")

    def running(self) -> bool:
        return (self.folder / "PG_VERSION").exists() and not self._ctl(
            "status", check=False
        )

    def _create(self) -> None:
        step("creating the private PostgreSQL")
        new = self.folder.with_name(f"pg.new-{os.getpid()}")
        options = ["-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        initdb = [self._program("initdb"), "--no-sync", *options]
        self._as_owner([*initdb, "-D", str(new)])
        with open(new / "postgresql.conf", "a") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in TUNING.items())
            conf.write(f"unix_socket_directories = '{self.socket}'\n")
        shutil.rmtree(self.folder, ignore_errors=True)
        new.rename(self.folder)
        for unfinished in self.folder.parent.glob("pg.new-*"):
            shutil.rmtree(unfinished, ignore_errors=True)

    def _own_folders(self) -> None:
        for folder in (self.settings.state, self.socket):
            folder.mkdir(parents=True, exist_ok=True)
            if os.geteuid() == 0:
                shutil.chown(folder, "postgres")
        self.socket.chmod(0o700)

    def _remove_stale_lock(self) -> None:
        """A machine that was switched off leaves a lock file behind."""
        pid = self.folder / "postmaster.pid"
        if pid.exists() and not _alive(int(pid.read_text().split()[0])):
            pid.unlink()

    def _ctl(self, *arguments: str, check: bool = True) -> int:
        command = [self._program("pg_ctl"), "-D", str(self.folder), *arguments]
        return self._as_owner(command, check=check)

    def _as_owner(self, command: list[str], check: bool = True) -> int:
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            command = ["runuser", "-u", "postgres", "--", *command]
        # pg_ctl's child keeps a pipe open: a file does not wait for it
        log = self.settings.state / f"pg_ctl-{os.getpid()}.log"
        code, said = log_to(log, command, cwd="/"), log.read_text()
        log.unlink()
        if check and code:
            raise Failure(f"PostgreSQL: {last_line(said)} (see {self.folder})")
        return code

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
            host = self.settings.own_postgres
            reason = done.stderr.splitlines()[0].removeprefix("psql: error: ")
            raise Failure(f"PostgreSQL at {host}: {reason}")

    def psql(self, database: str, query: str, check: bool = True) -> CompletedProcess:
        """Run one statement; its rows come as unaligned text on stdout."""
        command = ["psql", "-XAtqd", database, "-v", "ON_ERROR_STOP=1", "-c", query]
        done = capture(command, env={**os.environ, **self.environment()})
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
