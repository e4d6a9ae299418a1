import polib
import pytest

from devtools.hooks.translations import gaps
from devtools.terms import merge, update


@pytest.fixture
def addon(tmp_path):
    addon = tmp_path / "dms_x"
    (addon / "i18n").mkdir(parents=True)
    (addon / "__manifest__.py").write_text("{}")
    return addon


def _save(file, **terms: str) -> None:
    catalogue = polib.POFile()
    for term, translation in terms.items():
        catalogue.append(polib.POEntry(msgid=term, msgstr=translation))
    catalogue.save(str(file))


def test_complete_translation_has_no_gaps(addon):
    _save(addon / "i18n/zh_CN.po", Store="门店")
    assert gaps(addon) == []


def test_missing_file_is_a_gap(addon):
    assert gaps(addon) == [f"{addon}/i18n/zh_CN.po is missing"]


def test_untranslated_term_is_a_gap(addon):
    _save(addon / "i18n/zh_CN.po", Store="")
    assert "not translated: 'Store'" in gaps(addon)[0]


def test_doubtful_term_is_a_gap(addon):
    _save(addon / "i18n/zh_CN.po", Store="门店")
    catalogue = polib.pofile(str(addon / "i18n/zh_CN.po"))
    catalogue[0].flags.append("fuzzy")
    catalogue.save()
    assert len(gaps(addon)) == 1


def test_term_of_the_template_must_be_there(addon):
    _save(addon / "i18n/zh_CN.po", Store="门店")
    _save(addon / "i18n/dms_x.pot", Store="", Brand="")
    assert "term is absent: 'Brand'" in gaps(addon)[0]


def test_merge_keeps_what_is_known_and_drops_what_is_gone():
    exported = polib.POFile()
    exported.append(polib.POEntry(msgid="Store"))
    exported.append(polib.POEntry(msgid="Brand"))
    merged = merge(exported, {"Store": "门店", "Gone": "过去"})
    assert [(e.msgid, e.msgstr) for e in merged] == [("Store", "门店"), ("Brand", "")]


def test_second_update_changes_nothing(addon, tmp_path):
    _save(tmp_path / "dms_x.pot", Store="")
    _save(addon / "i18n/zh_CN.po", Store="门店")
    assert update(addon, tmp_path / "dms_x.pot") == []
    files = sorted((addon / "i18n").iterdir())
    before = [file.read_bytes() for file in files]
    update(addon, tmp_path / "dms_x.pot")
    assert [file.read_bytes() for file in files] == before
