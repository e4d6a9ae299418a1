"""Encrypted against plain values of partners; exact search among many.

    ./dms bench sealed [--partners 10000] [--rounds 5] [--crowd 200000]

Reading is what the list of contacts shows, writing is one value per contact and the
flush. The only difference is whether the number is in an encrypted or a plain column.
"""

import argparse
import itertools
import statistics
import time

import fill
from inside import environment
from lxml import etree
from support import percentile, prepared, suite_database, table, timings

RATIO_LIMIT = 1.5
SEARCH_LIMIT_MS = 20
PLAIN, SECRET = "company_registry", "dms_id_number"


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_sealed") as database:
        with environment(bench, database) as env:
            env = env(context={"tracking_disable": True})
            rows = _against_plain(env, options)
            search = _search(env, options.crowd)
    print(
        table((f"{options.partners:,} contacts", "plain s", "sealed s", "ratio"), rows)
    )
    print(f"search among {options.crowd:,}: p95 {search:.2f} ms")
    slow = [row for row in rows if row[-1] > RATIO_LIMIT]
    return int(bool(slow) or search > SEARCH_LIMIT_MS)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench sealed")
    parser.add_argument("--partners", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--crowd", type=int, default=200_000)
    return parser.parse_args(argv)


def number_of(number: int) -> str:
    """A valid number of an identity card for each number below 36 million."""
    year, rest = divmod(number, 12 * 28 * 999)
    month, rest = divmod(rest, 28 * 999)
    day, order = divmod(rest, 999)
    digits = f"110105{1900 + year:04d}{month + 1:02d}{day + 1:02d}{order:03d}"
    total = sum(int(d) * pow(2, 17 - place, 11) for place, d in enumerate(digits))
    return digits + "10X98765432"[total % 11]


def _against_plain(env, options):
    first, last = fill.partners(env, options.partners)
    partners = env["res.partner"].browse(range(first, last + 1))
    columns = _list_columns(env)
    measures = {
        "write": _write,
        "read the list": lambda p, f, _n: p.web_read(columns | {f: {}}),
        "read the number alone": lambda p, f, _n: p.read([f]),
    }
    rows = []
    for name, call in measures.items():
        plain, secret = _rounds(partners, call, options.rounds)
        rows.append((name, plain, secret, secret / plain))
    return rows


def _list_columns(env):
    """:return: what the web client asks for to show the list of contacts"""
    view = env["res.partner"].get_view(view_type="list")
    fields = env["res.partner"]._fields
    names = {node.get("name") for node in etree.fromstring(view["arch"]).iter("field")}
    return {
        name: {"fields": {"display_name": {}}} if fields[name].relational else {}
        for name in sorted(names)
        if name in fields
    }


def _rounds(partners, call, rounds):
    """:return: median seconds, plain and sealed, in turns after a warm-up"""
    seconds = ([], [])
    for number in range(rounds + 1):
        for field, taken in zip((PLAIN, SECRET), seconds, strict=True):
            partners.env.invalidate_all()
            start = time.perf_counter()
            call(partners, field, number)
            taken.append(time.perf_counter() - start)
    return tuple(statistics.median(taken[1:]) for taken in seconds)


def _write(partners, field, number):
    for place, partner in enumerate(partners):
        partner.write({field: number_of(number * len(partners) + place)})
    partners.env.flush_all()


def _search(env, crowd):
    """:return: the time of an exact search in milliseconds, 95th percentile"""
    first, last = fill.partners(env, crowd)
    _seal_by_sql(env, first, last)
    partners = env["res.partner"]
    wanted = itertools.cycle(range(0, crowd, 97))

    def search():
        found = partners.search([(SECRET, "=", number_of(9_000_000 + next(wanted)))])
        assert len(found) == 1, found

    return percentile(timings(search, 300), 95) * 1000


def _seal_by_sql(env, first, last):
    """Give each partner of the crowd a number, as years of writing would."""
    field = env["res.partner"]._fields[SECRET]
    keys = env["dms.sealed.key"]._keys()
    key_id = keys.in_use(env, False)
    blind = env["dms.sealed.key"]._blind_index(f"res.partner.{SECRET}")
    rows = []
    for partner in env["res.partner"].browse(range(first, last + 1)):
        number = number_of(9_000_000 + partner.id - first)
        context, mask = field._context(partner), field._mask_of(number, partner)
        envelope = keys.ring.seal(key_id, number, context, mask)
        rows.append((partner.id, envelope, blind.token(number)))
    _update(env, rows)


def _update(env, rows, chunk=10_000):
    for start in range(0, len(rows), chunk):
        values = b",".join(
            env.cr._obj.mogrify("(%s,%s,%s)", row)
            for row in rows[start : start + chunk]
        ).decode()
        env.cr.execute(
            f"UPDATE res_partner SET {SECRET} = v.envelope, {SECRET}_token = v.token"
            f" FROM (VALUES {values}) AS v (id, envelope, token)"
            " WHERE res_partner.id = v.id"
        )
    env.cr.execute("ANALYZE res_partner")
