"""Every addon installs, upgrades and uninstalls without the ones above it."""

import pytest

from devtools import databases
from devtools.manifests import with_dependencies
from devtools.settings import ADDONS

from .lifecycle import Life


@pytest.fixture(scope="module", params=ADDONS)
def life(request, bench):
    """A database with Odoo's modules; the tests of one addon run in this order."""
    source = databases.base_template(bench)
    with databases.scratch(bench, source, "install") as name:
        yield Life(bench, name, request.param)


def test_installs_without_complaint(life):
    assert life.install() == []
    assert life.state() == "installed"


def test_brings_only_the_addons_below_it(life):
    below = with_dependencies(life.bench.settings.addons, [life.addon])
    assert life.addons() == set(below)


def test_upgrades_without_complaint(life):
    assert life.upgrade() == []
    assert life.state() == "installed"


def test_uninstalls_and_leaves_nothing(life):
    models = life.own_models()
    assert life.uninstall() == []
    assert life.state() == "uninstalled"
    assert life.records() == []
    assert life.orphans() == []
    assert {model.replace(".", "_") for model in models} & life.tables() == set()
