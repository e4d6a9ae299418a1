"""Both programs that check a passport, run as readers run them."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BROWSER = ROOT / "addons/dms_base/static/src/verify"
RUN_IN_NODE = ROOT / "tests/cores/merkle/run_verify.mjs"
EVENT = re.compile(r"^\W*Event (\d+): ", re.MULTILINE)


class Checkers:
    """A folder with the stand-alone verifier in it, as ``pip`` would install it."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name)
        package = self.folder / "dms_verify"
        shutil.copytree(ROOT / "verifier/dms_verify", package)
        shutil.copytree(ROOT / "addons/dms_base/merkle", package / "merkle")

    def close(self):
        self._folder.cleanup()

    def python(self, passport, previous=None):
        """:return: exit code, numbers of the events it complains of, all it says"""
        arguments = [self._file("passport.json", passport), "--lang", "en"]
        if previous:
            arguments += ["--previous", self._file("previous.json", previous)]
        done = subprocess.run(
            [sys.executable, "-m", "dms_verify", *arguments],
            cwd=self.folder,
            env={"PYTHONPATH": str(self.folder), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        return done.returncode, {int(number) for number in EVENT.findall(said)}, said

    def browser(self, passport, previous=None):
        """:return: the report of the browser's modules, run by Node.js"""
        question = {"passport": passport, "keys": [], "previous": previous}
        file = self._file("questions.json", [["passport", question]])
        node = shutil.which("node")
        command = [node, "--no-warnings", str(RUN_IN_NODE), str(BROWSER), file]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)[0]

    def _file(self, name, content):
        path = self.folder / name
        path.write_text(json.dumps(content), "utf-8")
        return str(path)
