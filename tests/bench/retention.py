"""How long it takes to let a million old sightings go.

    ./dms bench retention [--sightings 1000000] [--kept 100000]

Rows as devices leave them: old ones, and behind them young ones that stay. They go as
the scheduled action lets them, a batch in each transaction; beside it, in the same run,
one bare DELETE of as many rows with nothing that guards them.
"""

import argparse
import time

import fill
from inside import environment
from support import percentile, prepared, suite_database, table

SLOTS = 300
BATCH = 10_000
OLD_DAYS = 120
FILL = """
    INSERT INTO dms_yard_sighting
           (company_id, at, taken_at, slot_id, vehicle_id, occupied, source, effect,
            device_id, key)
    SELECT %(store)s, moment, moment, slots[1 + n %% %(slots)s],
           cars[1 + n %% %(slots)s], true, 'device', 'confirmed', %(device)s,
           %(prefix)s || n
      FROM (SELECT n, now() AT TIME ZONE 'UTC' - interval '1 day' * %(days)s
                      + interval '1 second' * n / 100 AS moment
              FROM generate_series(1, %(count)s) n) seen,
           (SELECT array_agg(id) AS slots FROM dms_yard_slot
             WHERE site_id = %(site)s) s,
           (SELECT array_agg(id) AS cars FROM dms_vehicle
             WHERE company_id = %(store)s) c
"""
BARE = """
    ALTER TABLE dms_yard_sighting DISABLE TRIGGER USER;
    DELETE FROM dms_yard_sighting WHERE taken_at < now() - interval '100 days'
"""


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_retention") as database:
        with environment(bench, database) as env:
            yard = _yard(env)
            _fill(env, yard, options.sightings, OLD_DAYS, "a")
            _fill(env, yard, options.kept, 1, "b")
            env.cr.commit()
            ours = _forget(env)
            left = _count(env)
            size = _size(env)
            _fill(env, yard, options.sightings, OLD_DAYS, "c")
            env.cr.commit()
            bare = _bare(env)
    total, batches = sum(ours), len(ours)
    heads = ("sightings", "s", "rows/s", "batches", "p50 s", "max s", "bare SQL s")
    row = (
        options.sightings,
        total,
        options.sightings / total,
        batches,
        percentile(ours, 50),
        max(ours),
        bare,
    )
    print(table(heads, [row]))
    print(f"{left:,} are left, the table and its indexes have {size}")
    return int(left != options.kept)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench retention")
    parser.add_argument("--sightings", type=int, default=1_000_000)
    parser.add_argument("--kept", type=int, default=100_000)
    return parser.parse_args(argv)


def _yard(env) -> dict:
    """:return: a site with slots, as many cars and a device"""
    store = env.ref("base.main_company")
    site = env["dms.yard.site"].create(
        {"name": "Bench", "code": "B", "company_id": store.id, "width_m": 1000}
    )
    env["dms.yard.slot"].create(
        [
            {
                "site_id": site.id,
                "code": f"S{place:05d}",
                "polygon": [[x, 0], [x + 3, 0], [x + 3, 5], [x, 5]],
            }
            for place, x in enumerate(range(0, SLOTS * 3, 3))
        ]
    )
    env["dms.vehicle"].create(
        [
            {"vin": fill.vin_of(7_000_000 + n), "company_id": store.id}
            for n in range(SLOTS)
        ]
    )
    device = env["dms.yard.device"].create({"name": "Bench", "site_id": site.id})
    env.flush_all()
    return {"store": store.id, "site": site.id, "device": device.id, "slots": SLOTS}


def _fill(env, yard: dict, count: int, days: int, prefix: str) -> None:
    values = yard | {"count": count, "days": days, "prefix": prefix}
    env.cr.execute(FILL, values)


def _forget(env) -> list[float]:
    """:return: the seconds of each batch of the scheduled action, with its commit"""
    sightings, after, spent = env["dms.yard.sighting"], 0, []
    horizon = sightings._dms_horizon()
    start = time.perf_counter()
    while until := sightings._dms_next(after, horizon, BATCH):
        sightings._dms_forget(after, until, horizon)
        env.cr.commit()
        after, now = until, time.perf_counter()
        spent.append(now - start)
        start = now
    return spent


def _count(env) -> int:
    env.cr.execute("SELECT count(*) FROM dms_yard_sighting")
    return env.cr.fetchone()[0]


def _size(env) -> str:
    env.cr.execute("SELECT pg_size_pretty(pg_total_relation_size('dms_yard_sighting'))")
    return env.cr.fetchone()[0]


def _bare(env) -> float:
    start = time.perf_counter()
    env.cr.execute(BARE)
    env.cr.commit()
    return time.perf_counter() - start
