"""`./dms screenshots`: photograph the running demo for the documentation."""

import subprocess

from . import server
from .console import Failure
from .odoo import Workbench


def run(bench: Workbench) -> int:
    """Take the shots that docs/images/shots.json lists, in every language and size."""
    if not server.running(bench.settings):
        raise Failure("the demo is not running: ./dms demo starts it.")
    url = f"http://127.0.0.1:{bench.settings.port}"
    images = bench.settings.root / "docs" / "images"
    command = [str(bench.python), "-m", "devtools.photography", url, str(images)]
    return subprocess.run(command, env=bench.environment(), check=False).returncode
