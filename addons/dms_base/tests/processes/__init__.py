"""Programs that tests start, to kill them: real processes with real transactions."""

import configparser
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from odoo.tests import get_db_name
from odoo.tools import config

OPTIONS = ("db_host", "db_port", "db_user", "db_password", "addons_path", "data_dir")


@contextmanager
def started(name, *arguments):
    """Start ``processes/<name>.py`` on the database of the tests.

    :return: the process; its output can be read line by line
    """
    with tempfile.TemporaryDirectory() as folder:
        conf = _configuration(Path(folder))
        command = [sys.executable, str(Path(__file__).with_name(f"{name}.py"))]
        process = subprocess.Popen(
            [*command, str(conf), get_db_name(), *arguments],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def say_so_far(process, wanted):
    """Read lines until one begins with ``wanted``; :return: that line."""
    for line in process.stdout:
        if line.startswith(wanted):
            return line.strip()
    raise AssertionError(f"the process ended without saying {wanted}")


def _configuration(folder):
    parser = configparser.RawConfigParser()
    values = {name: _text(config[name]) for name in OPTIONS if config[name]}
    fixed = {"list_db": "False", "max_cron_threads": "0", "log_level": "error"}
    parser["options"] = values | fixed
    path = folder / "process.conf"
    with open(path, "w", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
        parser.write(file)
    return path


def _text(value):
    return ",".join(value) if isinstance(value, list) else str(value)
