"""Folders that are built once, whole or not at all."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


class Shelf:
    """Finished folders, each under the hash of what it was built from.

    A killed run may leave a child process behind that still writes. Every attempt
    therefore gets a folder of its own, and a link names the one that was finished.
    """

    def __init__(self, folder: Path, key: str):
        self.folder = folder
        self.link = folder / key

    def get(self, build: Callable[[Path], None]) -> Path:
        """:return: the finished folder, built now if it is not there"""
        if not self.link.exists():
            self._fill(build)
        return self.link.resolve()

    def _fill(self, build: Callable[[Path], None]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._remove_unfinished()
        new = Path(tempfile.mkdtemp(dir=self.folder, prefix=f"{self.link.name}."))
        new.chmod(0o755)
        build(new)
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(new.name)

    def _remove_unfinished(self) -> None:
        for unfinished in self.folder.glob(f"{self.link.name}.*"):
            shutil.rmtree(unfinished, ignore_errors=True)
