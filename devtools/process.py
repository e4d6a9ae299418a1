"""Running other programs."""

import subprocess
from pathlib import Path


def capture(command: list[str], **options) -> subprocess.CompletedProcess:
    """Run to the end, whatever the outcome, and keep what was printed."""
    return subprocess.run(
        command, capture_output=True, text=True, check=False, **options
    )


def log_to(log: Path, command: list[str], **options) -> int:
    """Run to the end with both outputs in a file; :return: the exit code"""
    with open(log, "w") as out:
        done = subprocess.run(
            command, stdout=out, stderr=out, text=True, check=False, **options
        )
    return done.returncode


def last_line(*texts: str) -> str:
    """:return: the last line of the first text that says anything"""
    for text in texts:
        if text.strip():
            return text.strip().splitlines()[-1]
    return "no output"
