"""Messages delivered by one worker of the outbox against a plain loop of `requests`.

    ./dms bench outbox [--messages 1000] [--rounds 3] [--delay-ms 20] [--backlog 100000]

Both post the same bodies with HMAC signatures to the same simulator, a process of its
own on this machine; the loop keeps its connection, too. The outbox in addition commits
before and after each call, keeps orders, and has several calls in flight: that pays as
soon as the other side is as far away as other sides are, so both are also measured with
an answer that takes a while.

Last: how long a worker looks for work while many messages wait behind one dead message
of their ordering key, against an outbox without them.
"""

import argparse
import contextlib
import itertools
import statistics
import subprocess
import sys
import time

import requests
from inside import environment
from support import prepared, suite_database, table, timings

from odoo.addons.dms_base.delivery import Message, provider
from odoo.addons.dms_base.delivery.signature import signed_headers

SECRET = "bench-secret"
LEAST = 0.25  # of the loop's messages per second
SLOTS = 16
LONGEST = 5  # times as long as without a backlog


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_outbox") as database, _other_side() as url:
        with environment(bench, database) as env:
            race = Race(env, url, options.messages)
            near = race.medians(options.rounds, 0)
            far = race.medians(options.rounds, options.delay_ms)
            looks = _looks(env, race.connector, options.backlog)
    print(table((f"{options.messages} messages", "per second", "ratio"), _rows(near)))
    print(f"\nanswers after {options.delay_ms} ms")
    print(table((f"{options.messages} messages", "per second", "ratio"), _rows(far)))
    print()
    print(table(("a worker looks for work", "ms", "ratio"), looks))
    slow = near[1] / near[0] < LEAST or far[1] / far[0] < 1
    return int(slow or looks[-1][-1] > LONGEST)


def _rows(speeds: list[float]) -> list[tuple]:
    titles = ("requests, one after the other", "outbox", "outbox, 50 ordering keys")
    plain = speeds[0]
    return [(t, s, s / plain) for t, s in zip(titles, speeds, strict=True)]


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench outbox")
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--delay-ms", type=int, default=20)
    parser.add_argument("--backlog", type=int, default=100_000)
    return parser.parse_args(argv)


@contextlib.contextmanager
def _other_side():
    command = [sys.executable, "-m", "dms_simulator", "oem_echo", "--hmac", SECRET]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.wait()


class Race:
    """The same messages by the loop and by the outbox."""

    def __init__(self, env, url: str, count: int):
        self.env = env
        self.url = url
        self.count = count
        self.connector = _connector(env, url)
        self.numbers = itertools.count()

    def medians(self, rounds: int, delay_ms: int) -> list[float]:
        """:return: messages per second: loop, outbox, outbox with order"""
        runs = [
            lambda payloads: _loop(self.url, payloads),
            lambda payloads: _outbox(self.env, self.connector, payloads, 0),
            lambda payloads: _outbox(self.env, self.connector, payloads, 50),
        ]
        taken = [[self._run(run, delay_ms) for run in runs] for _ in range(rounds)]
        return [self.count / statistics.median(s) for s in zip(*taken, strict=True)]

    def _run(self, run, delay_ms: int) -> float:
        number = next(self.numbers)
        if delay_ms:
            faults = [{"delay_s": delay_ms / 1000}] * self.count
            requests.post(f"{self.url}/_simulator/faults", json=faults, timeout=30)
        return run([{"run": number, "vin": f"VIN{n}"} for n in range(self.count)])


def _connector(env, url: str):
    env["ir.config_parameter"].set_param("dms_base.outbox_networks", "127.0.0.0/8 ::1")
    return env["dms.connector"].create(
        {
            "name": "Bench",
            "code": "bench",
            "endpoint": url,
            "auth_kind": "hmac",
            "secret": SECRET,
            "state": "active",
        }
    )


def _loop(url: str, payloads: list) -> float:
    """:return: seconds"""
    maker = provider("http_json")
    start = time.perf_counter()
    with requests.Session() as session:
        for payload in payloads:
            key = f"loop-{payload['run']}-{payload['vin']}"
            request = maker.request(Message("bench", payload, key), url)
            signed = signed_headers(SECRET, "POST", "/", key, request.body, time.time())
            headers = dict(request.headers) | signed
            session.post(
                url, request.body, headers=headers, timeout=30
            ).raise_for_status()
    return time.perf_counter() - start


def _outbox(env, connector, payloads: list, keys: int) -> float:
    """:return: seconds from the commit until the last message is delivered"""
    for n, payload in enumerate(payloads):
        ordering_key = f"key {n % keys}" if keys else None
        connector._dms_send("bench", payload, ordering_key=ordering_key)
    env.cr.commit()
    start = time.perf_counter()
    env["dms.outbox.message"]._cron_deliver()
    seconds = time.perf_counter() - start
    left = env["dms.outbox.message"].search_count([("state", "!=", "delivered")])
    if left:
        raise RuntimeError(f"{left} messages were not delivered")
    return seconds


def _looks(env, connector, backlog: int) -> list[tuple]:
    """:return: what a claim takes with 16 messages due, alone and behind a backlog"""
    alone = _look(env, connector)
    dead = connector._dms_send("bench", 0, ordering_key="dead")
    dead.state = "dead"
    connector._dms_send("bench", 1, ordering_key="dead")
    env.flush_all()
    _multiply(env, backlog)
    crowded = _look(env, connector)
    title = f"{backlog:,} wait behind a dead one"
    return [("16 due", alone, 1.0), (title, crowded, crowded / alone)]


def _look(env, connector) -> float:
    """:return: milliseconds, median"""
    from odoo import fields  # only there once Odoo is configured

    from odoo.addons.dms_base.outbox import claim, order

    for number in range(SLOTS):
        connector._dms_send("bench", number)
    env.flush_all()
    env.cr.execute("ANALYZE dms_outbox_message")
    now = fields.Datetime.now()
    quotas = {connector.id: SLOTS}

    def look():
        assert claim.waiting_connectors(env, now)
        assert len(claim.candidates(env, quotas, SLOTS, now)) == SLOTS
        order.let_forgotten_go(env)

    return statistics.median(timings(look, 15)) * 1000


def _multiply(env, count: int) -> None:
    """Write the last message again, as so many transactions would have."""
    env.cr.execute(
        """
        INSERT INTO dms_outbox_message (connector_id, company_id, kind, payload,
               ordering_key, state, is_held, next_attempt_at, idempotency_key)
        SELECT connector_id, company_id, kind, payload, ordering_key, state, is_held,
               next_attempt_at, 'copy-' || number
          FROM dms_outbox_message, generate_series(1, %s) number
         WHERE id = (SELECT max(id) FROM dms_outbox_message)
        """,
        [count],
    )
