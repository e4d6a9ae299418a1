"""Every term the screens and messages use has its Chinese translation."""

import polib
import pytest

from devtools import translating
from devtools.settings import ADDONS


@pytest.fixture(scope="module")
def terms(bench, suite) -> list[tuple[str, str]]:
    """Addon and term, as ``./dms i18n`` exports them from the running code."""
    return [
        (addon, entry.msgid)
        for addon in ADDONS
        for entry in polib.pofile(str(translating.export(bench, suite, addon)))
    ]


@pytest.mark.parametrize("addon", ADDONS)
def test_chinese_is_complete(bench, terms, addon):
    translated = {entry.msgid for entry in _translation(bench, addon) if entry.msgstr}
    assert _used(terms, addon) - translated == set()


@pytest.mark.parametrize("addon", ADDONS)
def test_no_translation_outlives_its_term(bench, terms, addon):
    known = {entry.msgid for entry in _translation(bench, addon) if not entry.obsolete}
    assert known - _used(terms, addon) == set()


def _used(terms: list[tuple[str, str]], addon: str) -> set[str]:
    return {term for module, term in terms if module == addon}


def _translation(bench, addon: str) -> polib.POFile:
    file = bench.settings.addons / addon / "i18n" / "zh_CN.po"
    assert file.exists(), f"{addon} has no Chinese translation"
    return polib.pofile(str(file))
