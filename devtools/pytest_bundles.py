"""A pytest plugin that builds the web client's bundles once, before browser tests.

A test's transaction is rolled back, and with it every bundle its pages had built.
"""

import pytest

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tests import HttpCase
from odoo.tests.common import get_db_name


@pytest.fixture(scope="session", autouse=True)
def bundles(request, load_registry) -> None:
    """Like Odoo's own test runner, and only when a browser will ask for them."""
    if any(issubclass(item.cls or object, HttpCase) for item in request.session.items):
        with Registry(get_db_name()).cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            env["ir.qweb"]._pregenerate_assets_bundles()
