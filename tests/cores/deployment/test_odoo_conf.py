"""config/*.conf: options Odoo knows, modules that exist, no secrets."""

import importlib.util
from pathlib import Path

import pytest

from odoo.tools import config

from .deployment import odoo_options

KINDS = ("dev", "test", "production")
SECRET = {"admin_passwd", "db_password", "smtp_password", "proxy_access_token"}
OF_ONE_MACHINE = {"db_host", "db_user"}


@pytest.mark.parametrize("kind", KINDS)
def test_odoo_knows_every_option(kind):
    assert set(odoo_options(kind)) - set(config.options_index) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_holds_neither_secrets_nor_machines(kind):
    assert (SECRET | OF_ONE_MACHINE) & set(odoo_options(kind)) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_can_list_or_make_databases(kind):
    assert odoo_options(kind)["list_db"] == "False"


@pytest.mark.parametrize("kind", KINDS)
def test_server_wide_modules_exist(kind):
    for module in odoo_options(kind)["server_wide_modules"].split(","):
        assert _is_addon(module), f"{module} is no addon"


def _is_addon(module: str) -> bool:
    package = Path(importlib.util.find_spec("odoo").submodule_search_locations[0])
    folders = (package / "addons", package.parent / "addons")
    return any((folder / module / "__manifest__.py").exists() for folder in folders)
