"""Progress lines and errors as one sentence."""

import sys
import time


class Failure(Exception):
    """A condition the user can mend; its text is the sentence he reads."""


def step(text: str) -> None:
    print(f"==> {time.strftime('%H:%M:%S')} {text}", flush=True)


def say(text: str = "") -> None:
    print(text, flush=True)


def report(failure: Failure) -> int:
    print(f"dms: {failure}", file=sys.stderr)
    return 1
