"""A long log straight into the tables, as years of trade leave it.

Entries and leaves are made by the database server, which hashes as well; tiles and
the checkpoint by the code of the log itself. Five events for each car.
"""

from odoo.addons.dms_base.merkle.entries import decode_base64
from odoo.addons.dms_base.merkle.growth import edges_of, grow

STEPS = 5
CHUNK = 256 * 400

ENTRIES = """
    INSERT INTO dms_log_entry
        (id, kind, subject, at, store, body, company_id, user_id)
    SELECT %(first)s + c, 'bench.step', %(mark)s || lpad(c::text, 8, '0'),
        '2026-01-01', 'B/01', '{"km":%(n)s}', %(company)s, 1
    FROM generate_series(0, %(cars)s - 1) AS c
"""
# what merkle.entries.encode writes, in SQL
LEAVES = """
    INSERT INTO dms_log_leaf (id, entry_id, subject, n, prev, hash)
    SELECT %(size)s + c + 1, %(first)s + c, car, %(n)s, prev,
        encode(sha256('\\x00'::bytea || convert_to(
            '{"at":"2026-01-01T00:00:00Z","body":{"km":%(n)s},"kind":"bench.step","n":'
            || '%(n)s,"prev":' || coalesce('"' || prev || '"', 'null')
            || ',"store":"B/01","subject":"' || car || '","v":1}', 'UTF8')), 'base64')
    FROM (
        SELECT c, %(mark)s || lpad(c::text, 8, '0') AS car
        FROM generate_series(0, %(cars)s - 1) AS c
    ) AS cars
    LEFT JOIN LATERAL (
        SELECT hash AS prev FROM dms_log_leaf WHERE subject = car AND n = %(n)s - 1
    ) AS before ON true
"""


def grow_log(env, count: int, mark: str) -> None:
    """Add ``count`` entries about new cars whose number begins with ``mark``."""
    size = env["dms.log"]._size()
    edges = edges_of(size, env["dms.log"]._tile)
    # neither foreign keys nor the queue: what follows is made to fit
    env.cr.execute("SET LOCAL session_replication_role = replica")
    values = {"mark": mark, "cars": count // STEPS, "company": env.company.id}
    env.cr.execute("SELECT coalesce(max(id), 0) + 1 FROM dms_log_entry")
    (first,) = env.cr.fetchone()
    for n in range(STEPS):
        done = n * values["cars"]
        step = {"n": n + 1, "first": first + done, "size": size + done}
        env.cr.execute(ENTRIES, values | step)
        env.cr.execute(LEAVES, values | step)
    env.cr.execute(
        "SELECT setval('dms_log_entry_id_seq', (SELECT max(id) FROM dms_log_entry))"
    )
    _sign(env, size, edges)
    env.cr.commit()
    env.cr.execute("ANALYZE dms_log_entry; ANALYZE dms_log_leaf; ANALYZE dms_log_tile")
    env.cr.commit()


def _sign(env, size: int, edges) -> None:
    sequencer = env["dms.log.sequencer"]
    signers = env["dms.log.key"]._active()
    while hashes := _hashes(env, size):
        growth = grow(size, edges, hashes)
        sequencer._write_tiles(growth.tiles)
        size = growth.size
        edges = edges_of(size, env["dms.log"]._tile)
    sequencer._sign(signers, growth)


def _hashes(env, size: int) -> list[bytes]:
    env.cr.execute(
        "SELECT hash FROM dms_log_leaf WHERE id > %s AND id <= %s ORDER BY id",
        [size, size + CHUNK],
    )
    return [decode_base64(value) for (value,) in env.cr.fetchall()]
