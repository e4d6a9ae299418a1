"""A pytest plugin that builds the web client's bundles once, before browser tests.

A test's transaction is rolled back, and with it every bundle its pages had built.
Workers of pytest-xdist, each with a copy of the database, have files of their own, too.
"""

import os
import shutil
from pathlib import Path
from unittest import mock

import pytest

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tests import HttpCase
from odoo.tests.common import get_db_name
from odoo.tools import config


@pytest.fixture(scope="session", autouse=True)
def own_files(load_registry):
    """Two workers that write the same file at the same moment would collide."""
    worker = os.getenv("PYTEST_XDIST_WORKER")
    if not worker:
        yield
        return
    shared = Path(config.filestore(get_db_name()))
    own = shared.with_name(f"{shared.name}-{worker}")
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir(parents=True)
    if shared.exists():
        shutil.copytree(shared, own, copy_function=os.link, dirs_exist_ok=True)
    with mock.patch.object(config, "filestore", return_value=str(own)):
        yield
    shutil.rmtree(own)


@pytest.fixture(scope="session", autouse=True)
def bundles(request, own_files) -> None:
    """Like Odoo's own test runner, and only when a browser will ask for them."""
    if any(issubclass(item.cls or object, HttpCase) for item in request.session.items):
        with Registry(get_db_name()).cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            env["ir.qweb"]._pregenerate_assets_bundles()
