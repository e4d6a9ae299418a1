"""The desk of leads with 100,000 of them: lists, boards, funnel, lookup, assignment.

    ./dms bench leads_desk [--leads 100000] [--repeat 20]

Filled twice, with a tenth and with the whole, so that growth shows. Asked as a
consultant and as a sales manager of one store among twelve, in the process itself: the
time is that of the server without the way over HTTP.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import fill
from inside import environment, queries
from support import percentile, prepared, suite_database, table, timings

LIMIT_S = 0.2
PEOPLE = 8  # consultants of a store
PHONE = "+86139%08d"
LIST = {
    "name": {},
    "phone": {},
    "dms_model_ids": {"fields": {"display_name": {}}},
    "dms_intent": {},
    "dms_channel": {},
    "dms_clock": {},
    "dms_received_at": {},
    "dms_score_band": {},
    "stage_id": {"fields": {"display_name": {}}},
    "user_id": {"fields": {"display_name": {}}},
    "won_status": {},
}
OPEN = [("won_status", "=", "pending")]


@dataclass(frozen=True)
class Screen:
    """:ivar ask: what is done as ``role``, with the environment of the store"""

    name: str
    role: str
    ask: Callable


def _list(domain):
    return lambda env: env["crm.lead"].web_search_read(
        domain, LIST, limit=80, count_limit=10_001, order="dms_received_at desc"
    )


def _groups(model, domain, groupby, aggregates):
    return lambda env: env[model].formatted_read_group(domain, groupby, aggregates)


def _assign(env):
    """As if one more had come."""
    lead = env["crm.lead"].sudo().search([("user_id", "=", False), *OPEN], limit=1)
    with env.cr.savepoint() as savepoint:
        lead._dms_assign()
        savepoint.rollback()


SCREENS = (
    Screen("list, newest first", "sales_consultant", _list(OPEN)),
    Screen("list of all in the store", "sales_manager", _list(OPEN)),
    Screen("late ones", "sales_manager", _list([("dms_clock", "=", "late"), *OPEN])),
    Screen(
        "board by stage",
        "sales_consultant",
        lambda env: env["crm.lead"].web_read_group(
            domain=OPEN,
            groupby=["stage_id"],
            aggregates=["__count"],
            auto_unfold=True,
            unfold_read_specification=LIST,
            unfold_read_default_limit=40,
        ),
    ),
    Screen(
        "funnel of a year",
        "sales_manager",
        _groups(
            "dms.lead.funnel",
            [],
            ["channel"],
            ["lead_count:sum", "answered:sum", "offered:sum", "win_rate:avg"],
        ),
    ),
    Screen(
        "who has this number",
        "sales_consultant",
        lambda env: env["crm.lead"].dms_known(PHONE % 4711),
    ),
    Screen("give one to a consultant", "sales_manager", _assign),
    Screen("who is to be scored", "sales_manager", lambda env: _news(env)),
)


def _news(env):
    return env["crm.lead"].sudo()._dms_with_news(500)


def main(argv):
    """Run the benchmark; 1 if a screen is slow or asks more with more leads."""
    options = _options(argv)
    bench = prepared()
    with suite_database(bench, "bench_leads") as database:
        with environment(bench, database) as env:
            users = _world(env)
            small = _measure(env, users, options.leads // 10, options.repeat)
            whole = _measure(env, users, options.leads, options.repeat)
    return _judge(small, whole)


def _options(argv):
    parser = argparse.ArgumentParser(prog="./dms bench leads_desk")
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=20)
    return parser.parse_args(argv)


def _world(env):
    """Return {role: user} of the first store; all stores have consultants."""
    stores = fill.stores(env)
    china = env.ref("base.cn")
    stores.country_id = china
    consultant = env.ref("dms_base.group_dms_sales_consultant")
    manager = env.ref("dms_base.group_dms_sales_manager")
    users = {}
    for store in stores:
        people = [_user(env, f"{store.id}-{n}", store, consultant) for n in range(8)]
        users.setdefault("sales_consultant", people[0])
        users.setdefault("sales_manager", _user(env, f"{store.id}-m", store, manager))
    return users


def _user(env, login, store, role):
    return env["res.users"].create(
        {
            "name": login,
            "login": f"bench-{login}",
            "company_id": store.id,
            "company_ids": [(6, 0, store.ids)],
            "group_ids": [(6, 0, role.ids)],
        }
    )


def _fill(env, count):
    """Bring the leads to a number: three of four are closed, some are unanswered."""
    leads = env["crm.lead"]
    store = env["res.company"].search([("dms_store_code", "=", "S01")])
    pattern = leads.with_context(allowed_company_ids=store.ids).create(
        {"name": "Pattern", "company_id": store.id, "type": "opportunity"}
    )
    pattern.flush_recordset()
    known = leads.with_context(active_test=False).search_count([])
    columns = fill._columns(env, "crm_lead")
    made = _made(env)
    values = ", ".join(made.get(column, f"l.{column}") for column in columns)
    env.cr.execute(
        f"INSERT INTO crm_lead ({', '.join(columns)}) SELECT {values} FROM crm_lead l,"
        f" generate_series({known}, {count}) AS i"
        " CROSS JOIN LATERAL (SELECT c.id AS store FROM res_company c"
        " WHERE c.dms_store_code = 'S' || lpad((i % 12 + 1)::text, 2, '0')) s"
        f" WHERE l.id = {pattern.id}"
    )
    env.cr.execute("ANALYZE crm_lead")
    env.invalidate_all()


def _made(env):
    """Return {column: SQL} of what differs from lead to lead ``i``."""
    won = env["crm.stage"].search([("is_won", "=", True)], limit=1).id
    any_ = env["crm.stage"].search([("is_won", "=", False)], limit=1).id
    closed = "i % 4 > 0"
    number = "lpad((i % 90000)::text, 8, '0')"
    age = "(i % 500) * interval '1 day' + (i % 600) * interval '1 minute'"
    came = f"now() AT TIME ZONE 'UTC' - {age}"
    user = (
        "(SELECT id FROM res_users u WHERE u.login ="
        f" 'bench-' || s.store || '-' || (i % {PEOPLE}))"
    )
    return {
        "name": "'Lead ' || i",
        "company_id": "s.store",
        "team_id": "NULL",
        "user_id": f"CASE WHEN i % 50 = 0 THEN NULL ELSE {user} END",
        "phone": f"'139' || {number}",
        "phone_sanitized": f"'+86139' || {number}",
        "dms_channel": "(ARRAY['phone','web','wechat','adf','walk_in'])[i % 5 + 1]",
        "dms_received_at": came,
        "create_date": came,
        "dms_due_at": f"{came} + interval '30 minutes'",
        "dms_answered_at": f"CASE WHEN i % 9 = 0 THEN NULL ELSE {came} END",
        "won_status": "CASE i % 4 WHEN 0 THEN 'pending' WHEN 1 THEN 'won'"
        " ELSE 'lost' END",
        "active": "i % 4 < 2",
        "stage_id": f"CASE WHEN i % 4 = 1 THEN {won} ELSE {any_} END",
        "date_closed": f"CASE WHEN {closed} THEN {came} + interval '9 days' END",
        "dms_score_at": f"CASE WHEN i % 40 = 0 THEN NULL ELSE {came} END",
    }


def _measure(env, users, count, repeat):
    """Return {screen: (p50, p95, queries)}, times in seconds."""
    start = time.perf_counter()
    _fill(env, count)
    print(f"{count:,} leads filled in {time.perf_counter() - start:.0f} s")
    found = {}
    for screen in SCREENS:
        user = users[screen.role]
        context = {"allowed_company_ids": user.company_id.ids, "lang": "en_US"}
        mine = env(user=user, context=context)

        def ask(screen=screen, mine=mine):
            mine.invalidate_all()
            screen.ask(mine)

        seconds = timings(ask, repeat, 2)
        found[screen.name] = (
            percentile(seconds, 50),
            percentile(seconds, 95),
            queries(mine, lambda screen=screen, mine=mine: screen.ask(mine)),
        )
    return found


def _judge(small, whole):
    rows = [
        (name, p50, p95, small[name][1], count)
        for name, (p50, p95, count) in whole.items()
    ]
    print(table(("screen", "p50 s", "p95 s", "p95 at 0.1x", "queries"), rows))
    slow = [row[0] for row in rows if row[2] >= LIMIT_S]
    grown = [name for name in whole if small[name][2] < whole[name][2]]
    print(f"p95 at or over {LIMIT_S} s: {', '.join(slow) or 'none'}")
    print(f"queries that grew from 0.1x to 1x: {', '.join(grown) or 'none'}")
    return int(bool(slow or grown))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
