"""Messages delivered by one worker of the outbox against a plain loop of `requests`.

    ./dms bench outbox [--messages 2000] [--rounds 3]

Both post the same bodies with HMAC signatures to the same simulator, a process of its
own on this machine; the loop keeps its connection, too. The outbox in addition commits
before and after each call, keeps orders, and has several calls in flight.
"""

import argparse
import contextlib
import statistics
import subprocess
import sys
import time

import requests
from delivery import Message, provider
from delivery.signature import signed_headers
from inside import environment
from support import prepared, suite_database, table

SECRET = "bench-secret"
LEAST = 0.3  # of the loop's messages per second


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_outbox") as database, _other_side() as url:
        with environment(bench, database) as env:
            plain, ours, keyed = _rounds(env, url, options)
    rows = [
        ("requests, one after the other", plain, 1.0),
        ("outbox", ours, ours / plain),
        ("outbox, 50 ordering keys", keyed, keyed / plain),
    ]
    print(table((f"{options.messages} messages", "per second", "ratio"), rows))
    return int(ours / plain < LEAST)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench outbox")
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
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


def _rounds(env, url: str, options) -> tuple[float, float, float]:
    """:return: medians of messages per second: loop, outbox, outbox with order"""
    connector = _connector(env, url)
    speeds = ([], [], [])
    for number in range(options.rounds):
        payloads = [
            {"round": number, "vin": f"VIN{n}"} for n in range(options.messages)
        ]
        speeds[0].append(len(payloads) / _loop(url, payloads))
        speeds[1].append(len(payloads) / _outbox(env, connector, payloads, 0))
        speeds[2].append(len(payloads) / _outbox(env, connector, payloads, 50))
    return tuple(map(statistics.median, speeds))


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
            key = f"loop-{payload['round']}-{payload['vin']}"
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
