"""Keys outside the database: who steals a dump, or restores one, does not hold them.

The folder is named by ``DMS_KEY_DIR`` in the environment, else by ``dms_key_dir`` in
Odoo's configuration file, else it is ``dms-keys`` in Odoo's data folder. All nodes of
an installation share it. A backup of it belongs in another place than the backup of
the database.
"""

import os
from pathlib import Path

from odoo.tools import config


def folder() -> Path:
    """:return: the folder of the keys; it need not exist yet"""
    named = os.environ.get("DMS_KEY_DIR") or config.get("dms_key_dir")
    return Path(named or Path(config["data_dir"]) / "dms-keys")


def names(prefix: str) -> list[str]:
    """:return: the names of the files that begin with ``prefix``, sorted"""
    return sorted(path.name for path in folder().glob(f"{prefix}*"))


def read(name: str) -> bytes | None:
    """:return: what the file holds, None if there is none"""
    try:
        return (folder() / name).read_bytes()
    except FileNotFoundError:
        return None


def create(name: str, content: bytes) -> bool:
    """Write a new file that only this user reads; never replace one.

    :return: False if the file was there already, perhaps from another node
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    work = folder() / f".{name}.{os.getpid()}"
    _write(work, content)
    try:
        os.link(work, folder() / name)
    except FileExistsError:
        return False
    finally:
        work.unlink()
    return True


def replace(name: str, content: bytes) -> None:
    """Write a file that only this user reads, in one go."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    work = folder() / f".{name}.{os.getpid()}"
    _write(work, content)
    work.replace(folder() / name)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
