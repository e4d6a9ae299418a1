"""From a device's message to an open screen, and messages a second.

    ./dms bench slots [--slots 300] [--messages 100]

A device reports cars that move from slot to slot, over HTTP as it does; a websocket
follows the plan as the web client does. Measured on a plan of so many slots and of ten
times as many, 90% of them occupied. Beside it, in the same run, the same rows written
by bare SQL in one process: what the database alone needs.
"""

import argparse
import http.client
import itertools
import json
import random
import time
from datetime import datetime, timezone
from urllib.parse import urlsplit

import fill
from inside import environment
from support import odoo, percentile, prepared, suite_database, table

LIMIT_S = 2
BATCH = 100
BATCHES = 20
LISTEN_S = 20
WIDE = 100
_keys = itertools.count()


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    rows = []
    with suite_database(bench, "bench_slots") as database:
        with environment(bench, database) as env:
            yards = [_yard(env, options.slots * size, size) for size in (1, 10)]
            version = _websocket_version()
            env.cr.commit()
            bare = [_bare(env, yard) for yard in yards]
            env.cr.rollback()
        with odoo(bench, database) as server:
            for yard, alone in zip(yards, bare, strict=True):
                rows.append(_measure(server, yard, alone, version, options))
    heads = ("slots", "p50 s", "p95 s", "max s", "messages/s", "bare SQL/s", "ratio")
    print(table(heads, rows))
    return int(any(row[2] > LIMIT_S for row in rows))


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench slots")
    parser.add_argument("--slots", type=int, default=300)
    parser.add_argument("--messages", type=int, default=100)
    return parser.parse_args(argv)


def _websocket_version() -> str:
    from odoo.addons.bus.websocket import WebsocketConnectionHandler

    return WebsocketConnectionHandler._VERSION


# A plan with cars


def _yard(env, count: int, number: int) -> dict:
    """:return: what a device and a screen need to know of a new site"""
    store = env.ref("base.main_company")
    site = env["dms.yard.site"].create(
        {
            "name": f"Bench {number}",
            "code": f"B{number}",
            "company_id": store.id,
            "width_m": WIDE * 3,
            "height_m": (count // WIDE + 1) * 6,
        }
    )
    slots = site.save_plan(0, [_slot(place) for place in range(count)])["slots"]
    cars = env["dms.vehicle"].create(
        [
            {
                "vin": fill.vin_of(7_000_000 + number * 50_000 + place),
                "company_id": store.id,
            }
            for place in range(count * 9 // 10)
        ]
    )
    yard = {
        "site": site.id,
        "code": site.code,
        "store": store.id,
        "slots": {slot["code"]: slot["id"] for slot in slots},
        "cars": {car.vin: car.id for car in cars},
        "stands": dict(
            zip(cars.mapped("vin"), [s["code"] for s in slots], strict=False)
        ),
        "key": _key(env, site),
    }
    _park_all(env, yard)
    return yard


def _slot(place: int) -> dict:
    left, top = place % WIDE * 3, place // WIDE * 6
    corners = [[left, top], [left + 3, top], [left + 3, top + 5], [left, top + 5]]
    return {"id": False, "code": f"S{place:05d}", "kind": "yard", "polygon": corners}


def _key(env, site) -> str:
    device = env["dms.yard.device"].create({"name": "Bench", "site_id": site.id})
    return device.action_new_key()["context"]["dms_secret"]


def _park_all(env, yard: dict) -> None:
    env["dms.yard.sighting"]._dms_take(
        [
            {
                "company_id": yard["store"],
                "source": "scan",
                "slot_id": yard["slots"][slot],
                "vehicle_id": yard["cars"][vin],
            }
            for vin, slot in yard["stands"].items()
        ]
    )


def _moves(yard: dict, count: int, dice: random.Random) -> list[tuple[str, str]]:
    """:return: cars and the free slots to which they move, none of them twice"""
    stands = yard["stands"]
    free = sorted(yard["slots"].keys() - set(stands.values()))
    count = min(count, len(free))
    return list(zip(dice.sample(sorted(stands), count), free, strict=False))


# The same by bare SQL


def _bare(env, yard: dict) -> float:
    """:return: sightings a second, and nothing of it is kept"""
    dice, spent, done = random.Random(1), 0.0, 0
    stands = dict(yard["stands"])
    for _batch in range(BATCHES):
        moves = _moves(yard | {"stands": stands}, BATCH, dice)
        start = time.perf_counter()
        _write(env.cr, yard, moves)
        spent += time.perf_counter() - start
        done += len(moves)
        stands |= dict(moves)
    return done / spent


def _write(cr, yard: dict, moves: list) -> None:
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    store, site, cars, slots = (yard[n] for n in ("store", "site", "cars", "slots"))
    seen = [
        (store, now, now, slots[slot], cars[vin], True, "device", "applied", f"b{n}")
        for n, (vin, slot) in zip(_keys, moves, strict=False)
    ]
    cr.execute_values(
        "INSERT INTO dms_yard_sighting (company_id, at, taken_at, slot_id, vehicle_id,"
        " occupied, source, effect, key) VALUES %s",
        seen,
    )
    cr.execute(
        "UPDATE dms_yard_stay SET until = %s WHERE vehicle_id IN %s AND until IS NULL",
        [now, tuple(cars[vin] for vin, _slot in moves)],
    )
    stays = [(store, site, slots[slot], cars[vin], now) for vin, slot in moves]
    cr.execute_values(
        "INSERT INTO dms_yard_stay (company_id, site_id, slot_id, vehicle_id, since)"
        " VALUES %s",
        stays,
    )
    cr.commit()


# As devices and screens do it


class Device:
    """One connection that is kept open, as a gateway does."""

    def __init__(self, url: str, yard: dict):
        self.yard = yard
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def report(self, moves: list) -> None:
        rows = [
            {
                "key": f"k{next(_keys)}",
                "slot": f"{self.yard['code']}/{slot}",
                "vin": vin,
                "at": datetime.now(timezone.utc).isoformat(),
            }
            for vin, slot in moves
        ]
        headers = {"Authorization": f"Bearer {self.yard['key']}"}
        body = json.dumps({"sightings": rows})
        self.connection.request("POST", "/dms/yard/v1/sightings", body, headers)
        answer = json.loads(self.connection.getresponse().read())
        if answer.get("rejected") != 0:
            raise RuntimeError(f"refused: {answer}")
        self.yard["stands"] |= dict(moves)


def _measure(server, yard: dict, alone: float, version: str, options) -> tuple:
    device, dice = Device(server.url, yard), random.Random(2)
    screen = _screen(server, yard, version)
    device.report(_moves(yard, 1, dice))  # warm
    _wait_for(screen, None)
    seconds = [_one(device, screen, dice) for _n in range(options.messages)]
    screen.close()
    speed = _many(device, dice)
    middle, late = (percentile(seconds, percent) for percent in (50, 95))
    size = len(yard["slots"])
    return size, middle, late, max(seconds), speed, alone, alone / speed


def _screen(server, yard: dict, version: str):
    """:return: a websocket that follows the plan, logged in as the web client is"""
    import websocket

    place = urlsplit(server.url).netloc
    login = http.client.HTTPConnection(place, timeout=60)
    who = {"db": server.database, "login": "admin", "password": "admin"}
    login.request(
        "POST",
        "/web/session/authenticate",
        json.dumps({"params": who}),
        {"Content-Type": "application/json"},
    )
    answer = login.getresponse()
    cookie = answer.getheader("Set-Cookie").split(";")[0]
    answer.read()
    screen = websocket.create_connection(
        f"ws://{place}/websocket?version={version}",
        cookie=cookie,
        origin=server.url,
        timeout=LISTEN_S,
    )
    channels = [f"dms_yard_site_{yard['site']}"]
    data = {"channels": channels, "last": 0}
    screen.send(json.dumps({"event_name": "subscribe", "data": data}))
    time.sleep(1)
    return screen


def _wait_for(screen, slot_id) -> None:
    """Wait until the screen hears of a slot, or of any."""
    while True:
        for news in json.loads(screen.recv()):
            message = news["message"]
            if message["type"] == "dms_yard_slots":
                ids = {slot["id"] for slot in message["payload"]["slots"]}
                if slot_id in ids or slot_id is None:
                    return


def _one(device: Device, screen, dice: random.Random) -> float:
    ((vin, slot),) = _moves(device.yard, 1, dice)
    start = time.perf_counter()
    device.report([(vin, slot)])
    _wait_for(screen, device.yard["slots"][slot])
    return time.perf_counter() - start


def _many(device: Device, dice: random.Random) -> float:
    """:return: sightings a second, a hundred in a message or as many as have room"""
    start, done = time.perf_counter(), 0
    for _batch in range(BATCHES):
        moves = _moves(device.yard, BATCH, dice)
        device.report(moves)
        done += len(moves)
    return done / (time.perf_counter() - start)
