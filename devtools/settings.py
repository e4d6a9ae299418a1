"""Where things live on this machine, and what the environment may change."""

import hashlib
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from .console import Failure

ADDONS = (
    "dms_base",
    "dms_vehicle",
    "dms_sales",
    "dms_aftersales",
    "dms_finance",
    "dms_iot",
)
ROOT = Path(__file__).resolve().parent.parent


def _path(variable: str, default: Path) -> Path:
    return Path(os.environ.get(variable) or default).expanduser()


def _port() -> int:
    text = os.environ.get("DMS_PORT") or "8069"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Failure(f"DMS_PORT={text} is not a port.")
    return int(text)


def _default_cache() -> Path:
    return _path("XDG_CACHE_HOME", Path.home() / ".cache") / "dms"


def _default_state(key: str) -> Path:
    if os.geteuid() == 0:  # the database server's user cannot enter /root
        return Path("/var/lib/dms") / key
    return _path("XDG_STATE_HOME", Path.home() / ".local/state") / "dms" / key


@dataclass(frozen=True)
class Settings:
    root: Path = ROOT
    cache: Path = field(default_factory=lambda: _path("DMS_CACHE", _default_cache()))
    port: int = field(default_factory=_port)
    own_odoo: str | None = field(default_factory=lambda: os.environ.get("DMS_ODOO"))

    @cached_property
    def key(self) -> str:
        """Tells the checkouts of one machine apart."""
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:8]

    @cached_property
    def state(self) -> Path:
        return _path("DMS_STATE", _default_state(self.key))

    @cached_property
    def own_postgres(self) -> str | None:
        """The host of a server that is not this checkout's private one."""
        host = os.environ.get("PGHOST")
        return None if host == str(self.socket) else host

    @property
    def socket(self) -> Path:
        """Where the private server listens."""
        return self.state / "run"

    @property
    def filestore(self) -> Path:
        return self.state / "data"

    @property
    def addons(self) -> Path:
        return self.root / "addons"

    def database(self, purpose: str) -> str:
        """Checkouts that share a PostgreSQL server must not share databases."""
        return f"dms_{purpose}_{self.key}" if self.own_postgres else f"dms_{purpose}"


def digest(*paths: Path, extra: str = "") -> str:
    """One short hash over files and folders, stable across machines."""
    sha = hashlib.sha256(extra.encode())
    for path in paths:
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                name = file.name if file == path else file.relative_to(path).as_posix()
                sha.update(name.encode() + b"\0" + file.read_bytes())
    return sha.hexdigest()[:12]
