"""A prepared machine for tests that install addons into databases of their own."""

import pytest

from devtools import databases
from devtools.odoo import Workbench, prepare
from devtools.settings import ADDONS


@pytest.fixture(scope="session")
def bench() -> Workbench:
    bench = prepare()
    bench.server.start()
    return bench


@pytest.fixture(scope="session")
def suite(bench):
    """A database with the whole suite."""
    source = databases.template(bench, ADDONS)
    with databases.scratch(bench, source, "suite_copy") as name:
        yield name
