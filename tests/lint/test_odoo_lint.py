"""Odoo's own lint tests, held against the addons of this suite."""

# Left out: TestESLint and TestPylintChecks. The first wants an older eslint than
# `./dms check` runs, the second tests Odoo's checkers themselves.

import logging
from unittest.mock import PropertyMock, patch

import pytest

from odoo.modules import Manifest

from odoo.addons.test_lint.tests import test_pofile, test_pylint
from odoo.addons.test_lint.tests.test_docstring import TestDocstring
from odoo.addons.test_lint.tests.test_dunderinit import TestDunderinit
from odoo.addons.test_lint.tests.test_i18n import TestI18n
from odoo.addons.test_lint.tests.test_index import TestIndex
from odoo.addons.test_lint.tests.test_jstranslate import TestJsTranslations
from odoo.addons.test_lint.tests.test_l10n import L10nLinter
from odoo.addons.test_lint.tests.test_manifests import ManifestLinter
from odoo.addons.test_lint.tests.test_naming import TestNaming
from odoo.addons.test_lint.tests.test_onchange_domains import TestOnchangeDomains
from odoo.addons.test_lint.tests.test_orm_import import (
    TestDunderinit as TestOrmImport,
)
from odoo.addons.test_lint.tests.test_override_signatures import (
    TestLintOverrideSignatures,
)
from odoo.addons.test_lint.tests.test_pofile import PotLinter
from odoo.addons.test_lint.tests.test_pylint import TestPyLint
from odoo.addons.test_lint.tests.test_routes import RoutesLinter
from odoo.addons.test_lint.tests.test_test_holes import TestTestHoles

from devtools.settings import ADDONS

LOGGER = "odoo.addons.test_lint"


@pytest.fixture(autouse=True)
def only_our_addons(tmp_path):
    """Odoo's addons are not ours to lint, and there are six hundred of them."""
    ours = [Manifest.for_addon(addon) for addon in ADDONS]
    nothing = PropertyMock(return_value=str(tmp_path))
    with (
        patch.object(Manifest, "all_addon_manifests", return_value=ours),
        patch.object(test_pofile, "get_modules", return_value=list(ADDONS)),
        patch.object(type(test_pylint.tools.config), "root_path", nothing),
    ):
        yield


@pytest.fixture(autouse=True)
def warnings_fail(caplog):
    """Several of these tests only log what they find."""
    caplog.set_level(logging.WARNING, logger=LOGGER)
    yield
    found = [r.getMessage() for r in caplog.get_records("call") if LOGGER in r.name]
    assert not found, "\n".join(found)


def test_scope_is_every_addon_of_the_suite():
    paths = [manifest.path for manifest in Manifest.all_addon_manifests()]
    assert [path.rsplit("/", 1)[-1] for path in paths] == list(ADDONS)
