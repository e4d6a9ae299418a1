"""Consultants who make quotes at the same time, against plain Odoo.

    ./dms bench quotes [--consultants 200] [--quotes 2] [--workers 2] [--threads 16]

Each consultant opens a quote for a car with tax, insurance, plates, changes its price
and sends it. On the desk of a deal, and the same lines on a quotation of Odoo without
this suite, in the same run on the same machine; blocks take turns, so that whatever
else the machine does hits all alike. Exits with 1 if ours takes more than 1.3 times as
long.

Odoo is called as by a program that knows what it wants: four calls, no form. What a
form of Odoo asks besides, an ``onchange`` for each choice, is measured as well and
shown for comparison; it does not count.
"""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from xmlrpc.client import Fault

from support import odoo, percentile, prepared, suite_database, table

from devtools import databases

LIMIT = 1.3
BLOCKS = 4
PASSWORD = "bench-quotes"
PRICE = 169_800


def main(argv: list[str]) -> int:
    options = _options(argv)
    bench = prepared()
    bench.server.start()
    plain = databases.base_template(bench)
    with (
        suite_database(bench, "bench_quotes") as ours,
        databases.scratch(bench, plain, "bench_quotes_plain") as theirs,
        odoo(bench, ours, options.workers) as our_server,
        odoo(bench, theirs, options.workers) as their_server,
    ):
        staff = _Staff(their_server, options)
        desk = _Side(_Staff(our_server, options), _on_desk, options)
        screen = _Side(staff, _on_screen, options)
        program = _Side(staff, _on_quotation, options)
        for _block in range(BLOCKS):
            for side in (desk, screen, program):
                side.work()
    rows = [desk.row("desk"), program.row("Odoo"), screen.row("Odoo's form")]
    print(table(("", "p50 s", "p95 s", "quotes/s"), rows))
    factor, to_form = (
        median(desk.seconds) / median(x.seconds) for x in (program, screen)
    )
    print(f"ratio {factor:.2f}, at most {LIMIT}; to Odoo's form {to_form:.2f}")
    return int(factor > LIMIT)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dms bench quotes")
    parser.add_argument("--consultants", type=int, default=200)
    parser.add_argument("--quotes", type=int, default=2, help="of each consultant")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=16, help="calls at a time")
    return parser.parse_args(argv)


class _Staff:
    """One server, what it sells, and its consultants, who are logged in."""

    def __init__(self, server, options):
        admin = server.client()
        self.world = _world(admin)
        logins = _hire(admin, options.consultants)
        self.clients = [server.client(login, PASSWORD) for login in logins]


class _Side:
    """One way to make quotes, and what it took."""

    def __init__(self, staff, quote, options):
        self.quote, self.threads, self.world = quote, options.threads, staff.world
        self.seconds, self.spent, self.done = [], 0.0, 0
        share = max(len(staff.clients) * options.quotes // BLOCKS, 1)
        self.jobs = [staff.clients[n % len(staff.clients)] for n in range(share)]
        quote(staff.clients[0], self.world)  # caches are warm on all sides

    def work(self) -> None:
        start = time.perf_counter()
        with ThreadPoolExecutor(self.threads) as pool:
            self.seconds += pool.map(self._timed, self.jobs)
        self.spent += time.perf_counter() - start
        self.done += len(self.jobs)

    def _timed(self, client) -> float:
        start = time.perf_counter()
        self.quote(client, self.world)
        return time.perf_counter() - start

    def row(self, name: str) -> tuple:
        p50, p95 = (percentile(self.seconds, percent) for percent in (50, 95))
        return name, p50, p95, self.done / self.spent


def _hire(admin, count: int) -> list[str]:
    """:return: logins of so many salespeople, by the roles the database has"""
    found = admin.call(
        "ir.model.data",
        "search_read",
        [
            ("model", "=", "res.groups"),
            ("name", "in", ["group_dms_sales_consultant", "group_sale_salesman"]),
        ],
        fields=["res_id", "name"],
    )
    [group] = sorted(found, key=lambda one: one["name"])[:1]
    logins = [f"bench.{number}" for number in range(count)]
    admin.call(
        "res.users",
        "create",
        [
            {
                "name": login,
                "login": login,
                "password": PASSWORD,
                "group_ids": [(6, 0, [group["res_id"]])],
            }
            for login in logins
        ],
    )
    return logins


def _world(admin) -> dict:
    """:return: ids of a customer, a car and what is sold beside it"""
    customer = admin.call("res.partner", "create", [{"name": "Bench"}])[0]
    fields = admin.call("product.template", "fields_get", ["dms_is_vehicle"])
    car = {"name": "Car", "list_price": PRICE}
    if fields:
        car |= {"dms_is_vehicle": True, "dms_kind": "bev"}
    names = ("Tax", "Insurance", "Plates")
    beside = [{"name": name, "type": "service", "list_price": 900} for name in names]
    templates = admin.call("product.template", "create", [car, *beside])
    rows = admin.call(
        "product.product",
        "search_read",
        [("product_tmpl_id", "in", templates)],
        fields=["product_tmpl_id"],
    )
    by_template = {row["product_tmpl_id"][0]: row["id"] for row in rows}
    products = [by_template[template] for template in templates]
    return {"customer": customer, "car": products[0], "beside": products[1:]}


def _on_desk(client, world) -> None:
    """A deal, a car with what is usual, plates, another price, sent."""
    [deal] = client.call("dms.deal", "create", [{"partner_id": world["customer"]}])
    desk = client.call("dms.deal", "dms_desk_new", [deal], world["car"])
    [variant] = desk["variants"]
    car = variant["car"]["line_id"]
    client.call("sale.order", "dms_desk_line", [variant["id"]], car, PRICE - 3_000)
    client.call("dms.deal", "dms_desk_send", [deal])


def _on_screen(client, world) -> None:
    """What Odoo's form asks while the same is chosen in it, then what it saves."""
    values = {}
    client.call("sale.order", "onchange", [], values, [], SHOWN)
    values["partner_id"] = world["customer"]
    client.call("sale.order", "onchange", [], values, ["partner_id"], SHOWN)
    lines = []
    for product in (world["car"], *world["beside"]):
        lines.append((0, f"virtual_{len(lines)}", {"product_id": product}))
        values["order_line"] = lines[-1:]
        client.call("sale.order", "onchange", [], values, ["order_line"], SHOWN)
    _on_quotation(client, world)


def _on_quotation(client, world) -> None:
    """The same lines as Odoo has them: created, shown, changed, shown, sent."""
    lines = [(0, 0, {"product_id": world["car"]})]
    lines += [(0, 0, {"product_id": product}) for product in world["beside"]]
    vals = {"partner_id": world["customer"], "order_line": lines}
    [order] = client.call("sale.order", "create", [vals])
    shown = client.call("sale.order", "web_read", [order], SHOWN)
    car = shown[0]["order_line"][0]["id"]
    change = {"order_line": [(1, car, {"price_unit": PRICE - 3_000})]}
    client.call("sale.order", "web_save", [order], change, SHOWN)
    _mark_as_sent(client, order)


def _mark_as_sent(client, order: int) -> None:
    """Odoo's own answer is None, which XML-RPC cannot say; it is done by then."""
    try:
        client.call("sale.order", "action_quotation_sent", [order])
    except Fault as fault:
        if "cannot marshal None" not in fault.faultString:
            raise


SHOWN = {
    "name": {},
    "amount_total": {},
    "partner_id": {"fields": {"display_name": {}}},
    "order_line": {
        "fields": {
            "product_id": {"fields": {"display_name": {}}},
            "price_unit": {},
            "price_total": {},
            "product_uom_qty": {},
        }
    },
}
