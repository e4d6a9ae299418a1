"""Odoo inside the benchmark's own process, where queries can be counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from devtools import cores
from devtools.odoo import Workbench


@contextmanager
def environment(bench: Workbench, database: str) -> Iterator:
    """The superuser's environment; what is not committed is rolled back."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    conf = bench.configuration("test", name=f"inside-{database}")
    cores.make_way()
    config.parse_config(["-c", str(conf), "-d", database, "--no-http"])
    with Registry(database).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})


def queries(env, call: Callable[[], object]) -> int:
    """:return: SQL queries of a call with no record cached, but a warm registry"""
    call()
    env.flush_all()
    env.invalidate_all()
    before = env.cr.sql_log_count
    call()
    env.flush_all()
    return env.cr.sql_log_count - before
