"""The nightly run of interest over many financed cars, against the same sum in raw SQL.

    ./dms bench floorplan [--cars 20000]

The baseline adds up every day of every car in the database and books nothing; the run
books an entry and keeps each car's part. Both must come to the same cent: so the days
are added up before anything is divided.
"""

import argparse
from datetime import date
from decimal import Decimal

import fill
from inside import environment
from support import prepared, suite_database, table, timings

LIMIT_S = 60
UNTIL = date(2026, 5, 1)
DRAWN = date(2026, 1, 5)
BASELINE = """
    SELECT SUM(ROUND(cost, 2)) FROM (
        SELECT SUM(c.principal - COALESCE(p.paid, 0)) * 6 / 36000.0 AS cost
          FROM dms_floorplan_contract c
    CROSS JOIN LATERAL generate_series(
                   c.start_date + 60, DATE '2026-04-30', interval '1 day'
               ) AS day
     LEFT JOIN LATERAL (
                   SELECT SUM(i.balance) AS paid
                     FROM account_move_line i
                    WHERE i.dms_floorplan_id = c.id AND i.balance > 0
                      AND i.parent_state = 'posted' AND i.date <= day
               ) p ON TRUE
         WHERE c.line_id = %s
      GROUP BY c.id
    ) cars
"""


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dms bench floorplan")
    parser.add_argument("--cars", type=int, default=20_000)
    count = parser.parse_args(argv).cars
    bench = prepared()
    with suite_database(bench, "bench_floorplan") as database:
        with environment(bench, database) as env:
            return _measure(env, count)


def _measure(env, count: int) -> int:
    line = _line(env)
    _finance(env, line, count)
    sums = []
    (baseline,) = timings(lambda: sums.append(_summed(env, line)), 1, warm_up=0)
    moves = []
    first, again = timings(lambda: moves.append(_accrued(env, line)), 2, warm_up=0)
    rows = [
        ("raw SQL, books nothing", baseline, 1.0),
        ("books a month", first, first / baseline),
        ("once more, nothing to book", again, again / baseline),
    ]
    print(table((f"interest of {count} cars", "s", "ratio"), rows))
    booked = Decimal(str(round(sum(moves[0].line_ids.mapped("debit")), 2)))
    print(f"booked {booked:,}, in SQL {sums[0]:,.2f}")
    return int(first > LIMIT_S or booked != Decimal(str(sums[0])) or bool(moves[1]))


def _line(env):
    store = fill.store_with_books(env)
    env = env(context={"allowed_company_ids": store.ids, "tracking_disable": True})
    lender = env["res.partner"].create({"name": "OEM Finance"})
    return env["dms.floorplan.line"].create(
        {
            "name": "Bench",
            "lender_id": lender.id,
            "limit_amount": 10**12,
            "free_days": 60,
            "rate_ids": [(0, 0, {"from_day": 0, "percent": 6})],
            "curtailment_ids": [(0, 0, {"day": 90, "percent": 10})],
        }
    )


def _finance(env, line, count: int) -> None:
    """One car is drawn and paid down as the product does it, the others copy it."""
    env = line.env
    car = env["dms.vehicle"].create({"vin": fill.vin_of(1)})
    wizard = env["dms.floorplan.draw"].create(
        {
            "vehicle_ids": car.ids,
            "line_id": line.id,
            "date": DRAWN,
            "line_ids": [(5,), (0, 0, {"vehicle_id": car.id, "amount": 180_000})],
        }
    )
    contract = env[wizard.action_draw()["res_model"]].search(
        [("line_id", "=", line.id)]
    )
    pay = env["dms.floorplan.pay"].create(
        {"contract_ids": contract.ids, "date": date(2026, 4, 10), "mode": "due"}
    )
    env["account.move"].browse(pay.action_propose()["res_id"]).action_post()
    env.flush_all()
    _copy(env, car, contract, count - 1)
    env.invalidate_all()


def _copy(env, car, contract, count: int) -> None:
    vin = "'FLOORPLAN' || lpad(i::text, 8, '0')"
    _insert(
        env,
        "dms_vehicle",
        {"vin": vin, "vin_reversed": f"reverse({vin})"},
        f"dms_vehicle t, generate_series(1, {count}) i WHERE t.id = {car.id}",
    )
    copies = "JOIN dms_vehicle v ON v.vin LIKE 'FLOORPLAN%'"
    _insert(
        env,
        "dms_floorplan_contract",
        {
            "vehicle_id": "v.id",
            "start_date": "t.start_date + (v.id % 30)::int",
            "principal": "round(t.principal + v.id % 997 / 7.0, 2)",
        },
        f"dms_floorplan_contract t {copies} WHERE t.id = {contract.id}",
    )
    _insert(
        env,
        "account_move_line",
        {
            "dms_floorplan_id": "c.id",
            "date": "CASE WHEN t.balance < 0 THEN c.start_date ELSE t.date END",
            "balance": "CASE WHEN t.balance < 0 THEN -c.principal ELSE t.balance END",
        },
        "account_move_line t JOIN dms_floorplan_contract c ON c.line_id ="
        f" {contract.line_id.id} AND c.id != {contract.id}"
        f" WHERE t.dms_floorplan_id = {contract.id}",
    )
    env.cr.execute("ANALYZE dms_floorplan_contract; ANALYZE account_move_line")


def _insert(env, table: str, made: dict[str, str], source: str) -> None:
    columns = fill._columns(env, table)
    values = ", ".join(made.get(c, f't."{c}"') for c in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    env.cr.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {source}")


def _summed(env, line):
    env.cr.execute(BASELINE, [line.id])
    return env.cr.fetchone()[0]


def _accrued(env, line):
    moves = line._accrue(UNTIL)
    env.flush_all()
    return moves
