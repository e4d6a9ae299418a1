"""Parts of the history side by side, one process each."""

import gc
import json
import os
import selectors
import sys
import traceback
from collections import Counter, defaultdict
from datetime import date

from .make import sentence, tell_history


def run(world, parts, transaction, say) -> None:
    """Run ``parts`` at the same time; print each month when all have done it.

    :param transaction: makes a context manager that yields a new environment
    :raise RuntimeError: if a part failed; its traceback is on stderr
    """
    pipes = [_spawn(world, shops, transaction) for shops in parts]
    _follow([reader for _pid, reader in pipes], say)
    codes = [os.waitpid(pid, 0)[1] for pid, _reader in pipes]
    if any(codes):
        raise RuntimeError("the history is not complete.")


def _spawn(world, shops, transaction):
    """:return: process id and the end of the pipe to read the months from"""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, os.fdopen(reader)
    os.close(reader)
    code = 1
    try:
        with os.fdopen(writer, "w") as pipe:
            _live(world, shops, transaction, pipe)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _live(world, shops, transaction, pipe) -> None:
    # Odoo makes millions of small objects; looking for cycles each time is slow.
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)

    def tell(month, done):
        print(json.dumps([month.isoformat(), done]), file=pipe, flush=True)

    tell_history(world, shops, transaction, tell)


def _follow(readers, say) -> None:
    months: defaultdict[str, list] = defaultdict(list)
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            selector.register(reader, selectors.EVENT_READ)
        while selector.get_map():
            for key, _events in selector.select():
                line = key.fileobj.readline()
                if not line:
                    selector.unregister(key.fileobj)
                    continue
                month, done = json.loads(line)
                months[month].append(done)
                if len(months[month]) == len(readers):
                    total = sum(map(Counter, months[month]), Counter())
                    say(sentence(date.fromisoformat(month), total))
