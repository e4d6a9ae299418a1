"""Every term the screens and messages use has its Chinese translation."""

import polib
import pytest

from devtools.settings import ADDONS


@pytest.fixture(scope="module")
def terms(bench, suite) -> list[tuple[str, str]]:
    """Addon and term, as Odoo exports them from the running code."""
    target = bench.settings.state / "terms-of-the-suite.pot"
    options = ["-c", str(bench.configuration("dev")), "-d", suite, "-l", "pot"]
    export = ["i18n", "export", *options, "-o", str(target), *ADDONS]
    bench.run(*export, log=bench.log("i18n-suite"))
    return [
        (addon, entry.msgid)
        for entry in polib.pofile(str(target))
        for addon in _modules(entry)
    ]


def _modules(entry: polib.POEntry) -> list[str]:
    """The first comment line reads `module: a` or `modules: a, b`."""
    return entry.comment.splitlines()[0].split(": ", 1)[1].split(", ")


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
